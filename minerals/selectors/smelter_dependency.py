"""What depends on a smelter: suppliers, declarations, categories and spend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from minerals.models import Declaration, Smelter
from minerals.selectors.named_smelters import counting, lines_seen_by
from suppliers.models import AnnualSpend, Category, Supplier

if TYPE_CHECKING:
    from accounts.models import User

Money = dict[str, Decimal]


@dataclass(slots=True)
class Dependant:
    """A supplier that names the smelter. ``spend`` of the newest year on record, by currency."""

    supplier: Supplier
    declarations: list[Declaration] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    spend: Money = field(default_factory=dict)
    year: int | None = None


@dataclass(slots=True)
class CategoryShare:
    """``category`` is None for suppliers without one. A supplier counts in each of its
    categories, with the whole of its spend: nobody knows which part goes where."""

    category: Category | None
    suppliers: int = 0
    spend: Money = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dependency:
    """``of_suppliers``: how many have a declaration that counts."""

    dependants: list[Dependant]
    categories: list[CategoryShare]
    of_suppliers: int

    @property
    def most(self) -> int:
        return max((one.suppliers for one in self.categories), default=0)

    @property
    def declaration_count(self) -> int:
        return sum(len(one.declarations) for one in self.dependants)


def dependency_of(actor: User, smelter: Smelter) -> Dependency:
    """Within what the actor sees; five queries, however many suppliers there are."""
    lines = lines_seen_by(actor).filter(matched_cid=smelter.cid)
    keys = lines.values("declaration_id")
    declarations = Declaration.objects.filter(pk__in=keys).select_related("supplier")
    found: dict[int, Dependant] = {}
    for declaration in declarations.order_by("supplier__name", "supplier_id", "-received_at"):
        supplier = declaration.supplier
        assert supplier is not None
        found.setdefault(supplier.pk, Dependant(supplier)).declarations.append(declaration)
    _add_categories(found)
    _add_spend(found)
    visible = Declaration.objects.visible_to(actor).filter(counting())
    total = visible.order_by().values("supplier").distinct().count()
    return Dependency(list(found.values()), _shares(found.values()), total)


def _add_categories(found: dict[int, Dependant]) -> None:
    through = Supplier.categories.through.objects.filter(supplier__in=list(found))
    for row in through.select_related("category").order_by("category__path"):
        found[row.supplier_id].categories.append(row.category)


def _add_spend(found: dict[int, Dependant]) -> None:
    for row in AnnualSpend.objects.filter(supplier__in=list(found)).order_by("-year", "currency"):
        one = found[row.supplier_id]
        if one.year in (None, row.year):
            one.year = row.year
            one.spend[row.currency] = row.amount


def _shares(dependants: Iterable[Dependant]) -> list[CategoryShare]:
    shares: dict[int, CategoryShare] = {}
    for one in dependants:
        categories: list[Category | None] = [*one.categories]
        for category in categories or [None]:
            share = shares.setdefault(category.pk if category else 0, CategoryShare(category))
            share.suppliers += 1
            for currency, amount in one.spend.items():
                share.spend[currency] = share.spend.get(currency, Decimal()) + amount
    return sorted(shares.values(), key=lambda one: (-one.suppliers, str(one.category)))
