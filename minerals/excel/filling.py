"""Filling an official template by what was answered elsewhere: values into its input cells.

The package is changed part by part, as in the correction workbook: formulas, validations, formats
and languages of the template stay. Excel is told to calculate when it opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from core.uploads.zips import open_zip
from minerals.excel.addresses import column_index, column_letters, position, split_cell
from minerals.excel.correction.markup import text
from minerals.excel.correction.package import BROKEN, MAX_PARTS, Package
from minerals.excel.correction.records import CannotAnnotate
from minerals.excel.correction.sheet_part import SheetPart
from minerals.excel.correction.workbook_part import WorkbookPart

Value = str | int | float | None
_NUMBER = re.compile(rb'\br="(\d+)"')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})\d+"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_CALC = re.compile(rb"<((?:[\w.-]+:)?)calcPr(?=[\s/>])[^<>]*?(/?)>")
_LOAD = re.compile(rb'\sfullCalcOnLoad="[^"]*"')


class CannotFill(Exception):
    """The template is of a kind that cannot be filled."""


def fill_template(source: Path, target: Path, values: Mapping[str, Value]) -> None:
    """Write ``source`` to ``target`` with ``values`` by cell (``Declaration!D8``).

    Text goes in as text, numbers as numbers (dates as Excel counts them). A value takes the place
    of the cell's formula; None empties a cell that holds a typed value and leaves formulas.
    Raises CannotFill, leaving no target behind.
    """
    by_sheet: dict[str, dict[tuple[int, int], Value]] = {}
    for cell, value in values.items():
        sheet, address = split_cell(cell)
        by_sheet.setdefault(sheet.casefold(), {})[position(address)] = value
    try:
        with open_zip(source, MAX_PARTS) as archive:
            package = Package(archive)
            _fill(package, by_sheet)
            package.write(target)
    except (*BROKEN, CannotAnnotate) as error:
        target.unlink(missing_ok=True)
        raise CannotFill("The template is damaged or no .xlsx workbook.") from error


def _fill(package: Package, by_sheet: dict[str, dict[tuple[int, int], Value]]) -> None:
    book = package.workbook_name()
    workbook = WorkbookPart(package.read(book))
    related = {item.id: item for item in package.relationships(book)}
    parts = {
        entry.name.casefold(): related[entry.relationship_id].target
        for entry in workbook.sheets
        if entry.relationship_id in related
    }
    for name, placed in by_sheet.items():
        if name not in parts:
            raise CannotAnnotate("The template lacks a sheet.")
        sheet = SheetPart(package.read(parts[name]))
        package.replace(parts[name], [_with_values(sheet, placed)])
    for item in related.values():
        # It lists cells with formulas, some of which hold values now; Excel makes a new one.
        if item.type.endswith("/calcChain") and item.target in package:
            package.unrelate(book, item.id)
            package.drop(item.target)
            package.undeclare(item.target)
    package.replace(book, [_calculated_on_load(package.read(book))])


def _calculated_on_load(data: bytes) -> bytes:
    found = _CALC.search(data)
    if found is None:
        return data
    tag = _LOAD.sub(b"", found[0])
    end = -2 if found[2] else -1
    tag = tag[:end] + b' fullCalcOnLoad="1"' + tag[end:]
    return data[: found.start()] + tag + data[found.end() :]


def _with_values(sheet: SheetPart, placed: Mapping[tuple[int, int], Value]) -> bytes:
    rows: dict[int, dict[int, Value]] = {}
    for (row, column), value in placed.items():
        rows.setdefault(row + 1, {})[column] = value
    prefix = sheet.prefix.encode()
    made: list[bytes | memoryview] = []
    view, place = memoryview(sheet.data), sheet.cells_start
    empty = b"/>" in sheet.data[sheet.cells_start : sheet.cells_end] and not _has_end(sheet)
    if empty:
        inside = b"".join(_row(prefix, number, rows[number]) for number in sorted(rows))
        block = b"<%ssheetData>%s</%ssheetData>" % (prefix, inside, prefix)
        return b"".join([view[:place], block, view[sheet.cells_end :]])
    made.append(view[:place])
    for number, start, end in _rows(sheet, prefix):
        earlier = sorted(one for one in rows if one < number)
        if not earlier and number not in rows:
            continue
        made.append(view[place:start])
        made += [_row(prefix, one, rows.pop(one)) for one in earlier]
        if number in rows:
            made.append(_merged(sheet.data[start:end], prefix, number, rows.pop(number)))
            place = end
        else:
            place = start
    closing = sheet.data.rfind(b"</" + prefix + b"sheetData", 0, sheet.cells_end)
    made.append(view[place:closing])
    made += [_row(prefix, one, rows[one]) for one in sorted(rows)]
    made.append(view[closing:])
    return b"".join(made)


def _has_end(sheet: SheetPart) -> bool:
    closing = f"</{sheet.prefix}sheetData".encode()
    return closing in sheet.data[sheet.cells_start : sheet.cells_end]


def _rows(sheet: SheetPart, prefix: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each row, in order."""
    opening = re.compile(b"<" + prefix + rb"row(?=[\s/>])[^<>]*?(/?)>")
    closing = b"</" + prefix + b"row>"
    number = 0
    for found in opening.finditer(sheet.data, sheet.cells_start, sheet.cells_end):
        told = _NUMBER.search(found[0])
        number = int(told[1]) if told else number + 1
        end = found.end() if found[1] else sheet.data.index(closing, found.end()) + len(closing)
        yield number, found.start(), end


