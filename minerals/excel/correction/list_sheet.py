"""The first sheet of the correction workbook as a worksheet part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import ceil

from minerals.excel.correction.markup import MAIN, text
from minerals.excel.correction.records import CorrectionRow, CorrectionSheet, text_width

WIDTHS = (13, 24, 62, 62)
_MAX_TEXT = 32_000  # a cell holds 32,767 characters
_LINE_HEIGHT, _TALLEST = 14.0, 400.0
_FILLED = 0.92  # of a column's width that lines fill, words being kept whole
_FREEZABLE_POINTS = 260.0  # a taller frozen head would leave no room to scroll on a small screen
LinkTarget = Callable[[str], str | None]


def head_lines(sheet: CorrectionSheet) -> list[tuple[str, str, float]]:
    """The lines above the table: format name, text, height in points."""
    lines = [("title", sheet.title, 28.0)]
    lines += [("intro", line, _height(line)) for line in sheet.intro]
    if sheet.note:
        lines.append(("note", sheet.note, _height(sheet.note) + 8))
    return lines


def _height(value: str, width: int = sum(WIDTHS)) -> float:
    capacity = width * _FILLED
    lines = sum(max(1, ceil(text_width(line) / capacity)) for line in value.split("\n"))
    return min(lines * _LINE_HEIGHT + 2, _TALLEST)


def row_height(row: CorrectionRow) -> float:
    """Points a line of the table needs: not every program fits rows to their text by itself."""
    texts = (row.severity_word, row.cell, row.what, row.remedy)
    return max(_height(value, width) for value, width in zip(texts, WIDTHS, strict=True))


def worksheet(sheet: CorrectionSheet, formats: Mapping[str, int], link: LinkTarget) -> bytes:
    """The part. ``link`` turns a cell as written into a place in the workbook, or None."""
    head = head_lines(sheet)
    header = len(head) + 2  # an empty row sets the table apart
    first = header + 1
    rows = [
        *(_head_row(number, *line, formats) for number, line in enumerate(head, start=1)),
        _row(
            header,
            zip("ABCD", sheet.headings, ("header",) * 4, strict=True),
            formats,
            ' ht="20" customHeight="1"',
        ),
        *(_finding_row(first + index, row, formats) for index, row in enumerate(sheet.rows)),
    ]
    frozen = sum(height for _name, _line, height in head) <= _FREEZABLE_POINTS
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FF9B1C12"/>'
            '<pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:D{header + len(sheet.rows)}"/>',
            _view(header if frozen else 0),
            '<sheetFormatPr defaultRowHeight="15"/>',
            _columns(),
            f"<sheetData>{''.join(rows)}</sheetData>",
            _merges(len(head)),
            _links(sheet, first, link),
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>',
        )
    ).encode()


def _view(frozen_rows: int) -> str:
    pane = ""
    if frozen_rows:
        corner = f"A{frozen_rows + 1}"
        pane = (
            f'<pane ySplit="{frozen_rows}" topLeftCell="{corner}" activePane="bottomLeft" '
            f'state="frozen"/><selection pane="bottomLeft" activeCell="{corner}" sqref="{corner}"/>'
        )
    return (
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f"{pane}</sheetView></sheetViews>"
    )


def _columns() -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, start=1)
    )
    return f"<cols>{columns}</cols>"


def _head_row(number: int, name: str, line: str, height: float, formats: Mapping[str, int]) -> str:
    cells = [("A", line, name), *((column, "", name) for column in "BCD")]
    return _row(number, iter(cells), formats, f' ht="{height}" customHeight="1"')


def _finding_row(number: int, row: CorrectionRow, formats: Mapping[str, int]) -> str:
    texts = (row.severity_word, row.cell, row.what, row.remedy)
    names = (row.severity, "link", "text", "text")
    cells = zip("ABCD", texts, names, strict=True)
    return _row(number, cells, formats, f' ht="{row_height(row)}"')


def _row(
    number: int, cells: Iterator[tuple[str, str, str]], formats: Mapping[str, int], height: str
) -> str:
    written = "".join(
        _cell(f"{column}{number}", value, formats.get(name)) for column, value, name in cells
    )
    return f'<row r="{number}"{height}>{written}</row>'


def _cell(address: str, value: str, style: int | None) -> str:
    styled = "" if style is None else f' s="{style}"'
    if not value:
        return f'<c r="{address}"{styled}/>'
    # An inline string is text whatever it begins with: = + - @ never make a formula of it.
    return (
        f'<c r="{address}"{styled} t="inlineStr"><is><t xml:space="preserve">'
        f"{text(value[:_MAX_TEXT])}</t></is></c>"
    )


def _merges(lines: int) -> str:
    merged = "".join(f'<mergeCell ref="A{number}:D{number}"/>' for number in range(1, lines + 1))
    return f'<mergeCells count="{lines}">{merged}</mergeCells>'


def _links(sheet: CorrectionSheet, first: int, link: LinkTarget) -> str:
    targets = ((first + index, row.cell, link(row.cell)) for index, row in enumerate(sheet.rows))
    links = "".join(
        f'<hyperlink ref="B{number}" location="{text(target)}" display="{text(cell)}"/>'
        for number, cell, target in targets
        if target is not None
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""
