"""xl/workbook.xml: the order of the sheets, and everything that counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minerals.excel.correction.markup import (
    MAIN,
    OFFICE,
    Edit,
    Element,
    append_child,
    content,
    edited,
    prefix,
    scan,
    set_attribute,
    start_tag,
    text,
)
from minerals.excel.correction.records import CannotAnnotate, quoted

# A hidden name marks our own sheet, so that a second round replaces it whatever it is called.
MARK = "_correction_list"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    name: str
    relationship_id: str
    element: Element


class WorkbookPart:
    """The workbook part, read once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._elements = scan(data, 2)
        if not self._elements or self._elements[0].namespace != MAIN:
            raise CannotAnnotate("This workbook is of a kind that cannot be edited here.")
        self.sheets = [_entry(item) for item in self._children("sheets", "sheet")]
        if not self.sheets:
            raise CannotAnnotate("The workbook names no sheets.")

    def _container(self, name: str) -> Element | None:
        matches = (item for item in self._elements if item.depth == 1 and item.name == name)
        return next(matches, None)

    def _children(self, container: str, name: str) -> list[Element]:
        parent = self._container(container)
        return [item for item in self._elements if item.parent is parent and item.name == name]

    def earlier_list(self) -> int | None:
        """The index of a sheet this product wrote in an earlier round."""
        for element in self._children("definedNames", "definedName"):
            if element.attributes.get("name") == MARK:
                sheet = content(self.data, element).rpartition("!")[0]
                for index, entry in enumerate(self.sheets):
                    if sheet in (entry.name, quoted(entry.name)):
                        return index
        return None

    def unused_sheet_name(self, wanted: str) -> str:
        """``wanted`` as a legal sheet name that no sheet has: at most 31 characters."""
        base = legal_sheet_name(wanted)
        taken = {entry.name.casefold() for entry in self.sheets} | {"history"}
        name, number = base, 2
        while name.casefold() in taken:
            suffix = f" ({number})"
            name, number = base[: 31 - len(suffix)] + suffix, number + 1
        return name

    def with_first_sheet(self, name: str, relationship_id: str) -> bytes:
        """The part with a new sheet in front; names that belong to a sheet move along."""
        first = self.sheets[0].element
        used = [_number(entry.element, "sheetId") for entry in self.sheets]
        r, declaration = self._relationship_prefix()
        sheet = (
            f'<{prefix(self.data, first)}sheet{declaration} name="{text(name)}" '
            f'sheetId="{max(used) + 1}" {r}:id="{relationship_id}"/>'
        )
        edits = [
            Edit(first.start, first.start, sheet.encode()),
            *self._shifted_names(),
            self._mark(name),
            *self._shown(0),
        ]
        return edited(self.data, edits)

    def with_list_shown(self, index: int) -> bytes:
        """The part opening on the sheet ``index``."""
        edits = self._shown(index)
        element = self.sheets[index].element
        if "state" in element.attributes:
            edits.append(set_attribute(self.data, element, "state", "visible"))
        return edited(self.data, edits)

    def _relationship_prefix(self) -> tuple[str, str]:
        bound = f'xmlns:r="{OFFICE}"'
        declared = bound.encode() in start_tag(self.data, self._elements[0])
        return "r", "" if declared else f" {bound}"

    def _shifted_names(self) -> list[Edit]:
        return [
            set_attribute(self.data, item, "localSheetId", str(_number(item, "localSheetId") + 1))
            for item in self._children("definedNames", "definedName")
            if "localSheetId" in item.attributes and item.attributes.get("name") != MARK
        ]

    def _mark(self, sheet_name: str) -> Edit:
        p = prefix(self.data, self._elements[0])
        reference = text(f"{quoted(sheet_name)}!$A$1")
        fragment = f'<{p}definedName name="{MARK}" hidden="1">{reference}</{p}definedName>'
        for element in self._children("definedNames", "definedName"):
            if element.attributes.get("name") == MARK:  # the sheet it marked is gone
                return Edit(element.start, element.end, fragment.encode())
        container = self._container("definedNames")
        if container is not None:
            return append_child(self.data, container, fragment)
        place = max(
            item.end for item in self._elements if item.depth == 1 and item.name in _BEFORE_NAMES
        )
        return Edit(place, place, f"<{p}definedNames>{fragment}</{p}definedNames>".encode())

    def _shown(self, index: int) -> list[Edit]:
        return [
            set_attribute(self.data, view, name, value)
            for view in self._children("bookViews", "workbookView")
            for name, value in (("activeTab", str(index)), ("firstSheet", "0"))
        ]


def legal_sheet_name(wanted: str) -> str:
    """``wanted`` within what a spreadsheet accepts as a sheet's name."""
    return _FORBIDDEN.sub(" ", wanted)[:31].strip().strip("'").strip() or "Corrections"


def _entry(element: Element) -> SheetEntry:
    attributes = element.attributes
    return SheetEntry(attributes.get("name", ""), attributes.get(f"{OFFICE} id", ""), element)


def _number(element: Element, attribute: str) -> int:
    try:
        return int(element.attributes.get(attribute, "0"))
    except ValueError as error:
        raise CannotAnnotate("The workbook counts its sheets in an impossible way.") from error
