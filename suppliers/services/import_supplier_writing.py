"""Storing checked rows of suppliers, all at once, as the form would have stored each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import clock
from core.bulk_insert import insert_rows
from core.services.activity import record_many
from suppliers.enums import SupplierStatus
from suppliers.models import (
    Category,
    ImportBatch,
    MineralScope,
    RegistrationNumber,
    StatusChange,
    Supplier,
)
from suppliers.rules.import_plan import Values, day_of, in_circle, levels
from suppliers.rules.master_data import REGISTRATIONS
from suppliers.rules.mineral_reasons import reasons_after, told_reason
from suppliers.rules.names import core_key, name_key
from suppliers.rules.own_scope import OwnScope, scope_problems
from suppliers.rules.registration import registration_key
from suppliers.selectors.import_records import (
    Link,
    known_buyers,
    mineral_reasons,
    supplier_records,
)
from suppliers.selectors.own_scope import own_scope
from suppliers.services.import_bulk import (
    StoredRow,
    in_portions,
    keep_targets,
    update_many,
)
from suppliers.services.import_supplier_rows import NEW_SUPPLIER
from suppliers.services.suppliers import PLAIN_FIELDS
from suppliers.workflow import REGISTER

if TYPE_CHECKING:
    from accounts.models import User

_PARTS = frozenset({"categories", "minerals", "minerals_reason", *REGISTRATIONS})


@dataclass(frozen=True, slots=True)
class Names:
    """What rows name, by the words they use: suppliers by code in lower case, buyers by address,
    categories by code. ``unseen``: codes of suppliers outside what the actor sees, which are taken
    but cannot be named. Read once within the transaction."""

    suppliers: dict[str, int]
    unseen: frozenset[str]
    buyers: dict[str, tuple[int, str]]
    categories: dict[str, int]

    def knows(self, code: str) -> bool:
        """``code`` in lower case, of a supplier that the actor sees."""
        return code in self.suppliers and code not in self.unseen

    def parent(self, values: Values) -> int | None:
        code = values.get("parent", "")
        return self.suppliers[code.lower()] if code else None

    def buyer(self, values: Values) -> int | None:
        email = values.get("buyer", "")
        return self.buyers[email.lower()][0] if email else None


def read_names(actor: User) -> Names:
    codes = Supplier.objects.order_by().values_list("code", "pk")
    suppliers = {code.lower(): pk for code, pk in codes.iterator(chunk_size=5_000)}
    visible = Supplier.objects.visible_to(actor)
    unseen: frozenset[str] = frozenset()
    if visible.query.has_filters():
        seen = set(visible.order_by().values_list("pk", flat=True))
        unseen = frozenset(code for code, pk in suppliers.items() if pk not in seen)
    return Names(
        suppliers=suppliers,
        unseen=unseen,
        buyers=known_buyers(),
        categories=dict(Category.objects.values_list("code", "pk")),
    )


class SupplierWriting:
    """Rows of one import; ``stale`` first, then ``write``, in one transaction."""

    def __init__(self, actor: User, batch: ImportBatch, rows: Sequence[StoredRow]) -> None:
        self._actor = actor
        self._batch = batch
        self._new = [row for row in rows if row.is_new]
        self._changed = [row for row in rows if not row.is_new]
        self._names = read_names(actor)
        self._found = locked_suppliers(actor, {row.target for row in self._changed if row.target})

    def stale(self) -> list[StoredRow]:
        """Rows whose records, or what they name, are no longer as the preview saw them."""
        names = self._names
        own = {row.after["code"].lower() for row in self._new}
        stale = [row for row in self._new if row.after["code"].lower() in names.suppliers]
        now = supplier_records(self._actor, self._found)
        for row in self._changed:
            record = now.get(row.target or 0)
            if record is None or any(record[name] != was for name, was in row.before.items()):
                stale.append(row)
        for row in (*self._new, *self._changed):
            parent, buyer = row.after.get("parent", ""), row.after.get("buyer", "")
            known = not parent or names.knows(parent.lower()) or parent.lower() in own
            known = known and (not buyer or buyer.lower() in names.buyers)
            if not known or any(
                code not in names.categories for code in row.after.get("categories", ())
            ):
                stale.append(row)
        return [*stale, *self._outside(now)] or self._circles()

    def _outside(self, now: Mapping[int, Values]) -> list[StoredRow]:
        """What the actor would not see: the scope may be narrower than at the preview."""
        scope = own_scope(self._actor)
        return [
            row
            for row in (*self._new, *self._changed)
            if leads_outside(scope, {**now.get(row.target or 0, NEW_SUPPLIER), **row.after})
        ]

    def write(self) -> None:
        self._create()
        keys = self._names.suppliers
        keep_targets({row.pk: keys[row.after["code"].lower()] for row in self._new})
        self._change()

    def _circles(self) -> list[StoredRow]:
        """Somebody may have given a parent a parent meanwhile."""
        moved = [row for row in self._changed if row.after.get("parent")]
        if not moved:
            return []
        parents: dict[Any, Any] = dict(Supplier.objects.order_by().values_list("pk", "parent_id"))
        # A new record is named by its code: nothing that exists is below it.
        for row in moved:
            code = row.after["parent"].lower()
            parents[row.target] = self._names.suppliers.get(code, code)
        for row in self._new:
            code = row.after.get("parent", "").lower()
            parents[row.after["code"].lower()] = self._names.suppliers.get(code, code) or None
        circles = in_circle(parents)
        return [row for row in moved if row.target in circles]

    def _create(self) -> None:
        now = clock.now()
        by_code: dict[Any, StoredRow] = {row.after["code"].lower(): row for row in self._new}
        above: dict[Any, Any] = {
            code: row.after.get("parent", "").lower() or None for code, row in by_code.items()
        }
        for level in levels(above):
            insert_rows(
                Supplier,
                NEW_FIELDS,
                (new_values(by_code[code].after, self._names, now) for code in level),
            )
            self._names.suppliers.update(_keys_of(by_code[code].after["code"] for code in level))
        keys = self._names.suppliers
        records = {keys[code]: {**NEW_SUPPLIER, **row.after} for code, row in by_code.items()}
        add_parts(records, self._names, _PARTS)
        insert_rows(
            StatusChange,
            ("supplier", "action", "to_status", "at", "actor"),
            (
                (pk, REGISTER, SupplierStatus.REGISTERED.value, now, self._actor.pk)
                for pk in records
            ),
        )
        record_many(
            self._actor,
            Supplier,
            (
                (
                    "supplier.created",
                    pk,
                    {
                        "code": record["code"],
                        "name": record["name"],
                        "import": self._batch.pk,
                    },
                )
                for pk, record in records.items()
            ),
        )

    def _change(self) -> None:
        changes = {row.target or 0: (row.before, row.after) for row in self._changed}
        after = {pk: values for pk, (_, values) in changes.items()}
        change_suppliers(self._actor, self._found, after, self._names)
        record_many(
            self._actor,
            Supplier,
            (
                ("supplier.changed", pk, {"changes": pairs(*both), "import": self._batch.pk})
                for pk, both in changes.items()
            ),
        )


def leads_outside(scope: OwnScope | None, record: Values) -> bool:
    """Whether somebody with the scope would not see the record."""
    return bool(scope_problems(scope, record["country"], record["categories"], record["buyer"]))


def locked_suppliers(actor: User, keys: Collection[int]) -> dict[int, Supplier]:
    """Those that the actor sees and that are not merged, locked in the order of their keys."""
    found: dict[int, Supplier] = {}
    for part in in_portions(keys):
        rows = Supplier.objects.visible_to(actor).living().filter(pk__in=part)
        found |= {row.pk: row for row in rows.select_for_update().order_by("pk")}
    return found


NEW_FIELDS = (
    *PLAIN_FIELDS,
    "parent",
    "buyer",
    "name_key",
    "local_name_key",
    "core_key",
    "status_since",
)


def new_values(values: Values, names: Names, now: dt.datetime) -> list[Any]:
    """A new supplier as the values of ``NEW_FIELDS``."""
    record = {"kind": "production", **NEW_SUPPLIER, **values}
    record["phase_out_on"] = day_of(record["phase_out_on"])
    return [
        *(record[name] for name in PLAIN_FIELDS),
        names.parent(values),
        names.buyer(values),
        name_key(record["name"]),
        name_key(record["local_name"]),
        core_key(record["name"]),
        now,
    ]


def _keys_of(codes: Iterable[str]) -> dict[str, int]:
    """Codes in lower case to the keys that the database gave."""
    wanted = sorted(codes)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 5_000):
        part = Supplier.objects.filter(code__in=wanted[start : start + 5_000]).order_by()
        found |= {code.lower(): pk for code, pk in part.values_list("code", "pk")}
    return found


def change_suppliers(
    actor: User, suppliers: Mapping[int, Supplier], changes: Mapping[int, Values], names: Names
) -> None:
    """Store ``changes`` (fields by the key of the supplier) with all that follows from them."""
    for pk, values in changes.items():
        supplier = suppliers[pk]
        _apply(supplier, values, names)
        supplier.revision += 1
    fields = {"parent", "buyer", "name_key", "local_name_key", "core_key", "revision"}
    update_many(Supplier, [suppliers[pk] for pk in changes], {*fields, *PLAIN_FIELDS} - {"code"})
    touched = {pk: values for pk, values in changes.items() if _PARTS & values.keys()}
    if touched:
        _replace_parts(touched, names)


def pairs(before: Values, after: Values) -> dict[str, list[Any]]:
    """As the trail keeps changes."""
    return {name: [before[name], after[name]] for name in after}


def _apply(supplier: Supplier, values: Values, names: Names) -> None:
    for name in PLAIN_FIELDS:
        if name in values:
            value = values[name]
            if name == "phase_out_on":
                value = day_of(value)
            setattr(supplier, name, value)
    if "parent" in values:
        supplier.parent_id = names.parent(values)
    if "buyer" in values:
        supplier.buyer_id = names.buyer(values)
    if "name" in values:
        supplier.name_key = name_key(values["name"])
        supplier.core_key = core_key(values["name"])
    if "local_name" in values:
        supplier.local_name_key = name_key(values["local_name"])


def add_parts(records: Mapping[int, Values], names: Names, kinds: Collection[str]) -> None:
    """Categories, numbers and materials of records that have none of these kinds yet."""
    if "categories" in kinds:
        insert_rows(
            Link,
            ("supplier", "category"),
            (
                (pk, names.categories[code])
                for pk, record in records.items()
                for code in record["categories"]
            ),
        )
    numbers = [kind for kind in REGISTRATIONS if kind in kinds]
    if numbers:
        insert_rows(
            RegistrationNumber,
            ("supplier", "kind", "number", "key"),
            (
                (pk, kind, record[kind], registration_key(record[kind]))
                for pk, record in records.items()
                for kind in numbers
                if record[kind]
            ),
        )
    if "minerals" in kinds:
        _add_minerals(
            (pk, dict.fromkeys(record["minerals"], record["minerals_reason"]))
            for pk, record in records.items()
        )


def _add_minerals(reasons: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Materials with their reasons, by the key of the supplier."""
    insert_rows(
        MineralScope,
        ("supplier", "metal", "reason"),
        ((pk, metal, reason) for pk, own in reasons for metal, reason in own.items()),
    )


