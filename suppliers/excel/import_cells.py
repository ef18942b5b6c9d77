"""Cells of one row as values of the input, and what cannot be taken apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suppliers.excel.import_columns import ImportColumn
from suppliers.rules.cleaning import one_line, parse_amount, parse_date, parse_flag, shown
from suppliers.rules.problems import Problem
from suppliers.rules.related_data import SpendInput

Words = Mapping[str, str]
# What drop-downs of the template show behind the code.
_BEHIND_CODE = " · "
_SEPARATORS = re.compile(r"[;；、\n|]|,(?!\d)|，")
_SERIAL = re.compile(r"\d{5}")
_FIRST_DAY = dt.date(1899, 12, 30)


class NotReadable(Exception):
    """A text that is no value of its column; ``code`` as in ``rules.problems``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of the file: ``index`` of its cells from 0."""

    index: int
    column: ImportColumn


Reader = Callable[[str], Any]


class RowReader:
    """Reads rows of one file. ``choices``: for each list the words in any language, in lower
    case, to their code; unknown words stay as typed, so that the rules name them."""

    def __init__(
        self, placed: Sequence[PlacedColumn], choices: Mapping[str, Words], *, serial_dates: bool
    ) -> None:
        self._serial_dates = serial_dates
        self._plain = [
            (item.column.code, item.index) for item in placed if item.column.reading == "text"
        ]
        self._read = [
            (item.column.code, item.index, self._reader(item.column, choices))
            for item in placed
            if item.column.reading != "text"
        ]

    def read(self, cells: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
        """The values by the codes of their columns; a cell that cannot be read has none."""
        values: dict[str, Any] = {code: cells[index] for code, index in self._plain}
        problems: list[Problem] = []
        for code, index, read in self._read:
            try:
                values[code] = read(cells[index])
            except NotReadable as error:
                problems.append(Problem(error.code, code, {"value": shown(cells[index].strip())}))
        return values, problems

    def _reader(self, column: ImportColumn, choices: Mapping[str, Words]) -> Reader:
        words = choices.get(column.choices, {})
        readers: dict[str, Reader] = {
            "choice": lambda text: _choice(text, words),
            "codes": lambda text: _codes(text, words),
            "flag": _flag,
            "switch": lambda text: _flag(text) if text.strip() else True,
            "date": self._date,
            "year": one_line,
            "amount": one_line,
        }
        return _remembered(readers[column.reading])

    def _date(self, text: str) -> dt.date | None:
        if not text or not text.strip():
            return None
        found = parse_date(text.removesuffix(" 00:00:00"))
        if found is None and self._serial_dates and _SERIAL.fullmatch(text.strip()):
            # A date whose cell lost its format: days since the end of 1899.
            return _FIRST_DAY + dt.timedelta(days=int(text))
        if found is None:
            raise NotReadable("date_invalid")
        return found


def whole_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{4}", text) else None


def spend_of_texts(year: str, currency: str, amount: str) -> SpendInput:
    """The spend as it was typed; what is no year or amount is named by the rule."""
    return SpendInput(
        year=whole_year(year.strip()),
        currency=currency,
        amount=parse_amount(amount) if amount.strip() else None,
        year_text=year,
        amount_text=amount,
    )


def _choice(text: str, words: Words) -> str:
    plain = one_line(text)
    return words.get(plain.casefold()) or words.get(_code_of(plain).casefold()) or plain


def _codes(text: str, words: Words) -> tuple[str, ...]:
    parts = [_choice(part, words) for part in _SEPARATORS.split(text)]
    return tuple(part for part in parts if part)


def _code_of(text: str) -> str:
    return text.partition(_BEHIND_CODE)[0]


def _flag(text: str) -> bool:
    found = parse_flag(text)
    if found is None:
        raise NotReadable("yes_no_invalid")
    return found


def _remembered(read: Reader) -> Reader:
    """The same words stand in thousands of rows."""
    known: dict[str, Any] = {}

    def remembering(text: str) -> Any:
        try:
            return known[text]
        except KeyError:
            value = read(text)
            if len(known) < 10_000:
                known[text] = value
            return value

    return remembering
