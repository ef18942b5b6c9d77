"""A worksheet part: its head and its tail; the megabytes of cells between stay untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerals.excel.correction.markup import (
    MAIN,
    OFFICE,
    Edit,
    Element,
    prefix,
    scan,
    set_attribute,
    start_tag,
)
from minerals.excel.correction.records import CannotAnnotate

_SHEET_DATA = re.compile(rb"<(?:[\w.-]+:)?sheetData(?=[\s/>])")
_EMPTY_DATA = re.compile(rb"<(?:[\w.-]+:)?sheetData\s*/>")
_TRUE = ("1", "true", "on")
# ECMA-376 part 1, 18.3.1.99: what stands before legacyDrawing in a worksheet.
# fmt: off
_BEFORE_LEGACY = frozenset(
    (
        "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter",
        "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
        "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
        "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
        "ignoredErrors", "smartTags", "drawing",
    )
)
# fmt: on


class SheetPart:
    """A worksheet, parsed around its cells."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        opening = _SHEET_DATA.search(data)
        if opening is None:
            raise CannotAnnotate("A worksheet has no cells to annotate.")
        self.cells_start = opening.start()
        self.head = scan(data, 3, part=slice(0, self.cells_start))
        if not self.head or self.head[0].namespace != MAIN:
            raise CannotAnnotate("A worksheet is of a kind that cannot be edited here.")
        self.prefix = prefix(data, self.head[0])
        self.cells_end = self._end_of_cells()
        root_tag = start_tag(data, self.head[0])
        tail = scan(data, 1, part=slice(self.cells_end, None), opening=root_tag)
        self.tail = [item for item in tail if item.depth == 1]
        self._root_tag = root_tag

    def _end_of_cells(self) -> int:
        empty = _EMPTY_DATA.match(self.data, self.cells_start)
        if empty is not None:
            return empty.end()
        closing = f"</{self.prefix}sheetData".encode()
        place = self.data.rfind(closing)
        if place < 0:
            raise CannotAnnotate("A worksheet has no end of cells.")
        return self.data.index(b">", place) + 1

    def legacy_drawing(self) -> str | None:
        """The relationship id of the drawing that shows the comments, if there is one."""
        for element in self.tail:
            if element.name == "legacyDrawing" and element.namespace == MAIN:
                return element.attributes.get(f"{OFFICE} id", "")
        return None

    def with_legacy_drawing(self, relationship_id: str) -> Edit:
        """Refer to a drawing, at the place the schema gives it."""
        place = self.cells_end
        for element in self.tail:
            if element.namespace == MAIN and element.name in _BEFORE_LEGACY:
                place = element.end
        bound = f'xmlns:r="{OFFICE}"'
        declaration = "" if bound.encode() in self._root_tag else f" {bound}"
        fragment = f'<{self.prefix}legacyDrawing{declaration} r:id="{relationship_id}"/>'
        return Edit(place, place, fragment.encode())

    def rows(self) -> Iterator[bytes]:
        """The start tags of the rows, in order."""
        opening = re.compile(f"<{re.escape(self.prefix)}row [^<>]*>".encode())
        for match in opening.finditer(self.data, self.cells_start, self.cells_end):
            yield match[0]


def head_of_sheet(head: bytes) -> list[Element]:
    """Elements before the cells, given the first bytes of a sheet of any kind."""
    opening = _SHEET_DATA.search(head)
    stop = opening.start() if opening is not None else len(head)
    return scan(head[:stop] + b" ", 2, part=slice(0, stop))


def selected_views(head: list[Element]) -> list[Element]:
    """The views that show the sheet as a selected tab."""
    return [
        element
        for element in head
        if element.name == "sheetView" and element.attributes.get("tabSelected") in _TRUE
    ]


def deselected(data: bytes, head: list[Element]) -> list[Edit]:
    """A tab left selected beside the first one would be edited together with it."""
    return [set_attribute(data, view, "tabSelected", "0") for view in selected_views(head)]
