"""The correction workbook: the supplier's own file with remarks at the cells and a list in front.

The package is changed part by part (see ``markup``). A spreadsheet library would load and save
the whole: it drops cached values, extended data validations and conditional formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.uploads.zips import open_zip
from minerals.excel.correction.comments_part import (
    Annotated,
    CommentsPart,
    comment_text,
    new_comments,
)
from minerals.excel.correction.drawing_part import Box, Grid, drawn
from minerals.excel.correction.list_sheet import worksheet
from minerals.excel.correction.markup import pieces, text
from minerals.excel.correction.package import BROKEN, MAX_PARTS, Package, Relationship
from minerals.excel.correction.records import (
    CannotAnnotate,
    CorrectionSheet,
    Position,
    Remark,
    by_cell,
    quoted,
    split_reference,
)
from minerals.excel.correction.sheet_part import (
    SheetPart,
    deselected,
    head_of_sheet,
    selected_views,
)
from minerals.excel.correction.styles_part import with_formats
from minerals.excel.correction.workbook_part import WorkbookPart
from minerals.excel.macros import strip_macros

_HEAD = 256 * 1024
_ROWS_OF_A_BOX = 60
_MACRO = re.compile(r"vba|macro", re.IGNORECASE)
_SPREADSHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def write_correction_workbook(
    source: Path, target: Path, sheet: CorrectionSheet, remarks: Sequence[Remark]
) -> None:
    """Write ``source`` to ``target`` with ``sheet`` in front and ``remarks`` as comments.

    Remarks of one cell become one comment; remarks at unknown sheets are left to the list. What an
    earlier round wrote (list and comments) is replaced. Raises CannotAnnotate for files that are no
    editable .xlsx, leaving no target behind.
    """
    try:
        with _without_macros(source) as plain, open_zip(plain, MAX_PARTS) as archive:
            package = Package(archive)
            _Surgery(package, sheet).perform(remarks)
            package.write(target)
    except BROKEN as error:
        target.unlink(missing_ok=True)
        raise CannotAnnotate("The file is damaged or no .xlsx workbook.") from error
    except CannotAnnotate:
        target.unlink(missing_ok=True)
        raise


@contextmanager
def _without_macros(source: Path) -> Iterator[Path]:
    """The file itself, or a copy without macros: we never hand out a macro, not even his own."""
    with open_zip(source, MAX_PARTS) as archive:
        package = Package(archive)
        macros = package.mentions(_MACRO)
    if not macros:
        yield source
        return
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.xlsx"
        strip_macros(source, plain)
        yield plain


class _Surgery:
    """One run over one package."""

    def __init__(self, package: Package, sheet: CorrectionSheet) -> None:
        self.package, self.sheet = package, sheet
        self.workbook_name = package.workbook_name()
        self.workbook = WorkbookPart(package.read(self.workbook_name))
        related = {item.id: item for item in package.relationships(self.workbook_name)}
        if any(item.type.endswith("/revisionHeaders") for item in related.values()):
            raise CannotAnnotate("The workbook is shared and records its changes.")
        self.parts = {
            entry.name.casefold(): related[entry.relationship_id].target
            for entry in self.workbook.sheets
            if entry.relationship_id in related and related[entry.relationship_id].target in package
        }
        self.names = {entry.name.casefold(): entry.name for entry in self.workbook.sheets}

    def perform(self, remarks: Sequence[Remark]) -> None:
        placed = by_cell(remarks)
        earlier = self.workbook.earlier_list()
        own = self.workbook.sheets[earlier].name.casefold() if earlier is not None else ""
        for key, part in self.parts.items():
            if key != own:
                self._treat_sheet(part, placed.get(key, {}))
        formats = self._formats()
        content = worksheet(self.sheet, formats, self._link_target)
        if earlier is not None and own in self.parts:
            self._replace_list(earlier, self.parts[own], content)
        else:
            self._insert_list(content)

    def _treat_sheet(self, part: str, remarks: Mapping[Position, list[Remark]]) -> None:
        related = self.package.relationships(part)
        if remarks or self._signed_before(related):
            self._annotate(part, related, remarks)
            return
        head = head_of_sheet(self.package.head(part, _HEAD))
        if selected_views(head):
            data = self.package.read(part)
            self.package.replace(part, pieces(data, deselected(data, head)))

    def _signed_before(self, related: list[Relationship]) -> bool:
        """Whether a sheet still carries our comments of an earlier round."""
        part = _target(related, "/comments")
        return part in self.package and text(self.sheet.author).encode() in self.package.read(part)

    def _annotate(
        self, part: str, related: list[Relationship], remarks: Mapping[Position, list[Remark]]
    ) -> None:
        sheet = SheetPart(self.package.read(part))
        edits = deselected(sheet.data, sheet.head)
        texts = {place: comment_text(items, self.sheet.author) for place, items in remarks.items()}
        annotated = self._comments(part, related, texts)
        if annotated.threaded:
            self._flatten_threads(part, related)
        boxes = [Box(place, annotated.texts[place], remarks[place][0].severity) for place in texts]
        grid = Grid(sheet, max((place.row for place in texts), default=0) + _ROWS_OF_A_BOX)
        drawing = sheet.legacy_drawing()
        if drawing is None:
            name = self.package.unused_name("xl/drawings/vmlDrawing{}.vml")
            drawing = self.package.relate(part, "vmlDrawing", name)
            self.package.declare(name, _VML)
            edits.append(sheet.with_legacy_drawing(drawing))
            content = drawn(None, (), boxes, grid)
        else:
            name = next((item.target for item in related if item.id == drawing), "")
            content = drawn(self.package.read(name), annotated.obsolete, boxes, grid)
        self.package.replace(name, [content])
        if edits:
            self.package.replace(part, pieces(sheet.data, edits))

    def _comments(
        self, part: str, related: list[Relationship], texts: Mapping[Position, str]
    ) -> Annotated:
        name = _target(related, "/comments")
        if name:
            annotated = CommentsPart(self.package.read(name), self.sheet.author).annotated(texts)
        else:
            annotated = new_comments(texts, self.sheet.author)
            name = self.package.unused_name("xl/comments{}.xml")
            self.package.relate(part, "comments", name)
            self.package.declare(name, f"{_SPREADSHEETML}.comments+xml")
        self.package.replace(name, [annotated.data])
        return annotated

    def _flatten_threads(self, part: str, related: list[Relationship]) -> None:
        """Conversations hide the plain comments our text is in; without them those are shown."""
        for item in related:
            if item.type.endswith("/threadedComment"):
                self.package.unrelate(part, item.id)
                self.package.drop(item.target)
                self.package.undeclare(item.target)

    def _formats(self) -> Mapping[str, int]:
        name = _target(self.package.relationships(self.workbook_name), "/styles")
        if not name:
            return {}
        data, formats = with_formats(self.package.read(name))
        self.package.replace(name, [data])
        return formats

    def _link_target(self, cell: str) -> str | None:
        reference = split_reference(cell)
        if reference is None or reference[0].casefold() not in self.names:
            return None
        return f"{quoted(self.names[reference[0].casefold()])}!{reference[1].address}"

    def _replace_list(self, index: int, part: str, content: bytes) -> None:
        self.package.replace(part, [content])
        self.package.forget_relationships(part)
        self.package.replace(self.workbook_name, [self.workbook.with_list_shown(index)])

    def _insert_list(self, content: bytes) -> None:
        part = self.package.unused_name("xl/worksheets/sheet{}.xml")
        relationship = self.package.relate(self.workbook_name, "worksheet", part)
        self.package.declare(part, f"{_SPREADSHEETML}.worksheet+xml")
        self.package.replace(part, [content])
        name = self.workbook.unused_sheet_name(self.sheet.name)
        data = self.workbook.with_first_sheet(name, relationship)
        self.package.replace(self.workbook_name, [data])


def _target(related: list[Relationship], kind: str) -> str:
    return next((item.target for item in related if item.type.endswith(kind)), "")
