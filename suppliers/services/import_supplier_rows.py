"""Planning rows of suppliers: the rule of the form, for a whole file with a few questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from core import clock
from suppliers.rules.cleaning import one_line, shown
from suppliers.rules.import_plan import (
    PlannedRow,
    Values,
    day_of,
    differences,
    in_circle,
    without_defaults,
)
from suppliers.rules.master_data import (
    REGISTRATIONS,
    KnownValues,
    SupplierInput,
    check_supplier,
    of_change,
    phase_out_day,
    record_of_input,
)
from suppliers.rules.names import core_key
from suppliers.rules.own_scope import scope_problems
from suppliers.rules.problems import Problem
from suppliers.rules.registration import registration_key
from suppliers.selectors.import_records import (
    KnownSupplier,
    known_buyers,
    known_numbers,
    known_suppliers,
    supplier_records,
)
from suppliers.selectors.known_values import known_values
from suppliers.selectors.own_scope import own_scope
from suppliers.services.import_rows import (
    ReadRow,
    Sheet,
    add_problems,
    name_twins,
    read_rows,
    settle,
)

if TYPE_CHECKING:
    from accounts.models import User


def plan_suppliers(actor: User, sheet: Sheet) -> list[PlannedRow]:
    """Every row with what it would do and everything that is wrong with it."""
    rows = list(read_rows(sheet))
    return settle(_Plan(actor, sheet, rows).run(), sheet)


NEW_SUPPLIER: Values = {
    name: value
    for name, value in record_of_input(SupplierInput("", "")).items()
    if name not in ("code", "name", "kind")
}


@dataclass(slots=True)
class _Surroundings:
    known: KnownValues
    suppliers: dict[str, KnownSupplier]
    codes: dict[int, str]
    buyers: dict[str, tuple[int, str]]
    records: dict[int, Values] = field(default_factory=dict)


class _Plan:
    def __init__(self, actor: User, sheet: Sheet, rows: list[ReadRow]) -> None:
        self._sheet = sheet
        self._places = sheet.places
        self._present = sheet.present - {"code"}
        self._actor = actor
        self._scope = own_scope(actor)
        self._rows = rows
        suppliers = known_suppliers(actor)
        self._around = _Surroundings(
            known=known_values(),
            suppliers=suppliers,
            codes={known.pk: code for code, known in suppliers.items()},
            buyers=known_buyers(),
        )
        self._keys = [one_line(row.values["code"]).lower() for row in rows]
        # The code as the file writes it, for records that the file creates.
        self._created: dict[str, str] = {}

    def run(self) -> Sequence[ReadRow]:
        around = self._around
        for key, row in zip(self._keys, self._rows, strict=True):
            if key and key not in around.suppliers:
                self._created.setdefault(key, one_line(row.values["code"]))
        targets = {
            known.pk
            for key in self._keys
            if (known := around.suppliers.get(key)) and known.seen and not known.merged
        }
        around.records = supplier_records(self._actor, targets)
        parents: dict[str, str] = {}
        for key, row in zip(self._keys, self._rows, strict=True):
            data = self._plan_row(key, row)
            if data is not None and key:
                parents[key] = data.parent.lower()
        name_twins(self._rows, [key or None for key in self._keys], "code", self._sheet)
        if "parent" in self._present:
            self._name_circles(parents)
        _Resemblance(around, self._places).name(self._keys, self._rows)
        return self._rows

    def _plan_row(self, key: str, row: ReadRow) -> SupplierInput | None:
        known = self._around.suppliers.get(key)
        if row.values.get("kind") == "":
            # It cannot be emptied: a new supplier gets the usual kind, others keep theirs.
            del row.values["kind"]
        row.planned.key = shown(one_line(row.values["code"]))
        if known is not None and (not known.seen or known.merged):
            # As the form says it: the code is taken, by whom is nobody's business.
            problem = (
                Problem("supplier_merged", "code")
                if known.seen
                else Problem("supplier_code_taken", "code", {"code": row.planned.key})
            )
            add_problems(row, [*row.problems, problem], self._places)
            return None
        if known is None:
            return self._plan_new(row)
        return self._plan_change(known, row)

    def _plan_new(self, row: ReadRow) -> SupplierInput:
        clean, problems = check_supplier(
            SupplierInput(**{"name": "", **row.values}), self._around.known
        )
        linked, broken = self._linked(clean)
        outside = self._outside(linked, {each.field for each in problems})
        broken += phase_out_day(clock.today(), None, clean.phase_out_on)
        add_problems(row, [*row.problems, *problems, *broken, *outside], self._places)
        row.planned.action = "create"
        row.planned.after = without_defaults(record_of_input(linked), NEW_SUPPLIER)
        return linked

    def _plan_change(self, known: KnownSupplier, row: ReadRow) -> SupplierInput:
        before = self._around.records[known.pk]
        base = {
            **before,
            "categories": tuple(before["categories"]),
            "minerals": tuple(before["minerals"]),
            "phase_out_on": None,
        }
        values = {**base, **row.values, "code": known.code}
        if "phase_out_on" not in row.values and before["phase_out_on"]:
            values["phase_out_on"] = day_of(before["phase_out_on"])
        known_here = self._around.known.keeping(before["categories"])
        clean, problems = check_supplier(SupplierInput(**values), known_here)
        linked, broken = self._linked(clean)
        record = record_of_input(linked)
        row.planned.key, row.planned.target = known.code, known.pk
        row.planned.before, row.planned.after = differences(before, record)
        row.planned.action = "change" if row.planned.after else "same"
        planned = day_of(before["phase_out_on"])
        broken += phase_out_day(
            clock.today(), planned, clean.phase_out_on, is_done=known.phased_out
        )
        faults = of_change([*problems, *broken], row.planned.after)
        # Whichever value leads outside: the record is inside as it stands.
        faults += self._outside(linked, {each.field for each in faults})
        add_problems(row, [*row.problems, *faults], self._places)
        return linked

    def _outside(self, data: SupplierInput, wrong: Collection[str]) -> list[Problem]:
        """Why the actor would not see it, but for fields that are wrong anyway."""
        found = scope_problems(self._scope, data.country, data.categories, data.buyer)
        return [problem for problem in found if problem.field not in wrong]

    def _linked(self, clean: SupplierInput) -> tuple[SupplierInput, list[Problem]]:
        """Parent and buyer as they are stored, and what is wrong with them."""
        if not clean.parent and not clean.buyer:
            return clean, []
        problems = []
        parent, buyer = clean.parent, clean.buyer
        if parent:
            known = self._around.suppliers.get(parent.lower())
            stored = self._created.get(parent.lower(), "")
            if known is not None and known.seen:
                stored = known.code
            if parent.lower() == clean.code.lower():
                problems.append(Problem("parent_is_self", "parent", {"value": shown(parent)}))
            elif not stored:
                problems.append(Problem("parent_unknown", "parent", {"value": shown(parent)}))
            parent = stored or parent
        if buyer:
            account = self._around.buyers.get(buyer)
            if account is None:
                problems.append(Problem("buyer_unknown", "buyer", {"value": shown(buyer)}))
            else:
                buyer = account[1]
        return replace(clean, parent=parent, buyer=buyer), problems

    def _name_circles(self, parents: Mapping[str, str]) -> None:
        """Parents of the file and of the database together."""
        around = self._around
        every: dict[Any, Any] = {
            code: around.codes.get(known.parent) if known.parent else None
            for code, known in around.suppliers.items()
        }
        every |= {code: parent or None for code, parent in parents.items()}
        circles = in_circle(every)
        if not circles:
            return
        for key, row in zip(self._keys, self._rows, strict=True):
            own = parents.get(key)
            if key in circles and own in circles and own != key:
                add_problems(row, [Problem("parent_in_circle", "parent")], self._places)


class _Resemblance:
    """Warns of new suppliers that may be there already, under another code."""

    def __init__(self, around: _Surroundings, places: Mapping[str, int]) -> None:
        self._around = around
        self._places = places

    def name(self, keys: Sequence[str], rows: Sequence[ReadRow]) -> None:
        if not any(row.planned.action == "create" for row in rows):
            return
        living = [known for known in self._around.suppliers.values() if known.seen]
        by_core = {known.core_key: known for known in living if not known.merged}
        by_pk = {known.pk: known for known in living}
        numbers = known_numbers()
        earlier: dict[str, int] = {}
        for row in rows:
            after = row.planned.after
            if row.planned.action != "create" or not after.get("name"):
                continue
            core = core_key(after["name"])
            problems = self._names(core, by_core, earlier)
            earlier.setdefault(core, row.planned.number)
            for kind in REGISTRATIONS:
                owners = numbers.get((kind, registration_key(after.get(kind, ""))), [])
                problems += [
                    self._number(kind, by_pk[pk])
                    for pk in owners[:1]
                    if kind in after and pk in by_pk
                ]
            if problems:
                add_problems(row, problems, self._places)

    def _names(
        self, core: str, by_core: Mapping[str, KnownSupplier], earlier: Mapping[str, int]
    ) -> list[Problem]:
        known = by_core.get(core)
        if known is not None:
            params = {"code": known.code, "name": known.name}
            return [Problem("supplier_resembles", "name", params)]
        if core in earlier:
            return [Problem("row_resembles", "name", {"row": earlier[core]})]
        return []

    def _number(self, kind: str, owner: KnownSupplier) -> Problem:
        word = self._around.known.registration_words.get(kind, kind)
        return Problem("number_known", kind, {"code": owner.code, "kind": word})
