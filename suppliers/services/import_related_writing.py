"""Storing checked rows of contacts, sites and spend, all at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from core.services.activity import record_many
from suppliers.excel.import_columns import CONTACTS, SITES, SPEND
from suppliers.models import AnnualSpend, ImportBatch, Site, Supplier, SupplierContact
from suppliers.rules.import_plan import Values, day_of
from suppliers.selectors.import_records import (
    KnownRecord,
    contact_records,
    site_records,
    spend_records,
)
from suppliers.services.import_bulk import (
    StoredRow,
    create_many,
    in_portions,
    keep_targets,
    spend_entry,
    update_many,
)
from suppliers.services.import_supplier_writing import pairs

if TYPE_CHECKING:
    from accounts.models import User


# What rows of imports keep as text.
_READ: dict[str, Any] = {"amount": Decimal, "closed_on": day_of}


@dataclass(frozen=True, slots=True)
class RelatedKind:
    """A kind of record: its table, and the verbs of the supplier's trail."""

    model: type[Any]
    records: Any
    added: str
    changed: str
    removed: str
    identity: tuple[str, ...]

    def title(self, values: Values) -> str:
        """As the trail calls the record."""
        if self.model is Site:
            return f"{values['code']} · {values['name']}"
        return str(values["name"])


RELATED: dict[str, RelatedKind] = {
    CONTACTS: RelatedKind(
        SupplierContact,
        contact_records,
        "supplier.contact_added",
        "supplier.contact_changed",
        "supplier.contact_removed",
        ("email",),
    ),
    SITES: RelatedKind(
        Site,
        site_records,
        "supplier.site_added",
        "supplier.site_changed",
        "supplier.site_removed",
        ("code",),
    ),
    SPEND: RelatedKind(
        AnnualSpend,
        spend_records,
        "supplier.spend_set",
        "supplier.spend_set",
        "supplier.spend_removed",
        ("year", "currency"),
    ),
}


def related_records(kind: RelatedKind, keys: Collection[int]) -> dict[int, KnownRecord]:
    """As they stand now, by their keys."""
    found: dict[int, KnownRecord] = {}
    for part in in_portions(keys):
        rows = kind.records(kind.model.objects.filter(pk__in=part))
        found |= {known.pk: known for known in rows}
    return found


class RelatedWriting:
    """Rows of one import; ``stale`` first, then ``write``, in one transaction."""

    def __init__(self, actor: User, batch: ImportBatch, rows: Sequence[StoredRow]) -> None:
        self._actor, self._batch = actor, batch
        self._kind = RELATED[batch.kind]
        self._new = [row for row in rows if row.is_new]
        self._changed = [row for row in rows if not row.is_new]
        seen = Supplier.objects.visible_to(actor).living().order_by()
        self._suppliers = {code.lower(): pk for code, pk in seen.values_list("code", "pk")}
        self._seen = set(self._suppliers.values())
        self._objects = self._locked()
        self._now = related_records(self._kind, self._objects)

    def stale(self) -> list[StoredRow]:
        """Rows whose records are no longer as the preview saw them."""
        taken = self._taken()
        stale = []
        for row in self._new:
            supplier = self._suppliers.get(row.after["supplier"].lower())
            if supplier is None or self._identity(supplier, row.after) in taken:
                stale.append(row)
        for row in self._changed:
            known = self._now.get(row.target or 0)
            if (
                known is None
                or known.supplier not in self._seen
                or any(known.values[name] != was for name, was in row.before.items())
            ):
                stale.append(row)
        return stale + self._second_primaries()

    def _second_primaries(self) -> list[StoredRow]:
        """Somebody else may have become the first contact meanwhile."""
        first = [row for row in (*self._new, *self._changed) if row.after.get("is_primary")]
        if not first:
            return []
        released = {row.target for row in self._changed if row.after.get("is_primary") is False}
        taken = SupplierContact.objects.filter(is_primary=True).order_by()
        owners = {
            supplier
            for pk, supplier in taken.values_list("pk", "supplier_id")
            if pk not in released
        }
        return [row for row in first if self._owner(row) in owners]

    def _owner(self, row: StoredRow) -> int | None:
        if row.is_new:
            return self._suppliers.get(row.after["supplier"].lower())
        known = self._now.get(row.target or 0)
        return known.supplier if known else None

    def write(self) -> None:
        made = create_many(self._kind.model, [self._fresh(row) for row in self._new])
        keep_targets({row.pk: record.pk for row, record in zip(self._new, made, strict=True)})
        change_related(self._kind, self._objects, {row.target: row.after for row in self._changed})
        record_many(self._actor, Supplier, self._entries(made))

    def _fresh(self, row: StoredRow) -> models.Model:
        values = {name: value for name, value in row.after.items() if name != "supplier"}
        supplier = self._suppliers[row.after["supplier"].lower()]
        fresh: models.Model = self._kind.model(supplier_id=supplier)
        apply_values(fresh, values)
        return fresh

    def _entries(self, made: Sequence[Any]) -> list[tuple[str, int, Values]]:
        kind, batch = self._kind, {"import": self._batch.pk}
        entries = [
            (kind.added, record.supplier_id, entry_of(kind, row.after, {}, row.after) | batch)
            for row, record in zip(self._new, made, strict=True)
        ]
        for row in self._changed:
            known = self._now[row.target or 0]
            told = entry_of(kind, known.values, row.before, row.after)
            entries.append((kind.changed, known.supplier, told | batch))
        return entries

    def _identity(self, supplier: int, values: Values) -> tuple[Any, ...] | None:
        """What the database would refuse a second time; None for a contact without address."""
        parts = [values.get(name, "") for name in self._kind.identity]
        if not any(parts):
            return None
        return (supplier, *(str(part).lower() for part in parts))

    def _taken(self) -> set[tuple[Any, ...]]:
        suppliers = {self._suppliers.get(row.after["supplier"].lower()) for row in self._new}
        taken: set[tuple[Any, ...]] = set()
        for part in in_portions(pk for pk in suppliers if pk is not None):
            rows = self._kind.model.objects.filter(supplier_id__in=part).order_by()
            for supplier, *values in rows.values_list("supplier_id", *self._kind.identity):
                named = dict(zip(self._kind.identity, values, strict=True))
                taken.add(self._identity(supplier, named) or (supplier,))
        return taken

    def _locked(self) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for part in in_portions(row.target for row in self._changed if row.target):
            rows = self._kind.model.objects.filter(pk__in=part).select_for_update().order_by("pk")
            found |= {row.pk: row for row in rows}
        return found


def entry_of(kind: RelatedKind, values: Values, before: Values, after: Values) -> Values:
    """What the trail keeps: the record by its name, and what changed; no changes for a new one."""
    if kind.model is AnnualSpend:
        was, now = before.get("amount", ""), after.get("amount", "")
        return spend_entry(values["year"], values["currency"], was, now)
    told: Values = {"name": kind.title(values)}
    return told | ({"changes": pairs(before, after)} if before else {})


def change_related(kind: RelatedKind, objects: dict[int, Any], changes: dict[Any, Values]) -> None:
    """Store ``changes`` (fields by the key of the record)."""
    fields: set[str] = set()
    for pk, values in changes.items():
        apply_values(objects[pk], values)
        fields |= values.keys()
    if fields:
        update_many(kind.model, [objects[pk] for pk in changes], fields)


def apply_values(record: Any, values: Values) -> None:
    for name, value in values.items():
        setattr(record, name, _READ[name](value) if name in _READ else value)
