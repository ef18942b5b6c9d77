"""Suppliers, contacts, sites and spend as files in the layout in which they can be imported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from suppliers.excel.import_columns import COLUMNS, CONTACTS, SITES, SPEND, SUPPLIERS
from suppliers.models import AnnualSpend, Site, Supplier, SupplierContact
from suppliers.selectors.import_records import CONTACT_FIELDS, SITE_FIELDS, supplier_records
from suppliers.web.import_words import shown_value

PORTION = 1_000
_RELATED: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    CONTACTS: (SupplierContact, CONTACT_FIELDS),
    SITES: (Site, SITE_FIELDS),
    SPEND: (AnnualSpend, ("year", "currency", "amount")),
}


def record_columns(kind: str) -> list[Column]:
    return [Column(_(column.label), column.width) for column in COLUMNS[kind]]


def record_rows(actor: User, kind: str, suppliers: QuerySet[Supplier]) -> Iterator[list[Value]]:
    """Of the suppliers given; a portion at a time, however many there are."""
    return _supplier_rows(actor, suppliers) if kind == SUPPLIERS else _related_rows(kind, suppliers)


def _supplier_rows(actor: User, suppliers: QuerySet[Supplier]) -> Iterator[list[Value]]:
    names = [column.code for column in COLUMNS[SUPPLIERS]]
    keys = iter(suppliers.values_list("pk", flat=True).iterator(chunk_size=PORTION))
    while portion := list(islice(keys, PORTION)):
        records = supplier_records(actor, portion)
        for pk in portion:
            # One that was deleted meanwhile is left out.
            record = records.get(pk)
            if record is not None:
                yield [_value(name, record[name]) for name in names]


def _related_rows(kind: str, suppliers: QuerySet[Supplier]) -> Iterator[list[Value]]:
    model, fields = _RELATED[kind]
    inside = suppliers.order_by().values("pk")
    rows = model.objects.filter(supplier__in=inside).order_by("supplier__code", "pk")
    table = rows.values_list("supplier__code", *fields)
    for code, *values in table.iterator(chunk_size=PORTION):
        yield [code, *(_value(*pair) for pair in zip(fields, values, strict=True))]


def _value(name: str, value: Any) -> Value:
    if isinstance(value, bool | list) or name in ("kind", "role"):
        text = shown_value(name, value)
        return "" if text == "–" else text
    return None if value == "" else value
