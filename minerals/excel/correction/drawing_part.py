"""xl/drawings/vmlDrawingN.vml: the boxes that comments are shown in.

Comments of the old kind still need VML. Files of the wild hold VML that is no XML (open ``br``
tags), so the part is edited by patterns, not by a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minerals.excel.correction.markup import require_utf8
from minerals.excel.correction.records import (
    MAX_COLUMN,
    MAX_ROW,
    CannotAnnotate,
    Position,
    text_width,
)
from minerals.excel.correction.sheet_part import SheetPart
from minerals.rules.judgement import Severity

_V = "urn:schemas-microsoft-com:vml"
_O = "urn:schemas-microsoft-com:office:office"
_X = "urn:schemas-microsoft-com:office:excel"
_EMPTY = (
    f'<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_ROOT = re.compile(rb"""<xml\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
_SHAPE_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?shape(?=[\s/>])[^<>]*?(/?)>")
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*(\d+)\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d+)\s*<")
_SHAPE_ID = re.compile(rb"""\bid=["']_x0000_s(\d{1,9})["']""")
_FILL: dict[Severity, str] = {"error": "#fdecea", "warning": "#fff6dd", "info": "#eaf2fb"}
_WIDTH, _LINE, _MAX_HEIGHT = 320, 16, 560
_CHARACTERS = 50


@dataclass(frozen=True, slots=True)
class Box:
    """One comment box: where, its full text (for its size) and its colour."""

    place: Position
    text: str
    severity: Severity


