"""Typed texts made clean, and the checks that all fields share."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from operator import le

from suppliers.rules.problems import Problem

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YES = frozenset({"yes", "y", "true", "1", "是", "x", "√"})
_NO = frozenset({"no", "n", "false", "0", "否", ""})
_SPACE_GROUPS = re.compile(r"[\s\u00a0\u202f']")
LONGEST_AMOUNT = Decimal("9999999999999999.99")
FIRST_YEAR, YEARS_AHEAD = 1990, 1


def one_line(text: str) -> str:
    """``text`` in composed form with single spaces and nothing around."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def text_problems(field: str, text: str, most: int) -> list[Problem]:
    if _CONTROL.search(text):
        return [Problem("text_unprintable", field)]
    if len(text) > most:
        return [Problem("text_too_long", field, {"length": len(text), "most": most})]
    return []


def all_fit(texts: Sequence[str], lengths: Sequence[int]) -> bool:
    """Whether none of the texts can have a problem; quicker than looking at each."""
    return all(map(le, map(len, texts), lengths)) and not _CONTROL.search("".join(texts))


def shown(value: str) -> str:
    """A wrong value as far as a message can carry it."""
    return value if len(value) <= 60 else f"{value[:59]}…"


def parse_date(text: str) -> dt.date | None:
    """A date written as year, month, day; None when it is none, or none that exists."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_flag(text: str) -> bool | None:
    """Yes or no in English or Chinese, empty is no; None for anything else."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def parse_amount(text: str) -> Decimal | None:
    """An amount with a decimal point, or with commas as thousands separators; None for others.

    ``1.234,56`` is not guessed at: a wrong reading would be off by a factor of a thousand.
    """
    plain = _SPACE_GROUPS.sub("", text.strip())
    if "," in plain:
        if not re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
            return None
        plain = plain.replace(",", "")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def amount_problems(field: str, amount: Decimal) -> list[Problem]:
    if amount < 0:
        return [Problem("amount_negative", field)]
    if amount > LONGEST_AMOUNT:
        return [Problem("amount_too_large", field)]
    if amount != amount.quantize(Decimal("0.01")):
        return [Problem("amount_invalid", field, {"value": str(amount)})]
    return []


def year_problems(field: str, year: int | None, value: str, today: dt.date) -> list[Problem]:
    last = today.year + YEARS_AHEAD
    if year is None or not FIRST_YEAR <= year <= last:
        params = {"value": shown(value), "first": FIRST_YEAR, "last": last}
        return [Problem("year_invalid", field, params)]
    return []
