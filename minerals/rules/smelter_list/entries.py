"""From the rows of a table to entries of a list, with everything that was wrong on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.spreadsheets.headings import column_letters
from minerals.rules.catalogue.labels import MINERAL_LABELS
from minerals.rules.normalise import metal_key, normalised
from minerals.rules.smelter_list.columns import Columns
from minerals.rules.smelter_list.dates import (
    Order,
    cycle_years,
    due_date,
    list_date,
    order_of,
)

Rows = Sequence[tuple[int, Sequence[str]]]
Problem = dict[str, Any]
MOST_PROBLEMS = 5_000
_CID = re.compile(r"CID[0-9]{6}")
_BLANKS = re.compile(r"\s+")
_LONGEST_VALUE = 120
# As other people write them, to the word of the official forms.
_METALS: Mapping[str, str] = {
    **{metal_key(name): name for name in MINERAL_LABELS},
    "aluminium": "Aluminum",
    "natural graphite": "Graphite",
    "锡": "Tin",
    "钽": "Tantalum",
    "钨": "Tungsten",
    "金": "Gold",
    "钴": "Cobalt",
    "云母": "Mica",
    "铜": "Copper",
    "锂": "Lithium",
    "镍": "Nickel",
    "石墨": "Graphite",
}


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One smelter as the list has it. ``status``: code, ``""`` for a word nobody has explained."""

    row: int
    cid: str
    metal: str
    name: str
    country: str = ""
    status: str = ""
    status_text: str = ""
    last_audit_on: dt.date | None = None
    cycle_text: str = ""
    cycle_years: int | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``listed_on``: date of the list. ``status_of``: code of a status word, ``""`` for an unknown
    one. ``known``: metal and name that the register has for an ID. ``plain_status``: what being in
    a list without status column means (lists of other schemes), ``""`` where it means nothing.
    ``metal``: of all smelters in a list that names none. ``by_name``: the ID of a name
    (``name_key``) for lists that may name smelters without ID; ``""`` where several are called
    so."""

    listed_on: dt.date
    status_of: Callable[[str], str]
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    plain_status: str = ""
    metal: str = ""
    by_name: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class ReadList:
    """``problems``: ``{"row", "column", "field", "value", "code", "params"}``."""

    entries: list[ListEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_entries(rows: Rows, columns: Columns, around: Surroundings) -> ReadList:
    """Rows without a usable ID and later ones of the same ID are left out and named."""
    if "cid" not in columns and not (around.by_name and "name" in columns):
        return ReadList()
    return _Reader(rows, columns, around).read()


def name_key(metal: str, name: str) -> tuple[str, str]:
    """Under which a smelter is found by its name: only the very same name of the same metal."""
    return metal_key(metal_name(metal)), normalised(name)


def metal_name(text: str) -> str:
    """The word of the official forms where it is known, else as it stands."""
    bare = _BLANKS.sub(" ", text).strip()
    return _METALS.get(metal_key(bare), bare)


class _Reader:
    def __init__(self, rows: Rows, columns: Columns, around: Surroundings) -> None:
        self._rows, self._columns, self._around = rows, columns, around
        self._found = ReadList()
        self._first: dict[str, ListEntry] = {}
        self._orders: dict[str, Order] = {
            code: order_of(cells[place] for _number, cells in rows if place < len(cells))
            for code, place in columns.items()
            if code in ("last_audit", "due")
        }

    def read(self) -> ReadList:
        for number, cells in self._rows:
            entry = self._entry(number, cells)
            if entry is not None:
                self._first[entry.cid] = entry
                self._found.entries.append(entry)
        return self._found

    def _entry(self, row: int, cells: Sequence[str]) -> ListEntry | None:
        values = {
            code: _BLANKS.sub(" ", cells[place]).strip() if place < len(cells) else ""
            for code, place in self._columns.items()
        }
        metal = metal_name(values.get("metal", ""))
        cid = self._cid(row, values, metal)
        if not cid:
            return None
        known_metal, known_name = self._around.known.get(cid, ("", ""))
        last = self._last_audit(row, values.get("last_audit", ""))
        years = self._cycle(row, values.get("cycle", ""))
        stated = self._date(row, "due", values.get("due", ""))
        status_text = values.get("status", "")[:120]
        return ListEntry(
            row=row,
            cid=cid,
            metal=self._metal(row, cid, metal, known_metal)[:60],
            name=self._name(row, values.get("name", ""), known_name or cid)[:255],
            country=values.get("country", "")[:100],
            status=self._status(row, status_text),
            status_text=status_text,
            last_audit_on=last,
            cycle_text=values.get("cycle", "")[:60],
            cycle_years=years,
            due_on=stated or due_date(last, years),
        )

    def _cid(self, row: int, values: Mapping[str, str], metal: str) -> str:
        text = values.get("cid", "")
        cid = text.replace(" ", "").upper() or self._cid_by_name(row, values, metal)
        if not cid:
            return ""
        if not _CID.fullmatch(cid):
            self._problem(row, "cid", "id_malformed", text)
            return ""
        first = self._first.get(cid)
        if first is None:
            return cid
        if metal and first.metal and metal_key(metal) != metal_key(first.metal):
            params = {"first": first.row, "first_metal": first.metal, "metal": metal}
            self._problem(row, "cid", "id_two_metals", cid, **params)
        else:
            self._problem(row, "cid", "id_twice", cid, first=first.row)
        return ""

    def _cid_by_name(self, row: int, values: Mapping[str, str], metal: str) -> str:
        name = values.get("name", "")
        cid = self._around.by_name.get(name_key(metal or self._around.metal, name), "")
        if cid:
            self._problem(row, "name", "id_by_name", name, cid=cid)
        else:
            self._problem(row, "cid", "id_missing", "")
        return cid

    def _metal(self, row: int, cid: str, metal: str, known: str) -> str:
        if metal and known and metal_key(metal) != metal_key(known):
            self._problem(row, "metal", "id_other_metal", cid, known=known, metal=metal)
        found = metal or known or self._around.metal
        if not found and "metal" in self._columns:
            self._problem(row, "metal", "metal_missing", "")
        return found

    def _name(self, row: int, name: str, known: str) -> str:
        if not name and "name" in self._columns:
            self._problem(row, "name", "name_missing", "")
        return name or known

    def _status(self, row: int, text: str) -> str:
        if not text:
            if not self._around.plain_status and "status" in self._columns:
                self._problem(row, "status", "status_missing", "")
            return self._around.plain_status
        status = self._around.status_of(text)
        if not status:
            self._problem(row, "status", "status_unknown", text)
        return status

    def _last_audit(self, row: int, text: str) -> dt.date | None:
        found = self._date(row, "last_audit", text)
        if found is not None and found > self._around.listed_on:
            self._problem(row, "last_audit", "date_in_future", text)
            return None
        return found

    def _date(self, row: int, code: str, text: str) -> dt.date | None:
        if not any(sign.isdigit() for sign in text):
            # “n/a”, “-” and the like say that there is none.
            return None
        found = list_date(text, self._orders.get(code, ""))
        if found is None:
            self._problem(row, code, "date_unclear", text)
        return found

    def _cycle(self, row: int, text: str) -> int | None:
        years = cycle_years(text)
        if years is None and any(sign.isdigit() for sign in text):
            self._problem(row, "cycle", "cycle_unclear", text)
        return years

    def _problem(self, row: int, code: str, problem: str, value: str, **params: Any) -> None:
        place = self._columns.get(code)
        if len(self._found.problems) >= MOST_PROBLEMS:
            return
        self._found.problems.append(
            {
                "row": row,
                "column": "" if place is None else column_letters(place),
                "field": code,
                "value": value[:_LONGEST_VALUE],
                "code": problem,
                "params": params,
            }
        )
