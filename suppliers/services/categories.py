"""The tree of purchasing categories. Administrators write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, ProtectedError, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError, InvalidInput
from core.services.activity import changes_between, record_activity
from suppliers import policies
from suppliers.enums import QualificationState
from suppliers.models import BuyerScope, Category, Qualification, Waiver
from suppliers.rules.cleaning import one_line
from suppliers.selectors.categories import category_for, open_waivers

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_PATH = 255
# What somebody decided or is about to decide.
LASTING = Q(state=QualificationState.IN_PROGRESS) | Q(valid_from__isnull=False)


@dataclass(frozen=True, slots=True)
class CategoryInput:
    """``parent``: the code of the category it is part of, or empty."""

    code: str
    name: str
    local_name: str = ""
    parent: str = ""
    is_active: bool = True


@transaction.atomic
def save_category(
    actor: User | None, data: CategoryInput, category_id: int | None = None
) -> Category:
    """Add a category, or change (and move) the one named; ``actor`` None is the system itself.

    Errors: may_not_manage_settings, category_not_found, category_code_missing,
    category_code_invalid, category_code_taken, category_name_missing, category_parent_unknown,
    category_in_circle, category_too_deep, category_decided.
    """
    if actor is not None:
        policies.require_manage_settings(actor)
    category = category_for(category_id, locked=True) if category_id else Category()
    clean = _validated(data, category)
    parent = _parent(clean.parent, category)
    if category.pk and category.parent_id != (parent.pk if parent else None):
        _require_movable(category, parent)
    before = _values(category) if category.pk else {}
    old_path = category.path
    category.code, category.name = clean.code, clean.name
    category.local_name, category.is_active = clean.local_name, clean.is_active
    category.parent = parent
    category.path = _path(category, parent)
    category.save()
    if old_path and old_path != category.path:
        _move_below(category, old_path)
    changes = changes_between(before, _values(category)) if before else {}
    verb = "category.changed" if before else "category.created"
    if changes or not before:
        record_activity(actor, verb, category, code=category.code, changes=changes)
    return category


@transaction.atomic
def delete_category(actor: User, category_id: int) -> None:
    """Errors: may_not_manage_settings, category_not_found, category_in_use."""
    policies.require_manage_settings(actor)
    category = category_for(category_id, locked=True)
    in_use = DomainError(
        "category_in_use",
        N_(
            "%(name)s is named by suppliers, decisions, requests, the limits of a buyer or "
            "categories below it. Take it out of use instead."
        ),
        {"name": category.code},
    )
    if _is_named(category):
        raise in_use
    record_activity(actor, "category.deleted", category, code=category.code)
    try:
        category.delete()
    except ProtectedError:
        raise in_use from None


def _is_named(category: Category) -> bool:
    """By what would go with it, or would mean all categories without it."""
    return (
        category.suppliers.exists()
        or BuyerScope.objects.filter(categories=category).exists()
        or open_waivers([category.pk]).exists()
    )


def _validated(data: CategoryInput, current: Category) -> CategoryInput:
    clean = CategoryInput(
        one_line(data.code),
        one_line(data.name),
        one_line(data.local_name),
        one_line(data.parent),
        data.is_active,
    )
    if not clean.code:
        raise InvalidInput("category_code_missing", N_("Give the category a code."), field="code")
    if len(clean.code) > 30 or "/" in clean.code or ";" in clean.code:
        raise InvalidInput(
            "category_code_invalid",
            N_("A code has at most 30 characters, without / and ;."),
            field="code",
        )
    taken = Category.objects.filter(code__iexact=clean.code).exclude(pk=current.pk or 0)
    if taken.exists():
        raise InvalidInput(
            "category_code_taken",
            N_("There is a category %(code)s already."),
            {"code": clean.code},
            field="code",
        )
    if not clean.name or len(clean.name) > 120 or len(clean.local_name) > 120:
        raise InvalidInput(
            "category_name_missing",
            N_("Give the category a name of at most 120 characters."),
            field="name",
        )
    return clean


def _parent(code: str, category: Category) -> Category | None:
    if not code:
        return None
    parent = Category.objects.filter(code__iexact=code).first()
    if parent is None:
        raise InvalidInput(
            "category_parent_unknown",
            N_("There is no category “%(code)s”."),
            {"code": code},
            field="parent",
        )
    if category.pk and parent.path.startswith(category.path):
        raise InvalidInput(
            "category_in_circle",
            N_("A category cannot be part of itself or of one below it."),
            field="parent",
        )
    return parent


def _require_movable(category: Category, parent: Category | None) -> None:
    """A qualification or waiver holds for all that lies below its category, so another place
    would grant it or take it away, without a decision and for days of the past, too."""
    above = [*_chain(category.parent), *_chain(parent)]
    keys = [one.pk for one in above] + list(_subtree(category).values_list("pk", flat=True))
    decided = (
        Qualification.objects.filter(LASTING, category__in=keys).exists()
        or Waiver.objects.filter(category__in=keys).exists()
        or open_waivers(keys).exists()
    )
    if decided:
        raise DomainError(
            "category_decided",
            N_(
                "There are qualifications or waivers for %(name)s or for categories above or "
                "below it, at the old or new place: moving it would change for what they hold. "
                "Create a new category at the new place, have suppliers qualified for it, and "
                "take %(name)s out of use."
            ),
            {"name": category.code},
            field="parent",
        )


def _chain(category: Category | None) -> Iterator[Category]:
    """The category and those above it."""
    while category is not None:
        yield category
        category = category.parent


def _path(category: Category, parent: Category | None) -> str:
    path = f"{parent.path if parent else ''}{category.code}/"
    if len(path) + _length_below(category) > LONGEST_PATH:
        raise InvalidInput(
            "category_too_deep", N_("The tree is too deep at this place."), field="parent"
        )
    return path


def _length_below(category: Category) -> int:
    """Of the longest path beneath it, counted from its own."""
    if not category.pk:
        return 0
    longest = _subtree(category).aggregate(longest=Max(Length("path")))["longest"]
    return int(longest) - len(category.path)


def _subtree(category: Category) -> QuerySet[Category]:
    """The category itself and all below it, where they stand now."""
    return Category.objects.filter(path__startswith=category.path)


def _move_below(category: Category, old_path: str) -> None:
    below = Category.objects.filter(path__startswith=old_path).exclude(pk=category.pk)
    for child in below.order_by("path"):
        child.path = category.path + child.path.removeprefix(old_path)
        child.save(update_fields=["path"])


def _values(category: Category) -> dict[str, object]:
    return {
        "code": category.code,
        "name": category.name,
        "local_name": category.local_name,
        "parent": category.parent.code if category.parent else "",
        "is_active": category.is_active,
    }
