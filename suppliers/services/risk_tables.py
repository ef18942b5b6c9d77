"""The tables of inherent risk: points by country, category and kind. Administrators only."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils.translation import gettext_noop as N_
from django_countries import countries

from core.errors import InvalidInput, NotFound
from core.services.activity import record_activity
from suppliers.enums import SupplierKind
from suppliers.models import CountryRisk, KindRisk, SectorRisk
from suppliers.policies import assessments as policies
from suppliers.selectors.categories import category_for

if TYPE_CHECKING:
    from accounts.models import User

MAX_SOURCE = 255
POINTS_WORDS = N_("Points are a whole number.")
Table = TypeVar("Table", CountryRisk, SectorRisk, KindRisk)


@transaction.atomic
def set_country_risk(
    actor: User, country: str, points: int | None, source: str = ""
) -> CountryRisk | None:
    """``country``: ISO 3166 alpha-2. ``points`` 1 to 6; None: not known any more.

    Errors: may_not_manage_risk_tables, country_unknown, risk_points_out_of_range,
    risk_source_too_long.
    """
    policies.require_manage_risk_tables(actor)
    code = country.strip().upper()
    if code not in dict(countries):
        raise InvalidInput(
            "country_unknown",
            N_("“%(value)s” is no country code; use two letters such as CN."),
            {"value": country[:40]},
            field="country",
        )
    entry = CountryRisk.objects.select_for_update().filter(country=code).first()
    return _set(actor, entry or CountryRisk(country=code), points, (1, 6), source, code)


@transaction.atomic
def set_category_risk(
    actor: User, category_id: int, points: int | None, source: str = ""
) -> SectorRisk | None:
    """``points`` 1 to 4; None: those of the category above count.

    Errors: may_not_manage_risk_tables, category_not_found, risk_points_out_of_range,
    risk_source_too_long.
    """
    policies.require_manage_risk_tables(actor)
    category = category_for(category_id)
    entry = SectorRisk.objects.select_for_update().filter(category=category).first()
    chosen = entry or SectorRisk(category=category)
    return _set(actor, chosen, points, (1, 4), source, category.code)


@transaction.atomic
def set_kind_risk(actor: User, kind: str, points: int | None) -> KindRisk | None:
    """``points`` 0 to 2; None: not known any more.

    Errors: may_not_manage_risk_tables, supplier_kind_unknown, risk_points_out_of_range.
    """
    policies.require_manage_risk_tables(actor)
    if kind not in SupplierKind.values:
        raise NotFound("supplier_kind_unknown", N_("There is no such kind of supplier."))
    entry = KindRisk.objects.select_for_update().filter(kind=kind).first()
    return _set(actor, entry or KindRisk(kind=kind), points, (0, 2), "", kind)


def _set(
    actor: User, entry: Table, points: int | None, allowed: tuple[int, int], source: str, name: str
) -> Table | None:
    """Store, change or remove; nothing is written where nothing changes."""
    before = None if entry.pk is None else entry.points
    text = " ".join(source.split())
    _require_sensible(points, allowed, text)
    changed_source = isinstance(entry, CountryRisk | SectorRisk) and entry.source != text
    if points == before and not (changed_source and points is not None):
        return entry if entry.pk else None
    record = {"table": entry._meta.model_name, "name": name, "points": [before, points]}
    if points is None:
        record_activity(actor, "risk.changed", entry, **record)
        entry.delete()
        return None
    entry.points = points
    if isinstance(entry, CountryRisk | SectorRisk):
        entry.source = text
    entry.save()
    record_activity(actor, "risk.changed", entry, **record)
    return entry


def _require_sensible(points: int | None, allowed: tuple[int, int], source: str) -> None:
    lowest, highest = allowed
    if points is not None and not lowest <= points <= highest:
        raise InvalidInput(
            "risk_points_out_of_range",
            N_("Points go from %(lowest)s to %(highest)s."),
            {"lowest": lowest, "highest": highest},
            field="points",
        )
    if len(source) > MAX_SOURCE:
        raise InvalidInput(
            "risk_source_too_long",
            N_("The source may have %(limit)s characters."),
            {"limit": MAX_SOURCE},
            field="source",
        )
