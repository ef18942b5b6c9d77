"""Taking back an import of suppliers: what stands in the way, and putting records back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core.services.activity import record_many
from suppliers.models import (
    ImportBatch,
    MineralScope,
    RegistrationNumber,
    StatusChange,
    Supplier,
)
from suppliers.rules.import_plan import Values, in_circle
from suppliers.selectors.import_records import Link, supplier_records
from suppliers.selectors.own_scope import own_scope
from suppliers.services.import_bulk import StoredRow, in_portions, row_problem
from suppliers.services.import_later import LaterEntries, later_records
from suppliers.services.import_supplier_rows import NEW_SUPPLIER
from suppliers.services.import_supplier_writing import (
    change_suppliers,
    leads_outside,
    locked_suppliers,
    pairs,
    read_names,
)
from suppliers.workflow import REGISTER

if TYPE_CHECKING:
    from accounts.models import User


class SupplierUndoing:
    """Rows of one import; ``obstacles`` first, then ``undo``, in one transaction.

    A record that was deleted since has nothing left to undo.
    """

    def __init__(self, actor: User, batch: ImportBatch, rows: Sequence[StoredRow]) -> None:
        self._actor, self._batch = actor, batch
        targets = {row.target for row in rows if row.target}
        self._found = locked_suppliers(actor, targets)
        self._there: dict[int, int | None] = {}
        for part in in_portions(targets):
            there = Supplier.objects.filter(pk__in=part).order_by()
            self._there.update(there.values_list("pk", "merged_into_id"))
        alive = [row for row in rows if row.target in self._there]
        self._new = {row.target or 0: row for row in alive if row.is_new}
        self._changed = {row.target or 0: row for row in alive if not row.is_new}
        self._now = supplier_records(actor, self._found)
        self._names = read_names(actor)
        self._scope = own_scope(actor)

    def obstacles(self) -> list[Values]:
        problems = [*self._out_of_reach()]
        entries = LaterEntries(self._batch, self._found)
        for pk, row in (self._new | self._changed).items():
            record = self._now.get(pk)
            if record is None:
                continue
            expected = (
                {**NEW_SUPPLIER, "kind": "production", **row.after} if row.is_new else row.after
            )
            problems += [
                entries.change(row, pk, name)
                for name, value in expected.items()
                if record[name] != value
            ]
        problems += self._later_records()
        problems += [problem for row in self._changed.values() for problem in self._names_gone(row)]
        return problems or self._circles()

    def undo(self) -> None:
        back = {pk: row.before for pk, row in self._changed.items()}
        change_suppliers(self._actor, self._found, back, self._names)
        batch = self._batch.pk
        entries: list[tuple[str, int, Values]] = [
            (
                "supplier.changed",
                pk,
                {"changes": pairs(row.after, row.before), "undone_import": batch},
            )
            for pk, row in self._changed.items()
        ]
        entries += [
            ("supplier.deleted", pk, {**self._now[pk], "undone_import": batch}) for pk in self._new
        ]
        record_many(self._actor, Supplier, entries)
        _delete(self._new)

    def _out_of_reach(self) -> Iterable[Values]:
        for pk, row in (self._new | self._changed).items():
            if self._there[pk] is not None:
                yield row_problem(row, "later_merge")
            elif pk not in self._found or self._leads_outside(pk):
                yield row_problem(row, "record_out_of_sight")

    def _leads_outside(self, pk: int) -> bool:
        """What it was before the import may be outside of a scope that came later."""
        row = self._changed.get(pk)
        return row is not None and leads_outside(self._scope, {**self._now[pk], **row.before})

    def _later_records(self) -> list[Values]:
        """What new suppliers have got since, beside what the import gave them."""
        own = {
            RegistrationNumber: ~Q(kind="other"),
            MineralScope: Q(pk__isnull=False),
            StatusChange: Q(action=REGISTER),
            Supplier: Q(pk__isnull=False),
        }
        found = later_records(Supplier, self._new, own)
        for pk in self._owners_of_others():
            found[pk].append(str(Supplier._meta.verbose_name_plural))
        return [
            row_problem(self._new[pk], "later_records", what=", ".join(sorted(set(what))))
            for pk, what in found.items()
        ]

    def _owners_of_others(self) -> set[int]:
        """New suppliers that others name as parent or were merged into. Subsidiaries that came
        with the import, or were given their parent by it, go or get the former one back."""
        released = {pk for pk, row in self._changed.items() if "parent" in row.after}
        rows = Supplier.objects.filter(Q(parent__isnull=False) | Q(merged_into__isnull=False))
        found: set[int] = set()
        links = rows.order_by().values_list("pk", "parent_id", "merged_into_id")
        for pk, parent, merged in links.iterator():
            if merged in self._new:
                found.add(merged)
            if parent in self._new and pk not in self._new and pk not in released:
                found.add(parent)
        return found

    def _names_gone(self, row: StoredRow) -> Iterable[Values]:
        before, names = row.before, self._names
        parent, buyer = before.get("parent", ""), before.get("buyer", "")
        missing = []
        if parent and parent.lower() not in names.suppliers:
            missing.append(("parent", parent))
        if buyer and buyer.lower() not in names.buyers:
            missing.append(("buyer", buyer))
        missing += [
            ("categories", code)
            for code in before.get("categories", ())
            if code not in names.categories
        ]
        for field, value in missing:
            yield row_problem(row, "name_gone", field=field, value=value)

    def _circles(self) -> list[Values]:
        moved = {pk: row for pk, row in self._changed.items() if row.before.get("parent")}
        if not moved:
            return []
        parents: dict[Any, Any] = dict(Supplier.objects.order_by().values_list("pk", "parent_id"))
        parents |= {pk: self._names.parent(row.before) for pk, row in moved.items()}
        circles = in_circle(parents)
        return [row_problem(row, "undo_in_circle") for pk, row in moved.items() if pk in circles]


def _delete(keys: Iterable[int]) -> None:
    wanted = list(keys)
    # Parents go with their subsidiaries, in whatever order.
    for part in in_portions(wanted):
        Supplier.objects.filter(pk__in=part, parent__isnull=False).update(parent=None)
    for part in in_portions(wanted):
        for model in (Link, RegistrationNumber, MineralScope, StatusChange):
            model._default_manager.filter(supplier_id__in=part).delete()
        # Nothing refers to them any more (``obstacles``), so nothing is looked for a second time;
        # what came in meanwhile is refused by the database.
        gone = Supplier.objects.filter(pk__in=part)
        gone._raw_delete(gone.db)
