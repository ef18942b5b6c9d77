"""Taking back an import of contacts, sites or spend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.services.activity import record_many
from suppliers.models import ImportBatch, Supplier
from suppliers.rules.import_plan import Values
from suppliers.selectors.import_records import KnownRecord
from suppliers.services.import_bulk import StoredRow, in_portions, row_problem
from suppliers.services.import_later import LaterEntries, later_records
from suppliers.services.import_related_rows import defaults_of
from suppliers.services.import_related_writing import (
    RELATED,
    change_related,
    entry_of,
    related_records,
)

if TYPE_CHECKING:
    from accounts.models import User


class RelatedUndoing:
    """Rows of one import; ``obstacles`` first, then ``undo``, in one transaction."""

    def __init__(self, actor: User, batch: ImportBatch, rows: Sequence[StoredRow]) -> None:
        self._actor, self._batch = actor, batch
        self._kind = RELATED[batch.kind]
        self._objects = {}
        for part in in_portions(row.target for row in rows if row.target):
            found = self._kind.model.objects.filter(pk__in=part).select_for_update()
            self._objects.update({row.pk: row for row in found.order_by("pk")})
        self._now = related_records(self._kind, self._objects)
        alive = [row for row in rows if row.target in self._now]
        self._new = {row.target or 0: row for row in alive if row.is_new}
        self._changed = {row.target or 0: row for row in alive if not row.is_new}
        seen = Supplier.objects.visible_to(actor).order_by()
        self._seen = set(seen.values_list("pk", flat=True))

    def obstacles(self) -> list[Values]:
        entries = LaterEntries(self._batch, {known.supplier for known in self._now.values()})
        defaults = defaults_of(self._batch.kind)
        problems = []
        for pk, row in (self._new | self._changed).items():
            known = self._now[pk]
            if known.supplier not in self._seen:
                problems.append(row_problem(row, "record_out_of_sight"))
            expected = {**defaults, **row.after} if row.is_new else row.after
            problems += [
                entries.change(row, known.supplier, name, self._named(known))
                for name, value in expected.items()
                if name != "supplier" and known.values[name] != value
            ]
        for pk, what in later_records(self._kind.model, self._new, {}).items():
            problems.append(row_problem(self._new[pk], "later_records", what=", ".join(what)))
        problems += [
            row_problem(row, "later_records", what=str(self._objects[pk].user))
            for pk, row in self._new.items()
            if getattr(self._objects[pk], "user_id", None)
        ]
        return problems

    def _named(self, known: KnownRecord) -> str:
        """As entries of the trail name the amount of a year."""
        values = known.values
        return f"{values['year']} {values['currency']}" if "year" in values else ""

    def undo(self) -> None:
        kind, batch = self._kind, self._batch.pk
        change_related(kind, self._objects, {pk: row.before for pk, row in self._changed.items()})
        entries: list[tuple[str, int, Values]] = []
        for pk, row in (self._new | self._changed).items():
            known = self._now[pk]
            told = entry_of(kind, known.values, row.after, row.before)
            verb = kind.removed if row.is_new else kind.changed
            entries.append((verb, known.supplier, told | {"undone_import": batch}))
        record_many(self._actor, Supplier, entries)
        for part in in_portions(self._new):
            kind.model.objects.filter(pk__in=part).delete()
