"""A ``Declaration`` as plain JSON values and back, for the process border and the database.

Records travel as lists of their field values, which keeps a declaration with 220 smelters and a
look-up of 640 rows small and quick. ``declaration_from_json(declaration_to_json(d)) == d``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from minerals.rules.declaration import (
    Answer,
    Declaration,
    Entry,
    LookupEntry,
    MineRow,
    Note,
    ProductRow,
    ResolvedSmelter,
    ScopeReason,
    SmelterRow,
)

_RECORDS: dict[str, type] = {
    "smelters": SmelterRow,
    "resolved": ResolvedSmelter,
    "products": ProductRow,
    "mines": MineRow,
    "minerals_scope": ScopeReason,
    "lookup": LookupEntry,
    "notes": Note,
    "mineral_slots": Entry,
    "other_minerals": Entry,
    "checker_cells": Entry,
}
_ANSWERS = ("answers", "company_answers", "orphan_answers")
_PLAIN = (
    "family",
    "version",
    "layout",
    "outdated",
    "language",
    "cached_values",
    "effective_on",
)
_VALUES = {
    kind: attrgetter(*(field.name for field in fields(kind)))
    for kind in {*_RECORDS.values(), Entry}
}


def declaration_to_json(declaration: Declaration) -> dict[str, Any]:
    """Only dicts, lists, texts, numbers, booleans and None."""
    data: dict[str, Any] = {name: getattr(declaration, name) for name in _PLAIN}
    data["minerals"] = list(declaration.minerals)
    data["company"] = {name: _VALUES[Entry](entry) for name, entry in declaration.company.items()}
    for name in _ANSWERS:
        data[name] = [_answer_values(answer) for answer in getattr(declaration, name)]
    for name, kind in _RECORDS.items():
        data[name] = list(map(_VALUES[kind], getattr(declaration, name)))
    return data


def declaration_from_json(data: dict[str, Any]) -> Declaration:
    """The inverse; KeyError or TypeError when ``data`` was not made by ``declaration_to_json``."""
    values: dict[str, Any] = {name: data[name] for name in _PLAIN}
    values["minerals"] = tuple(data["minerals"])
    values["company"] = {name: Entry(*entry) for name, entry in data["company"].items()}
    for name in _ANSWERS:
        values[name] = tuple(_answer(item) for item in data[name])
    for name, kind in _RECORDS.items():
        values[name] = _made(kind, data[name])
    return Declaration(**values)


def _made(kind: type, items: Iterable[list[Any]]) -> tuple[Any, ...]:
    return tuple(kind(*item) for item in items)


def _answer_values(answer: Answer) -> list[Any]:
    values = _VALUES[Entry]
    return [
        answer.question,
        answer.mineral,
        values(answer.entry),
        values(answer.comment),
        answer.value,
    ]


def _answer(item: list[Any]) -> Answer:
    question, mineral, entry, comment, value = item
    return Answer(question, mineral, Entry(*entry), Entry(*comment), value)
