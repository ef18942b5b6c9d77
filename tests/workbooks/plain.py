"""Workbooks written part by part: small, quick, and as wrong as a test wants them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"

Cells = Mapping[str, str | float]
Parts = dict[str, str | bytes]

# Enough of a CMRT 6.5 to be recognised as one; the company is invented.
GOOD_CMRT: dict[str, Cells] = {
    "Revision": {},
    "Declaration": {
        "D2": "Demonstration form (CMRT)",
        "D3": "English",
        "J3": "Revision 6.5\nApril 25, 2025",
        "P9": "A. Company",
        "Q9": "B. Product (or List of Products)",
        "R9": "C. User defined [Specify in 'Description of scope']",
        "D8": "Bright Tin Co. (demo)",
        "D9": "A. Company",
    },
    "Smelter List": {
        "Q3": "Revision 6.5\nApril 25, 2025",
        "W3": "Tantalum",
        "X3": "Tin",
        "Y3": "Tungsten",
        "Z3": "Gold",
    },
    "Checker": {"F3": "necessary?"},
    "Product List": {},
    "Smelter Look-up": {},
    "L": {},
}


def parts_of(sheets: Mapping[str, Cells]) -> Parts:
    """All parts of a plain .xlsx with inline strings; change them before ``write_parts``."""
    names = list(sheets)
    parts: Parts = {
        "[Content_Types].xml": content_types(len(names)),
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": workbook_xml(names),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)
        ),
    }
    for number, cells in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(cells)
    return parts


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def write_workbook(path: Path, sheets: Mapping[str, Cells]) -> Path:
    return write_parts(path, parts_of(sheets))


def content_types(count: int, extra: str = "") -> str:
    sheets = "".join(
        override(f"/xl/worksheets/sheet{number}.xml", SHEET_TYPE.format("worksheet"))
        for number in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{override('/xl/workbook.xml', SHEET_TYPE.format('sheet.main'))}{sheets}{extra}</Types>"
    )


def override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


def relations(targets: Iterable[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def workbook_xml(names: Iterable[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def sheet_xml(cells: Cells) -> str:
    rows: dict[int, list[tuple[int, str]]] = {}
    for address, value in cells.items():
        match = re.fullmatch(r"([A-Z]+)(\d+)", address)
        assert match, address
        column = sum(
            (ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(match[1]))
        )
        rows.setdefault(int(match[2]), []).append((column, cell_xml(address, value)))
    body = "".join(
        f'<row r="{row}">{"".join(xml for _, xml in sorted(found))}</row>'
        for row, found in sorted(rows.items())
    )
    return sheet_around(body)


def sheet_around(rows: str, before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def cell_xml(address: str, value: str | float) -> str:
    if isinstance(value, str):
        text = f'<t xml:space="preserve">{escape(value)}</t>'
        return f'<c r="{address}" t="inlineStr"><is>{text}</is></c>'
    return f'<c r="{address}"><v>{value}</v></c>'
