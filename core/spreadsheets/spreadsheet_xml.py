"""SpreadsheetML 2003: the XML workbooks that web pages offer as “Excel”.

Cells may be skipped with ``ss:Index``, ``Data`` may be missing, and one ``Data`` may be split by
markup. Nothing but elements and their text is taken in: a document type ends the reading, so no
entity can be declared. Source: Microsoft, XML Spreadsheet Reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from core.spreadsheets.grid import UnreadableTable

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_PIECE = 256 * 1024
_DEEPEST = 64
_MOST_COLUMNS = 1_000
_START_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?")


@dataclass(slots=True)
class XmlSheet:
    """``rows``: number from 1 and cells as text, without rows that are empty."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read_sheets(path: Path, *, most_rows: int, most_characters: int) -> list[XmlSheet]:
    """All sheets. Raises UnreadableTable: xml_entities, xml_broken, not_spreadsheet_xml,
    too_many_rows, cell_far_out, table_too_large."""
    reader = _Reader(most_rows, most_characters)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableTable("xml_broken", {"row": str(error.lineno)}) from error
    except (LookupError, ValueError) as error:
        # An encoding that the parser does not know.
        raise UnreadableTable("encoding_unknown") from error
    if not reader.is_workbook:
        raise UnreadableTable("not_spreadsheet_xml")
    return reader.sheets


def _refuse(*_declaration: Any) -> int:
    raise UnreadableTable("xml_entities", {"part": "DOCTYPE"})


class _Reader:
    """What the parser tells, put into rows. ``row`` and ``column`` count from 1."""

    def __init__(self, most_rows: int, most_characters: int) -> None:
        self.sheets: list[XmlSheet] = []
        self.is_workbook = False
        self._most_rows, self._left = most_rows, most_characters
        self._path: list[str] = []
        self._row = self._column = self._span = 0
        self._cells: list[str] = []
        self._text: list[str] | None = None
        self._type = ""
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "Worksheet": self._start_sheet,
            "Table": self._start_table,
            "Row": self._start_row,
            "Cell": self._start_cell,
            "Data": self._start_data,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = _own(name)
        if not self._path:
            self.is_workbook = kind == "Workbook"
        self._path.append(kind)
        if len(self._path) > _DEEPEST:
            raise UnreadableTable("xml_broken", {"row": ""})
        if kind in self._starts and self._in_place(kind):
            self._starts[kind](attributes)

    def end(self, name: str) -> None:
        kind = _own(name)
        if kind == "Data" and self._text is not None and self._in_place(kind):
            self._put("".join(self._text))
            self._text = None
        elif kind == "Cell" and self._in_place(kind):
            self._column += self._span
        elif kind == "Row" and self._in_place(kind):
            self._end_row()
        self._path.pop()

    def characters(self, text: str) -> None:
        if self._text is not None:
            self._left -= len(text)
            if self._left < 0:
                raise UnreadableTable("table_too_large")
            self._text.append(text)

    def _in_place(self, kind: str) -> bool:
        """Comments of cells have ``Data`` too, and other applications may nest what they like."""
        place = ["Workbook", "Worksheet", "Table", "Row", "Cell", "Data"]
        return self._path == place[: place.index(kind) + 1]

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self.sheets.append(XmlSheet(_attribute(attributes, "Name")))

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._row = 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _index(attributes) or self._row + 1
        self._column, self._cells = 0, []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = _index(attributes) or self._column + 1
        self._span = _number(_attribute(attributes, "MergeAcross"))

    def _start_data(self, attributes: dict[str, str]) -> None:
        self._text, self._type = [], _attribute(attributes, "Type")

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._column > _MOST_COLUMNS:
            raise UnreadableTable("cell_far_out", {"sheet": self.sheets[-1].name, "cell": ""})
        self._cells += [""] * (self._column - len(self._cells))
        self._cells[self._column - 1] = _shown(text, self._type)

    def _end_row(self) -> None:
        rows = self.sheets[-1].rows
        if any(self._cells):
            rows.append((self._row, self._cells))
        if len(rows) > self._most_rows:
            params = {"count": str(len(rows)), "limit": str(self._most_rows)}
            raise UnreadableTable("too_many_rows", params)
        self._cells = []


def _own(name: str) -> str:
    """The local name of an element of the format; other ones are kept apart by a blank."""
    space, _, local = name.rpartition(" ")
    return local if space == SPACE else f" {local}"


def _attribute(attributes: dict[str, str], name: str) -> str:
    return attributes.get(f"{SPACE} {name}", "")


def _index(attributes: dict[str, str]) -> int:
    return _number(_attribute(attributes, "Index"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _shown(text: str, kind: str) -> str:
    if kind == "DateTime" and (day := _START_OF_DAY.fullmatch(text.strip())):
        return day[1]
    return "yes" if (kind, text) == ("Boolean", "1") else text
