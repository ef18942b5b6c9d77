"""The tree of purchasing categories. Administrators write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError, InvalidInput
from core.services.activity import changes_between, record_activity
from suppliers import policies
from suppliers.models import Category
from suppliers.rules.cleaning import one_line
from suppliers.selectors.categories import category_for

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_PATH = 255


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
    category_in_circle, category_too_deep.
    """
    if actor is not None:
        policies.require_manage_settings(actor)
    category = category_for(category_id, locked=True) if category_id else Category()
    clean = _validated(data, category)
    parent = _parent(clean.parent, category)
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
        N_("%(name)s has suppliers or categories below it. Take it out of use instead."),
        {"name": category.code},
    )
    if category.suppliers.exists():
        raise in_use
    record_activity(actor, "category.deleted", category, code=category.code)
    try:
        category.delete()
    except ProtectedError:
        raise in_use from None


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


def _path(category: Category, parent: Category | None) -> str:
    path = f"{parent.path if parent else ''}{category.code}/"
    if len(path) > LONGEST_PATH:
        raise InvalidInput(
            "category_too_deep", N_("The tree is too deep at this place."), field="parent"
        )
    return path


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
