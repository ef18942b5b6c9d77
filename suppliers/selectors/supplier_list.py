"""What the list of suppliers can show: columns, what each needs from the database, its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.badges import Badge
from core.reader import listed
from suppliers.enums import Metal
from suppliers.models import AnnualSpend, Supplier, SupplierContact
from suppliers.selectors.badges import rating_badge_of, status_badge_of
from suppliers.selectors.links import parent_seen_by

if TYPE_CHECKING:
    from accounts.models import User

CellKind = Literal["text", "number", "day", "moment", "badge", "mark"]
Shown = str | int | float | dt.date | dt.datetime | bool | Badge | None
DEFAULT_COLUMNS = ("code", "name", "status", "rating", "country", "categories", "buyer")
# The name leads to the supplier; a row without it would be a dead end.
ALWAYS = "name"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """``value(supplier)`` is what the cell shows in the way of ``kind`` (``mark``: yes or a
    dash); ``sort``: its name in ``?sort=``; ``width`` in the exported workbook."""

    code: str
    label: str | Promise
    value: Callable[[Supplier], Shown]
    kind: CellKind = "text"
    sort: str = ""
    width: int = 18
    joins: tuple[str, ...] = ()
    prefetches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    column: ListColumn
    value: Shown


@dataclass(frozen=True, slots=True)
class Line:
    supplier: Supplier
    cells: list[Cell]


def _country(supplier: Supplier) -> str:
    return str(supplier.country.name) if supplier.country else ""


def _categories(supplier: Supplier) -> str:
    return listed(category.label for category in supplier.categories.all())


def _minerals(supplier: Supplier) -> str:
    return listed(Metal(row.metal).label for row in supplier.minerals.all())


def _spend(supplier: Supplier) -> str:
    """The newest year with spend, in each of its currencies."""
    rows: list[AnnualSpend] = list(supplier.spend.all())
    newest = max((row.year for row in rows), default=0)
    parts = [f"{row.currency} {row.amount:,.0f}" for row in rows if row.year == newest]
    return f"{newest}: {', '.join(parts)}" if parts else ""


COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("code", _("Code"), lambda s: s.code, sort="code", width=16),
    ListColumn("name", _("Name"), lambda s: s.name, sort="name", width=40),
    ListColumn("local_name", _("Name in the local language"), lambda s: s.local_name, width=32),
    ListColumn("kind", _("Kind"), lambda s: str(s.get_kind_display()), width=24),
    ListColumn("status", _("Status"), status_badge_of, "badge", "status", 20),
    ListColumn("since", _("Status since"), lambda s: s.status_since, "moment", "since"),
    ListColumn("rating", _("CSR rating"), rating_badge_of, "badge", "rating", 12),
    ListColumn(
        "score",
        _("CSR score"),
        lambda s: None if s.rating_score is None else float(s.rating_score),
        "number",
        width=10,
    ),
    ListColumn("country", _("Country or region"), _country, sort="country", width=24),
    ListColumn("country_code", _("Country code"), lambda s: str(s.country or ""), width=14),
    ListColumn("region", _("Province or state"), lambda s: s.region, width=20),
    ListColumn("city", _("City"), lambda s: s.city, width=20),
    ListColumn("categories", _("Categories"), _categories, width=40, prefetches=("categories",)),
    ListColumn("buyer", _("Buyer"), lambda s: str(s.buyer or ""), width=24, joins=("buyer",)),
    ListColumn("minerals", _("Minerals in scope"), _minerals, width=30, prefetches=("minerals",)),
    ListColumn("single_source", _("Single source"), lambda s: s.single_source, "mark", width=14),
    ListColumn("phase_out", _("Phase-out"), lambda s: s.phase_out_on, "day", "phase_out", 14),
    ListColumn("parent", _("Parent company"), lambda s: str(s.parent or ""), width=40),
    ListColumn("spend", _("Spend of the last year"), _spend, width=26, prefetches=("spend",)),
    ListColumn(
        "contacts",
        _("Contacts"),
        lambda s: int(getattr(s, "contact_count", 0)),
        "number",
        width=10,
    ),
    ListColumn("created", _("Created"), lambda s: s.created_at, "moment", "created"),
    ListColumn("changed", _("Changed"), lambda s: s.updated_at, "moment", "changed"),
)
BY_CODE = {column.code: column for column in COLUMNS}


def known_columns(codes: Iterable[str]) -> list[str]:
    """In the order given, without unknown ones and repetitions."""
    return [code for code in dict.fromkeys(codes) if code in BY_CODE]


def columns_of(codes: Iterable[str]) -> list[ListColumn]:
    """The known ones in the order given; the usual ones for none."""
    wanted = known_columns(codes) or list(DEFAULT_COLUMNS)
    if ALWAYS not in wanted:
        wanted.insert(0, ALWAYS)
    return [BY_CODE[code] for code in wanted]


def listed_suppliers(actor: User) -> QuerySet[Supplier]:
    """Those of the list: what the actor may see, without duplicates merged into another."""
    return Supplier.objects.visible_to(actor).living()


def with_columns(
    actor: User, suppliers: QuerySet[Supplier], columns: Sequence[ListColumn]
) -> QuerySet[Supplier]:
    """Fetch what the columns show: the same few queries for any number of rows."""
    joins = sorted({name for column in columns for name in column.joins})
    names = {name for column in columns for name in column.prefetches}
    prefetches: list[str | Prefetch[str]] = [*sorted(names)]
    if any(column.code == "parent" for column in columns):
        prefetches.append(parent_seen_by(actor))
    if joins:
        suppliers = suppliers.select_related(*joins)
    if any(column.code == "contacts" for column in columns):
        suppliers = suppliers.annotate(contact_count=_contact_count())
    return suppliers.prefetch_related(*prefetches)


def line_of(supplier: Supplier, columns: Sequence[ListColumn]) -> Line:
    return Line(supplier, [Cell(column, column.value(supplier)) for column in columns])


def _contact_count() -> Coalesce:
    """Counted apart: a join would multiply rows that other filters join."""
    counted = (
        SupplierContact.objects.filter(supplier=OuterRef("pk"))
        .order_by()
        .values("supplier")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted), Value(0))