def _merged(row: bytes, prefix: bytes, number: int, values: Mapping[int, Value]) -> bytes:
    """The row with the values in their columns; the formats of its cells stay."""
    opening = re.compile(b"<" + prefix + rb"row(?=[\s/>])[^<>]*?(/?)>").match(row)
    assert opening is not None
    head = opening[0] if not opening[1] else opening[0][:-2].rstrip() + b">"
    inside = b"" if opening[1] else row[opening.end() : row.rindex(b"</" + prefix + b"row>")]
    # What the other formulas of the row showed was about the row as it was before.
    cells = {column: _uncalculated(cell, prefix) for column, cell in _cells(inside, prefix)}
    for column, value in values.items():
        if value is None:
            if column in cells and b"<" + prefix + b"f" not in cells[column]:
                style = _STYLE.search(_start_tag(cells[column]))
                cells[column] = _empty(prefix, number, column, style[1] if style else b"")
            continue
        style = _STYLE.search(_start_tag(cells.get(column, b"")))
        cells[column] = _cell(prefix, number, column, value, style[1] if style else b"")
    body = b"".join(cells[column] for column in sorted(cells))
    return head + body + b"</" + prefix + b"row>"


def _cells(inside: bytes, prefix: bytes) -> Iterator[tuple[int, bytes]]:
    pattern = re.compile(
        b"<" + prefix + rb"c(?=[\s/>])[^<>]*?(?:/>|>.*?</" + prefix + rb"c>)", re.DOTALL
    )
    column = -1
    for found in pattern.finditer(inside):
        told = _REFERENCE.search(_start_tag(found[0]))
        column = column_index(told[1].decode()) if told else column + 1
        yield column, found[0]


def _uncalculated(cell: bytes, prefix: bytes) -> bytes:
    if b"<" + prefix + b"f" not in cell:
        return cell
    return re.sub(b"<" + prefix + b"v>[^<]*</" + prefix + b"v>", b"", cell)


def _start_tag(cell: bytes) -> bytes:
    return cell[: cell.find(b">") + 1]


def _row(prefix: bytes, number: int, values: Mapping[int, Value]) -> bytes:
    cells = b"".join(
        _cell(prefix, number, column, value, b"")
        for column, value in sorted(values.items())
        if value is not None
    )
    return b'<%srow r="%d">%s</%srow>' % (prefix, number, cells, prefix)


def _empty(prefix: bytes, number: int, column: int, style: bytes) -> bytes:
    name = f"{column_letters(column)}{number}".encode()
    return b'<%sc r="%s"%s/>' % (prefix, name, b' s="%s"' % style if style else b"")


def _cell(prefix: bytes, number: int, column: int, value: str | float, style: bytes) -> bytes:
    name = f"{column_letters(column)}{number}".encode()
    styled = b' s="%s"' % style if style else b""
    if isinstance(value, str):
        content = text(value).encode()
        inside = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (
            prefix, prefix, content, prefix, prefix,
        )  # fmt: skip
        return b'<%sc r="%s"%s t="inlineStr">%s</%sc>' % (prefix, name, styled, inside, prefix)
    return b'<%sc r="%s"%s><%sv>%s</%sv></%sc>' % (
        prefix, name, styled, prefix, repr(value).encode(), prefix, prefix,
    )  # fmt: skip