class Grid:
    """Widths of columns and heights of rows in pixels: boxes are anchored to cells."""

    def __init__(self, sheet: SheetPart, last_row: int) -> None:
        self._width, self._height = 64, 20
        self._widths: dict[int, int] = {}
        self._heights: dict[int, int] = {}
        for element in sheet.head:
            if element.name == "sheetFormatPr":
                self._height = round(_decimal(element.attributes, "defaultRowHeight", 15) * 4 / 3)
                width = _decimal(element.attributes, "defaultColWidth", 8.43)
                self._width = round(width * 7 + 5)
            elif element.name == "col":
                self._read_columns(element.attributes)
        for tag in sheet.rows():
            if self._read_row(tag) > last_row:
                break

    def _read_columns(self, attributes: Mapping[str, str]) -> None:
        width = round(_decimal(attributes, "width", 8.43) * 7 + 5)
        if attributes.get("hidden") in ("1", "true"):
            width = 0
        first = int(_decimal(attributes, "min", 1))
        last = min(int(_decimal(attributes, "max", 1)), MAX_COLUMN)
        self._widths |= dict.fromkeys(range(first - 1, last), width)

    def _read_row(self, tag: bytes) -> int:
        attributes = dict(re.findall(rb'(\w+)="([^"]*)"', tag))
        number = attributes.get(b"r", b"0")
        row = int(number) - 1 if number.isdigit() else 0
        if attributes.get(b"hidden") in (b"1", b"true"):
            self._heights[row] = 0
        elif b"ht" in attributes:
            height = _decimal({"ht": attributes[b"ht"].decode("ascii", "replace")}, "ht", 15)
            self._heights[row] = round(height * 4 / 3)
        return row

    def anchor(self, box: Box) -> str:
        """The eight numbers of a VML anchor: from the cell's right neighbour on."""
        lines = sum(-(-text_width(line) // _CHARACTERS) or 1 for line in box.text.split("\n"))
        height = min(lines * _LINE + 14, _MAX_HEIGHT)
        left = min(box.place.column + 1, MAX_COLUMN - 4)
        top = min(box.place.row, MAX_ROW - 40)
        right, x = _walk(left, 12 + _WIDTH, self._widths, self._width, MAX_COLUMN)
        bottom, y = _walk(top, 4 + height, self._heights, self._height, MAX_ROW)
        return f"{left}, 12, {top}, 4, {right}, {x}, {bottom}, {y}"


def _decimal(attributes: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(attributes.get(name, default))
    except ValueError:
        return default
    return value if 0 <= value <= MAX_COLUMN else default


def _walk(start: int, pixels: int, sizes: dict[int, int], usual: int, end: int) -> tuple[int, int]:
    place = start
    while place < end - 1 and pixels >= (size := sizes.get(place, usual)):
        pixels, place = pixels - size, place + 1
    return place, pixels


def drawn(
    data: bytes | None, obsolete: Iterable[Position], boxes: Iterable[Box], grid: Grid
) -> bytes:
    """The drawing (a new one for None) without the boxes of ``obsolete``, with ``boxes``."""
    data = data if data is not None else _EMPTY
    require_utf8(data)
    data = _without(data, frozenset(obsolete))
    root, end = _ROOT.search(data, 0, 4096), data.rfind(b"</xml")
    if root is None or end < 0:
        raise CannotAnnotate("The comment boxes of a worksheet cannot be extended.")
    names = _Names(root[0])
    number = max((int(item) for item in _SHAPE_ID.findall(data)), default=1024)
    shapes = [names.shape_type()] if b"_x0000_t202" not in data else []
    for offset, box in enumerate(boxes, start=1):
        shapes.append(names.shape(box, number + offset, grid.anchor(box)))
    return data[:end] + "".join(shapes).encode() + data[end:]


def _without(data: bytes, obsolete: frozenset[Position]) -> bytes:
    kept, copied, opened = [], 0, -1
    for tag in _SHAPE_TAG.finditer(data):
        closing, empty = tag[1], tag[2]
        if not closing:
            opened = -1 if empty else tag.start()
        elif opened >= 0:
            if _noted_cell(data[opened : tag.end()]) in obsolete:
                kept.append(data[copied:opened])
                copied = tag.end()
            opened = -1
    return b"".join([*kept, data[copied:]])


def _noted_cell(shape: bytes) -> Position | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or b"Note" not in shape:
        return None
    return Position(int(row[1]), int(column[1]))


class _Names:
    """The prefixes a drawing gives the three namespaces; declared on the spot where it has none."""

    def __init__(self, root_tag: bytes) -> None:
        self._declared = ""
        self.v, self.o, self.x = (
            self._bound(root_tag, uri, usual) for uri, usual in ((_V, "v"), (_O, "o"), (_X, "x"))
        )

    def _bound(self, root_tag: bytes, uri: str, usual: str) -> str:
        pattern = rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(uri.encode()) + rb"[\"']"
        match = re.search(pattern, root_tag)
        if match is not None:
            return match[1].decode()
        self._declared += f' xmlns:{usual}="{uri}"'
        return usual

    def shape_type(self) -> str:
        v, o = self.v, self.o
        return (
            f'<{v}:shapetype{self._declared} id="_x0000_t202" coordsize="21600,21600" '
            f'{o}:spt="202" path="m,l,21600r21600,l21600,xe"><{v}:stroke joinstyle="miter"/>'
            f'<{v}:path gradientshapeok="t" {o}:connecttype="rect"/></{v}:shapetype>'
        )

    def shape(self, box: Box, number: int, anchor: str) -> str:
        v, o, x, fill = self.v, self.o, self.x, _FILL[box.severity]
        return (
            f'<{v}:shape{self._declared} id="_x0000_s{number}" type="#_x0000_t202" '
            f'style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:90pt;'
            f'z-index:{number - 1024};visibility:hidden" fillcolor="{fill}" {o}:insetmode="auto">'
            f'<{v}:fill color2="{fill}"/><{v}:shadow on="t" color="black" obscured="t"/>'
            f'<{v}:path {o}:connecttype="none"/><{v}:textbox style="mso-direction-alt:auto">'
            f'<div style="text-align:left"></div></{v}:textbox><{x}:ClientData ObjectType="Note">'
            f"<{x}:MoveWithCells/><{x}:SizeWithCells/><{x}:Anchor>{anchor}</{x}:Anchor>"
            f"<{x}:AutoFill>False</{x}:AutoFill><{x}:Row>{box.place.row}</{x}:Row>"
            f"<{x}:Column>{box.place.column}</{x}:Column></{x}:ClientData></{v}:shape>"
        )
