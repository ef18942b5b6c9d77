"""Records as they stand, many at once, in the shape in which imports compare them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from suppliers.enums import SupplierStatus
from suppliers.models import (
    AnnualSpend,
    Category,
    MineralScope,
    RegistrationNumber,
    Site,
    Supplier,
    SupplierContact,
)
from suppliers.rules.import_plan import Values
from suppliers.rules.master_data import REGISTRATIONS
from suppliers.rules.mineral_reasons import told_reason
from suppliers.selectors.links import possible_buyers

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.belonging import BelongingQuerySet

# Fewer than the variables that SQLite takes in one question.
PORTION = 5_000
Link = Category.suppliers.through
_TEXTS = ("name", "local_name", "country", "kind", "region", "city", "address")
SITE_FIELDS = (
    "code",
    "name",
    "local_name",
    "country",
    "region",
    "city",
    "address",
    "is_active",
    "closed_on",
)
CONTACT_FIELDS = (
    "name",
    "email",
    "phone",
    "title",
    "role",
    "language",
    "is_primary",
    "may_sign",
)


@dataclass(frozen=True, slots=True)
class KnownSupplier:
    """What decides about a row: ``seen`` by the person who imports, ``merged`` into another."""

    pk: int
    code: str
    name: str
    core_key: str
    parent: int | None
    merged: bool
    seen: bool
    phased_out: bool


def known_suppliers(actor: User) -> dict[str, KnownSupplier]:
    """All suppliers by their code in lower case, two queries."""
    seen = set(Supplier.objects.visible_to(actor).order_by().values_list("pk", flat=True))
    rows = Supplier.objects.order_by().values_list(
        "pk", "code", "name", "core_key", "parent_id", "merged_into_id", "status"
    )
    return {
        code.lower(): KnownSupplier(
            pk,
            code,
            name,
            core,
            parent,
            merged is not None,
            pk in seen,
            status == SupplierStatus.PHASED_OUT,
        )
        for pk, code, name, core, parent, merged, status in rows.iterator(chunk_size=PORTION)
    }


def known_buyers() -> dict[str, tuple[int, str]]:
    """Who may be a buyer: e-mail address in lower case to key and address."""
    rows = possible_buyers().order_by().values_list("pk", "email")
    return {email.lower(): (pk, email) for pk, email in rows}


def known_numbers() -> dict[tuple[str, str], list[int]]:
    """Registration numbers (kind and key) to the suppliers that have them."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = RegistrationNumber.objects.order_by().values_list("kind", "key", "supplier_id")
    for kind, key, supplier in rows.iterator(chunk_size=PORTION):
        found[kind, key].append(supplier)
    return found


def supplier_records(actor: User, keys: Collection[int]) -> dict[int, Values]:
    """Each as ``selectors.links.record_of`` gives it of what the actor may know."""
    found: dict[int, Values] = {}
    linked = ("parent__code", "buyer__email")
    plain = ("single_source", "phase_out_on", "phase_out_reason")
    fields = ("pk", "code", *_TEXTS, *linked, *plain)
    for row in _portions(Supplier.objects.order_by(), "pk", keys, fields):
        pk, code, *texts, parent, buyer, single, out_on, out_reason = row
        found[pk] = {
            "code": code,
            **dict(zip(_TEXTS, texts, strict=True)),
            "parent": parent or "",
            "buyer": buyer or "",
            "categories": [],
            "single_source": single,
            "phase_out_on": out_on.isoformat() if out_on else "",
            "phase_out_reason": out_reason,
            **dict.fromkeys(REGISTRATIONS, ""),
            "minerals": [],
            "minerals_reason": "",
        }
    _add_parts(found)
    _leave_out_unseen_parents(actor, found)
    return found


def _leave_out_unseen_parents(actor: User, found: dict[int, Values]) -> None:
    visible = Supplier.objects.visible_to(actor)
    if not visible.query.has_filters():
        return
    named = sorted({record["parent"] for record in found.values()} - {""})
    seen: set[str] = set()
    for start in range(0, len(named), PORTION):
        part = visible.filter(code__in=named[start : start + PORTION]).order_by()
        seen.update(part.values_list("code", flat=True))
    for record in found.values():
        if record["parent"] not in seen:
            record["parent"] = ""


def _add_parts(found: dict[int, Values]) -> None:
    links = Link.objects.order_by("category__code")
    for pk, code in _portions(links, "supplier_id", found, ("supplier_id", "category__code")):
        found[pk]["categories"].append(code)
    numbers = RegistrationNumber.objects.filter(kind__in=REGISTRATIONS).order_by("kind", "number")
    for pk, kind, number in _portions(
        numbers, "supplier_id", found, ("supplier_id", "kind", "number")
    ):
        found[pk][kind] = found[pk][kind] or number
    for pk, reasons in mineral_reasons(found).items():
        found[pk]["minerals"] = list(reasons)
        found[pk]["minerals_reason"] = told_reason(reasons)


def mineral_reasons(suppliers: Collection[int]) -> defaultdict[int, dict[str, str]]:
    """By the key of the supplier: materials in their order, each with its reason."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    fields = ("supplier_id", "metal", "reason")
    rows = MineralScope.objects.order_by("metal")
    for pk, metal, reason in _portions(rows, "supplier_id", suppliers, fields):
        found[pk][metal] = reason
    return found


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A contact, a site or the spend of a year; ``values`` without the supplier."""

    pk: int
    supplier: int
    values: Values


def contact_records(rows: BelongingQuerySet[SupplierContact] | QuerySet[Any]) -> Iterator[Any]:
    return _belonging(rows, CONTACT_FIELDS)


def site_records(rows: BelongingQuerySet[Site] | QuerySet[Any]) -> Iterator[Any]:
    for known in _belonging(rows, SITE_FIELDS):
        day = known.values["closed_on"]
        known.values["closed_on"] = day.isoformat() if day else ""
        yield known


def spend_records(rows: BelongingQuerySet[AnnualSpend] | QuerySet[Any]) -> Iterator[Any]:
    for known in _belonging(rows, ("year", "currency", "amount")):
        known.values["amount"] = str(known.values["amount"])
        yield known


def _belonging(rows: QuerySet[Any], fields: tuple[str, ...]) -> Iterator[KnownRecord]:
    table = rows.order_by("pk").values_list("pk", "supplier_id", *fields)
    for pk, supplier, *values in table.iterator(chunk_size=PORTION):
        yield KnownRecord(pk, supplier, dict(zip(fields, values, strict=True)))


def _portions(
    rows: QuerySet[Any], field: str, keys: Collection[int], fields: tuple[str, ...]
) -> Iterator[Any]:
    wanted = sorted(keys)
    for start in range(0, len(wanted), PORTION):
        part = wanted[start : start + PORTION]
        # Neighbouring keys are quicker asked for as a range than one by one.
        inside = {f"{field}__gte": part[0], f"{field}__lte": part[-1]}
        dense = part[-1] - part[0] < 2 * len(part)
        found = rows.filter(**inside) if dense else rows.filter(**{f"{field}__in": part})
        known = keys if isinstance(keys, dict | set | frozenset) else set(keys)
        key_place = fields.index(field)
        for row in found.values_list(*fields).iterator(chunk_size=PORTION):
            if row[key_place] in known:
                yield row
