"""Cells that a value alone does not show: formulas, errors, cells far out.

The reading library gives values only, and fills the whole rectangle up to the last cell. So the
XML of the sheet is looked over first, in pieces, without building anything from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_NAMED = 2_000
# A start tag and the formula behind it may be cut at the end of a piece.
_CARRY = 1024
_FAR_HINT = re.compile(rb'r="(?:[A-Z]{3}[1-9]|[A-Z]{1,3}[1-9]\d{5})')
_FAR = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="((?:[A-Z]{3}[1-9]\d{0,6})|(?:[A-Z]{1,3}[1-9]\d{5,6}))"[^>]*(?<!/)>'
)
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>""")
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")


@dataclass(slots=True)
class OddCells:
    """Addresses, at most ``MOST_NAMED`` of a kind. ``far``: a cell with a value so far out that
    reading the rectangle up to it would take all memory (row 100,000 or column AAA and beyond);
    ``rows``: how many rows the sheet writes down."""

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    far: str = ""
    rows: int = 0


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
        _collect(found.formulas, _FORMULA, buffer, safe)
    if b't="e"' in buffer or b"t='e'" in buffer:
        _collect(found.errors, _ERROR, buffer, safe)
    if not found.far and _FAR_HINT.search(buffer):
        match = _FAR.search(buffer)
        found.far = match[1].decode() if match else ""


def _collect(names: list[str], pattern: re.Pattern[bytes], buffer: bytes, safe: int) -> None:
    for match in pattern.finditer(buffer):
        if match.start() >= safe or len(names) >= MOST_NAMED:
            return
        address = _ADDRESS.search(match[1])
        names.append(address[1].decode() if address else "")
