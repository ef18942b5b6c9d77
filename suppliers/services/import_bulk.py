"""Writing many rows at once: what applying and undoing imports share."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, models

from suppliers.models import ImportBatch, ImportRow
from suppliers.rules.import_plan import Values

PORTION = 2_000
Record = TypeVar("Record", bound=models.Model)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Without the search for circular garbage, of which rows make none: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class RowsChanged(Exception):
    """Records are no longer as they were: ``problems`` as ``ImportBatch.problems`` keeps them."""

    def __init__(self, problems: Sequence[Values]) -> None:
        self.problems = list(problems)
        super().__init__(len(self.problems))


@dataclass(frozen=True, slots=True)
class StoredRow:
    """An ``ImportRow`` that changes something."""

    pk: int
    number: int
    key: str
    target: int | None
    before: Values
    after: Values

    @property
    def is_new(self) -> bool:
        return not self.before


def stored_rows(batch: ImportBatch) -> list[StoredRow]:
    """Those that create or change, in the order of the file. New ones have no ``before``."""
    found = batch.rows.filter(action__in=("create", "change")).order_by("number")
    fields = ("pk", "number", "key", "target", "before", "after")
    return [StoredRow(*values) for values in found.values_list(*fields).iterator(PORTION)]


def row_problem(row: StoredRow, code: str, **params: Any) -> Values:
    """``field`` among the params is the code of a column; its label is put in where it is read."""
    field = params.get("field", "")
    return {"code": code, "row": row.number, "field": field, "params": {"key": row.key, **params}}


def in_portions(keys: Iterable[int]) -> Iterator[list[int]]:
    """Sorted, as many at a time as a question may name."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), PORTION):
        yield wanted[start : start + PORTION]


def create_many(model: type[Record], records: Iterable[Record]) -> list[Record]:
    return model._default_manager.bulk_create(list(records), batch_size=PORTION)


def update_many(model: type[Record], records: Sequence[Record], fields: Iterable[str]) -> None:
    """Store ``fields`` of records that exist. One statement a portion, however many fields."""
    names = sorted({*fields, *_touched(model)})
    if records:
        model._default_manager.bulk_create(
            list(records),
            batch_size=PORTION,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=names,
        )


def _touched(model: type[models.Model]) -> list[str]:
    """Moments of change, which saving sets by itself."""
    return [
        item.name
        for item in model._meta.concrete_fields
        if isinstance(item, models.DateTimeField) and item.auto_now
    ]


def keep_targets(targets: Mapping[int, int]) -> None:
    """Which record each new row became, by the key of the row."""
    row, quoted = ImportRow._meta, connection.ops.quote_name
    statement = (
        f"UPDATE {quoted(row.db_table)} SET {quoted('target')} = %s "  # noqa: S608 - our names
        f"WHERE {quoted('id')} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(target, key) for key, target in targets.items()])


def spend_entry(year: int, currency: str, before: str, after: str) -> Values:
    """What the trail keeps of the spend of a year; ``before`` empty for a new one."""
    name = f"{year} {currency}"
    return {"name": name, "changes": {name: [before, after]}}
