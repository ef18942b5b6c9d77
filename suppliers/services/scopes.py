"""Limiting what a buyer sees to categories and countries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_
from django_countries import countries as known_countries

from accounts.models import User as Person
from accounts.roles import Role
from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import changes_between, record_activity
from suppliers.models import BuyerScope, Category, Supplier
from suppliers.policies.scopes import require_edit_scopes

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def set_scope(
    actor: User, user_id: int, category_ids: Iterable[int], countries: Iterable[str]
) -> BuyerScope | None:
    """An empty list does not limit; two empty ones take the scope away (None).

    Errors: may_not_edit_scopes, user_not_found, scope_for_procurement_only, category_unknown,
    country_unknown.
    """
    require_edit_scopes(actor)
    person = _buyer(user_id)
    categories = _categories(set(category_ids))
    codes = _codes(countries)
    scope = BuyerScope.objects.filter(user=person).first()
    before, seen = _snapshot(scope), _seen_by(person)
    if categories or codes:
        scope, _created = BuyerScope.objects.update_or_create(
            user=person, defaults={"countries": codes}
        )
        scope.categories.set(categories)
        if seen - _seen_by(person):
            scope.narrowed_at = clock.now()
            scope.save(update_fields=["narrowed_at"])
    elif scope is not None:
        scope.delete()
        scope = None
    changes = changes_between(before, _snapshot(scope))
    if changes:
        record_activity(actor, "scope.changed", person, changes=changes)
    return scope


def _seen_by(person: User) -> set[int]:
    return set(Supplier.objects.visible_to(person).order_by().values_list("pk", flat=True))


def _buyer(user_id: int) -> Person:
    person = Person.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if person is None:
        raise NotFound("user_not_found", N_("There is no such account."))
    if not person.has_role(Role.PROCUREMENT):
        raise DomainError(
            "scope_for_procurement_only",
            N_("Only what people of procurement see can be limited."),
        )
    return person


def _categories(wanted: set[int]) -> list[Category]:
    found = list(Category.objects.filter(pk__in=wanted).order_by("path"))
    if len(found) != len(wanted):
        raise InvalidInput(
            "category_unknown", N_("Choose a category that is in use."), field="categories"
        )
    return found


def _codes(countries: Iterable[str]) -> list[str]:
    codes = sorted({code.strip().upper() for code in countries})
    for code in codes:
        if code not in dict(known_countries):
            raise InvalidInput(
                "country_unknown",
                N_("“%(value)s” is no country code; use two letters such as CN."),
                {"value": code},
                field="countries",
            )
    return codes


def _snapshot(scope: BuyerScope | None) -> dict[str, list[str]]:
    if scope is None:
        return {"scope_categories": [], "scope_countries": []}
    codes = scope.categories.order_by("path").values_list("code", flat=True)
    return {"scope_categories": list(codes), "scope_countries": list(scope.countries)}
