"""Cells that a value alone does not show: formulas, errors, cells far out.

The reading library gives values only, and fills the whole rectangle up to the last cell. So the
XML of the sheet is looked over first, in pieces, without building anything from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator

MOST_NAMED = 100_000
# A start tag and the formula behind it may be cut at the end of a piece.
_CARRY = 2048
_LONGEST = 1200
_FAR_HINT = re.compile(rb'r="(?:[A-Z]{3}[1-9]|[A-Z]{1,3}[1-9]\d{5})')
_FAR = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="((?:[A-Z]{3}[1-9]\d{0,6})|(?:[A-Z]{1,3}[1-9]\d{5,6}))"[^>]*(?<!/)>'
)
_TEXT = rb"[^<]{0,%d}" % _LONGEST
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f(?=[\s/>])([^>]*?)(?:/>|>(" + _TEXT + rb"))"
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>"""
    rb"(?:(?:\s*<(?:\w+:)?f(?=[\s/>])[^>]*?(?:/>|>" + _TEXT + rb"</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v>([^<]{0,30}))?"
)
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")
_SHARED = re.compile(rb"""\bsi\s*=\s*["'](\d+)["']""")
# How files mark functions that are younger than the format; spreadsheet programs show none of it.
_MARKS = re.compile(r"_xl(?:fn|ws|udf)\.")


@dataclass(slots=True)
class OddCells:
    """Formulas (``=A1*2``) and error codes (``#N/A``) by address, as people see them, at most
    ``MOST_NAMED`` of a kind. ``far``: a cell with a value so far out that reading the rectangle up
    to it would take all memory (row 100,000 or column AAA and beyond); ``rows``: how many rows the
    sheet writes down; ``shared``: address and text of formulas that cells below repeat."""

    formulas: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    far: str = ""
    rows: int = 0
    shared: dict[bytes, tuple[str, str]] = field(default_factory=dict)


def odd_cells(pieces: Iterable[bytes]) -> OddCells:
    found = OddCells()
    rest = b""
    for piece in pieces:
        buffer = rest + piece
        safe = max(0, len(buffer) - _CARRY)
        _look(found, buffer, safe)
        rest = buffer[safe:]
    _look(found, rest, len(rest))
    return found


def _look(found: OddCells, buffer: bytes, safe: int) -> None:
    """What begins behind ``safe`` is seen again, whole, with the next piece."""
    found.rows += buffer.count(b"<row", 0, safe + 3) + buffer.count(b":row ", 0, safe + 4)
    if b"<f" in buffer or b":f" in buffer:
        for match in _FORMULA.finditer(buffer):
            if match.start() >= safe or len(found.formulas) >= MOST_NAMED:
                break
            _add_formula(found, _address(match[1]), match[2], _shown(match[3] or b""))
    if b't="e"' in buffer or b"t='e'" in buffer:
        for match in _ERROR.finditer(buffer):
            if match.start() >= safe or len(found.errors) >= MOST_NAMED:
                break
            found.errors[_address(match[1])] = _shown(match[2] or b"")
    if not found.far and _FAR_HINT.search(buffer):
        far = _FAR.search(buffer)
        found.far = far[1].decode() if far else ""


def _add_formula(found: OddCells, address: str, attributes: bytes, text: str) -> None:
    shared = _SHARED.search(attributes)
    formula = f"={_MARKS.sub('', text)}"
    if shared is not None:
        first, pattern = found.shared.setdefault(shared[1], (address, formula))
        formula = _moved(pattern, first, address)
    found.formulas[address] = formula


def _moved(formula: str, first: str, address: str) -> str:
    """What a formula that is written down once says in another of its cells."""
    try:
        return str(Translator(formula, origin=first).translate_formula(address))
    except (TokenizerError, ValueError, IndexError):
        return formula


def _address(attributes: bytes) -> str:
    match = _ADDRESS.search(attributes)
    return match[1].decode() if match else ""


def _shown(text: bytes) -> str:
    return unescape(text.decode("utf-8", "ignore"))
