"""The scope of a buyer in the shape in which input is held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suppliers.models import Category
from suppliers.models.scope import below, scope_of
from suppliers.rules.own_scope import OwnScope

if TYPE_CHECKING:
    from accounts.models import User


def own_scope(actor: User | None) -> OwnScope | None:
    """None for whoever sees every supplier, as the system (``actor`` None) does."""
    scope = scope_of(actor) if actor is not None else None
    if actor is None or scope is None:
        return None
    limits = list(scope.categories.all())
    within = Category.objects.filter(below(limits)) if limits else Category.objects.none()
    return OwnScope(
        actor.email,
        tuple(scope.countries),
        tuple(sorted(category.code for category in limits)),
        frozenset(within.values_list("code", flat=True)),
    )