def _replace_parts(changes: Mapping[int, Values], names: Names) -> None:
    """Rows of the kinds that changed go and come anew; others stay as they are."""
    for kinds in (("categories",), *((kind,) for kind in REGISTRATIONS)):
        part = {pk: values for pk, values in changes.items() if kinds[0] in values}
        _delete_parts(part, kinds[0])
        add_parts(part, names, kinds)
    part = {
        pk: values
        for pk, values in changes.items()
        if "minerals" in values or "minerals_reason" in values
    }
    before = mineral_reasons(part)
    after = {
        pk: reasons_after(
            before[pk],
            values.get("minerals", before[pk]),
            values.get("minerals_reason", told_reason(before[pk])),
        )
        for pk, values in part.items()
    }
    _delete_parts(part, "minerals")
    _add_minerals(after.items())


def _delete_parts(changes: Mapping[int, Values], kind: str) -> None:
    for part in in_portions(changes):
        if kind == "categories":
            Link.objects.filter(supplier_id__in=part).delete()
        elif kind == "minerals":
            MineralScope.objects.filter(supplier_id__in=part).delete()
        else:
            _delete_numbers({pk: registration_key(changes[pk][kind]) for pk in part}, kind)


def _delete_numbers(keys: Mapping[int, str], kind: str) -> None:
    """The one that the record shows, and the one that comes anew (``record_parts``)."""
    gone, seen = [], set()
    known = RegistrationNumber.objects.filter(supplier_id__in=list(keys), kind=kind)
    for row in known.order_by("supplier", "number"):
        if row.supplier_id not in seen or row.key == keys[row.supplier_id]:
            gone.append(row.pk)
        seen.add(row.supplier_id)
    RegistrationNumber.objects.filter(pk__in=gone).delete()
