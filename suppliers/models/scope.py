"""Limits of what a buyer sees: categories and countries, where an administrator sets them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from suppliers.models.category import Category

if TYPE_CHECKING:
    from accounts.models import User


class BuyerScope(models.Model):
    """A buyer with a scope sees the suppliers that deliver one of the categories (or of those
    below them) and sit in one of the countries; an empty list does not limit. ``narrowed_at``:
    when he last lost sight of any; what was read in before may name them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="buyer_scope",
    )
    categories = models.ManyToManyField(Category, verbose_name=_("categories"), blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    narrowed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("buyer's scope")
        verbose_name_plural = _("buyers' scopes")

    def __str__(self) -> str:
        return str(self.user)


def scope_of(actor: User) -> BuyerScope | None:
    """What limits the actor, with its categories; None for no limit.

    Only people whose one internal role is procurement are limited: an administrator or a CSR
    specialist who also buys sees all.
    """
    if actor.roles != frozenset({Role.PROCUREMENT}) or actor.is_superuser:
        return None
    scope = BuyerScope.objects.filter(user=actor).prefetch_related("categories").first()
    return scope if scope is not None and (scope.countries or scope.categories.all()) else None


def scope_condition(actor: User) -> Q | None:
    """What of the suppliers the actor may see; None for no limit.

    A supplier he buys from is always inside.
    """
    scope = scope_of(actor)
    if scope is None:
        return None
    inside = Q()
    if scope.categories.all():
        # A subquery, so that a supplier with several categories stays one row.
        through = Category.suppliers.through.objects.filter(
            category__in=Category.objects.filter(below(scope.categories.all()))
        )
        inside &= Q(pk__in=through.values("supplier_id"))
    if scope.countries:
        inside &= Q(country__in=scope.countries)
    return inside | Q(buyer=actor)


def below(categories: Iterable[Category]) -> Q:
    """The categories themselves and all below them."""
    found = Q()
    for category in categories:
        found |= Q(path__startswith=category.path)
    return found
