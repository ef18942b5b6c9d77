"""Inherent risk of suppliers, from the tables that administrators keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suppliers.models import Category, CountryRisk, KindRisk, SectorRisk, Supplier
from suppliers.rules.inherent_risk import (
    InherentRisk,
    category_points,
    inherent_risk,
    sector_points,
)


@dataclass(frozen=True, slots=True)
class RiskTables:
    """All points: by country code, by category code, by kind of supplier. Three queries."""

    countries: dict[str, int]
    sectors: dict[str, int]
    kinds: dict[str, int]

    def risk_of(self, supplier: Supplier, paths: Iterable[str]) -> InherentRisk:
        """``paths``: of the supplier's categories."""
        return inherent_risk(
            self.countries.get(str(supplier.country)),
            sector_points(paths, self.sectors),
            self.kinds.get(supplier.kind),
        )


def risk_tables() -> RiskTables:
    countries = CountryRisk.objects.values_list("country", "points")
    return RiskTables(
        countries={str(country): points for country, points in countries},
        sectors=dict(SectorRisk.objects.values_list("category__code", "points")),
        kinds=dict(KindRisk.objects.values_list("kind", "points")),
    )


def risk_of_supplier(supplier: Supplier) -> InherentRisk:
    paths = supplier.categories.values_list("path", flat=True)
    return risk_tables().risk_of(supplier, paths)


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category with its own points (None without) and those that count for it."""

    category: Category
    own: int | None
    counting: int | None
    source: str


def category_lines() -> list[CategoryLine]:
    """Every category in the order of the tree; two queries."""
    own = {risk.category_id: risk for risk in SectorRisk.objects.all()}
    categories = list(Category.objects.order_by("path"))
    by_code = {one.code: own[one.pk].points for one in categories if one.pk in own}
    return [
        CategoryLine(
            one,
            by_code.get(one.code),
            category_points(one.path, by_code),
            own[one.pk].source if one.pk in own else "",
        )
        for one in categories
    ]
