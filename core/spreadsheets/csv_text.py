"""CSV as it comes from spreadsheet programs and ERP systems in China and Europe."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from core.spreadsheets.safe import looks_like_formula

SEPARATORS = ",;\t"
LONGEST_FIELD = 1_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PAIR = re.compile(rb"[\x81-\xfe]([\x30-\x39\x40-\x7e\x80-\xfe])")


class UnknownEncoding(Exception):
    """Neither UTF-8 nor UTF-16 with its mark nor GB18030."""


class BrokenCsv(Exception):
    """A quote that never closes, or a field without end; ``row`` is where it began."""

    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(row)


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding for people. Raises UnknownEncoding."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if marked:
        return _strict(content, marked), marked.removesuffix("-sig").upper()
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        if _looks_western(content):
            raise UnknownEncoding from None
        return _strict(content, "gb18030"), "GB18030"


def separator_of(text: str) -> str:
    """The sign that divides the first line with content most often; a comma when none does."""
    line = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", line)
    return max(SEPARATORS, key=bare.count)


def csv_rows(text: str, separator: str) -> Iterator[list[str]]:
    """Rows as spreadsheet programs count them, empty ones too. Raises BrokenCsv.

    The apostrophe that our own exports put in front of would-be formulas is taken off.
    """
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BrokenCsv(number) from error
        if row is None:
            return
        yield [_plain(cell) if cell[:1] == "'" else cell for cell in row]


def _plain(cell: str) -> str:
    return cell[1:] if looks_like_formula(cell[1:]) else cell


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error


def _looks_western(content: bytes) -> bool:
    """Latin letters with accents would pass as rare Chinese characters: “ü” and the letter after
    it make a pair. Chinese text has most of its second bytes above 0x80."""
    pairs = _PAIR.findall(content[:200_000])
    plain = sum(second < b"\x80" for second in pairs)
    return not pairs or plain * 2 > len(pairs)
