"""The record of a supplier in a few lines: who it is, where, how much, which minerals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from suppliers.models import AnnualSpend, MineralScope, RegistrationNumber, Site, Supplier

if TYPE_CHECKING:
    from accounts.models import User

SITES_SHOWN = 10
YEARS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FactsCard:
    """``address`` is one line; ``site_count`` counts those not shown, too. Parent company and
    subsidiaries are those that the actor sees."""

    supplier: Supplier
    parent: Supplier | None
    address: str
    registrations: list[RegistrationNumber]
    sites: list[Site]
    site_count: int
    spend: list[AnnualSpend]
    subsidiaries: list[Supplier]
    minerals: list[str]


@dataclass(frozen=True, slots=True)
class MineralScopeCard:
    scope: list[MineralScope]


def facts_card(actor: User, supplier: Supplier) -> FactsCard:
    sites = list(supplier.sites.order_by("-is_active", "code"))
    return FactsCard(
        supplier,
        _parent(actor, supplier),
        ", ".join(part for part in (supplier.address, supplier.city, supplier.region) if part),
        list(supplier.registrations.all()),
        sites[:SITES_SHOWN],
        len(sites),
        list(_last_years(supplier)),
        _subsidiaries(actor, supplier),
        [str(row.get_metal_display()) for row in supplier.minerals.all()],
    )


def mineral_scope_card(actor: User, supplier: Supplier) -> MineralScopeCard:
    return MineralScopeCard(list(supplier.minerals.all()))


def _parent(actor: User, supplier: Supplier) -> Supplier | None:
    if supplier.parent_id is None:
        return None
    return Supplier.objects.visible_to(actor).filter(pk=supplier.parent_id).first()


def _subsidiaries(actor: User, supplier: Supplier) -> list[Supplier]:
    """Few; asked for by the parent alone, because SQLite prefers a far worse index otherwise."""
    found = Supplier.objects.visible_to(actor).filter(parent=supplier).order_by()
    living = [company for company in found if company.merged_into_id is None]
    return sorted(living, key=lambda company: company.code)[:SITES_SHOWN]


def _last_years(supplier: Supplier) -> QuerySet[AnnualSpend]:
    newest = supplier.spend.order_by("-year").values_list("year", flat=True).first() or 0
    return supplier.spend.filter(year__gt=newest - YEARS_SHOWN).order_by("-year", "currency")
