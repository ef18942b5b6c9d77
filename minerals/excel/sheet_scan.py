"""Looks over the XML of a sheet in pieces, without building anything from it.

Bounded in memory by the piece, in time by a deadline, and it stops at the first thing no honest
workbook has. Used where the real reader would need too much memory or has already failed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minerals.excel.addresses import column_letters

# A filled template reaches row 2,504 and column AE.
MAX_ROW = 100_000
MAX_COLUMN = 1_024
# The reading library fills the whole rectangle up to the last cell: 24 bytes each.
MAX_AREA = 10_000_000
# Excel itself stops at 32,767 characters.
MAX_CELL_BYTES = 1_000_000
_TOKEN = re.compile(
    rb"<(?:\w+:)?(?:row\b(?P<row>[^>]*)|c\b(?P<cell>[^>]*)>(?=<(?:\w+:)?(?:v|is|f)\b)|si\b)"
)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*ref\s*=\s*["']([^"']*)["']""")
# A tag may be cut at the end of a piece.
_CARRY = 1024


class ScanTimeout(Exception):
    """The deadline passed before the sheet was through."""


@dataclass(frozen=True, slots=True)
class Oversize:
    """``kind`` is ``sheet`` (a cell far out) or ``cell`` (a very long text).

    ``cell`` is the address where it was seen; for shared strings ``index`` counts the text.
    """

    kind: str
    cell: str = ""
    index: int = -1


def column_number(letters: str) -> int:
    """``A`` is 1, ``XFD`` is 16384, no letters 0; any letters, for files that lie."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def claims_too_much(head: bytes) -> bool:
    """Whether a sheet that begins with ``head`` says it is larger than any form.

    Only a reason to look closer: formatted empty cells count there, and the claim may be missing.
    """
    found = _DIMENSION.search(head)
    corner = found[1].decode("ascii", "replace").rpartition(":")[2] if found else ""
    match = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", corner)
    return match is not None and _far(column_number(match[1]), int(match[2]))


def find_oversize(pieces: Iterable[bytes], deadline: float) -> Oversize | None:
    """The first far-out cell or overlong text; ScanTimeout after ``deadline`` (monotonic)."""
    return _Scan(deadline).run(pieces)


def find_text_user(pieces: Iterable[bytes], index: int, deadline: float) -> str:
    """The address of the first cell that shows shared string ``index``; ``""`` if none does."""
    user = re.compile(
        rb"<(?:\w+:)?c\b([^>]*\bt\s*=\s*[\"']s[\"'][^>]*)>(?:<[^<]*</[^>]*>)?<(?:\w+:)?v>%d</"
        % index
    )
    for _, buffer, _ in _overlapping(pieces, deadline):
        found = user.search(buffer)
        if found:
            reference = _REFERENCE.search(found[1])
            return (reference[1] + reference[2]).decode() if reference else ""
    return ""


def _far(column: int, row: int) -> bool:
    return row > MAX_ROW or column > MAX_COLUMN or row * column > MAX_AREA


def _overlapping(pieces: Iterable[bytes], deadline: float) -> Iterator[tuple[bytes, bytes, int]]:
    """Each piece, the buffer to search (led by what was left), and up to where it is safe."""
    rest = b""
    for piece in pieces:
        if time.monotonic() > deadline:
            raise ScanTimeout
        buffer = rest + piece
        safe = max(0, len(buffer) - _CARRY)
        yield piece, buffer, safe
        rest = buffer[safe:]
    yield b"", rest, len(rest)


class _Scan:
    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._row = 0
        self._column = 0
        self._last_row = 0
        self._last_column = 0
        self._index = -1
        self._run = 0

    def run(self, pieces: Iterable[bytes]) -> Oversize | None:
        for piece, buffer, safe in _overlapping(pieces, self._deadline):
            found = self._tokens(buffer, safe) or self._text(piece)
            if found:
                return found
        return None

    def _tokens(self, buffer: bytes, safe: int) -> Oversize | None:
        for match in _TOKEN.finditer(buffer):
            # What begins in the carried tail is seen again, whole, with the next piece.
            if match.start() >= safe:
                break
            if match["row"] is not None:
                self._enter_row(match["row"])
            elif match["cell"] is None:
                self._index += 1
            elif self._enter_cell(match["cell"]):
                return Oversize("sheet", self._address())
        return None

    def _enter_row(self, attributes: bytes) -> None:
        reference = _REFERENCE.search(attributes)
        self._row = int(reference[2]) if reference else self._row + 1
        self._column = 0

    def _enter_cell(self, attributes: bytes) -> bool:
        reference = _REFERENCE.search(attributes)
        if reference:
            self._column = column_number(reference[1].decode())
            self._row = int(reference[2])
        else:
            self._column += 1
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        return _far(self._last_column, self._last_row)

    def _text(self, piece: bytes) -> Oversize | None:
        """Counts pieces without any tag: text that goes on and on."""
        start, end = piece.find(b"<"), piece.rfind(b"<")
        self._run += len(piece) if start < 0 else start
        if self._run > MAX_CELL_BYTES:
            return Oversize("cell", self._address(), self._index)
        if start >= 0:
            self._run = len(piece) - end
        return None

    def _address(self) -> str:
        return f"{column_letters(self._column - 1)}{self._row}" if self._row else ""
