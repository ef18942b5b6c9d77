"""A buyer's spreadsheet with the mistakes people make, and the same one mended.

Each fault is one cell of one row: what is written there, what the page should say about it
(``code``), and what it is mended to. Rows are filled into the template that the page offers.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl

MERGED_ROW = 40
GOOD_USCC = "91350100M000100Y43"


@dataclass(frozen=True, slots=True)
class Fault:
    """``wrong``: the cells that make it; the first one is where the page must point. ``right``:
    what they become."""

    code: str
    wrong: dict[str, Any]
    right: dict[str, Any]
    words: str
    at: str = ""

    @property
    def column(self) -> str:
        return self.at or next(iter(self.wrong))


LONG = "Very long street name " * 460

FAULTS = (
    Fault("country_unknown", {"country": "Atlantis"}, {"country": "CN"}, "is no country code"),
    Fault("kind_unknown", {"kind": "wholesale"}, {"kind": "service"}, "is no kind of supplier"),
    Fault(
        "category_unknown", {"categories": "EL; ZZ-9"}, {"categories": "EL"}, "no category “ZZ-9”"
    ),
    Fault("date_invalid", {"phase_out_on": "2027-02-30"}, {"phase_out_on": ""}, "is no date"),
    Fault("supplier_name_missing", {"name": ""}, {"name": "Named Co."}, "Give the supplier a name"),
    Fault("supplier_code_missing", {"code": ""}, {"code": "J-CODE"}, "Give the supplier a code"),
    Fault(
        "registration_invalid",
        {"uscc": "91350100M000100Y44"},
        {"uscc": GOOD_USCC},
        "cannot be a unified social credit code",
    ),
    Fault("registration_invalid", {"duns": "12345"}, {"duns": "123456789"}, "cannot be a D-U-N-S"),
    Fault("registration_invalid", {"vat": "D!"}, {"vat": "DE123456789"}, "cannot be a VAT"),
    Fault("formula_cell", {"city": '="Shen"&"zhen"'}, {"city": "Shenzhen"}, "holds a formula"),
    Fault("error_cell", {"region": "#REF!"}, {"region": "Guangdong"}, "error of the spreadsheet"),
    Fault("text_too_long", {"address": LONG}, {"address": "8 Keji Road"}, "characters; 255 fit"),
    Fault("parent_unknown", {"parent": "NOBODY"}, {"parent": "S-1"}, "code NOBODY for the parent"),
    Fault(
        "parent_is_self", {"parent": "J-SELF", "code": "J-SELF"}, {"parent": ""}, "its own parent"
    ),
    Fault(
        "buyer_unknown",
        {"buyer": "nobody@example.test"},
        {"buyer": "procurement@example.test"},
        "has the address nobody@example.test",
    ),
    Fault("mineral_unknown", {"minerals": "unobtainium"}, {"minerals": ""}, "no material"),
    Fault(
        "minerals_reason_missing",
        {"minerals": "tin; gold"},
        {"minerals_reason": "Solder paste"},
        "Say why",
        at="minerals_reason",
    ),
    Fault(
        "yes_no_invalid", {"single_source": "perhaps"}, {"single_source": "yes"}, "neither yes nor"
    ),
    Fault(
        "phase_out_reason_missing",
        {"phase_out_on": "2027-06-30"},
        {"phase_out_reason": "Moved in house"},
        "reason of the phase-out",
        at="phase_out_reason",
    ),
    Fault(
        "phase_out_date_missing",
        {"phase_out_reason": "Ends"},
        {"phase_out_on": "2027-12-31"},
        "date of the phase-out",
        at="phase_out_on",
    ),
    Fault("row_twice", {"code": "J-100"}, {"code": "J-TWICE"}, "about the same record"),
)


def filled(template: bytes, *, mended: bool) -> bytes:
    """The template with a good row ``J-100`` and a row for each fault; merged cells on top."""
    book = openpyxl.load_workbook(BytesIO(template))
    sheet = book.worksheets[0]
    places = columns_of(book)
    _write(sheet, places, 2, {**_usual(100), "code": "J-100"})
    for number, fault in enumerate(FAULTS, start=3):
        cells = {**_usual(100 + number), **fault.wrong, **(fault.right if mended else {})}
        _write(sheet, places, number, cells)
    if not mended:
        sheet.merge_cells(f"A{MERGED_ROW}:B{MERGED_ROW}")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def columns_of(book: openpyxl.Workbook) -> dict[str, int]:
    """Where the template has each field: its second sheet names the codes in the same order."""
    codes = [row[1] for row in book.worksheets[1].iter_rows(values_only=True) if len(row) > 1]
    known = [str(code) for code in codes[codes.index("code") :] if code]
    return {code: place for place, code in enumerate(known, start=1)}


def _usual(number: int) -> dict[str, Any]:
    return {
        "code": f"J-{number}",
        "name": f"{WORDS[number % len(WORDS)]} {number} Co., Ltd.",
        "country": "CN",
        "kind": "production",
        "categories": "EL",
    }


WORDS = ("Amber", "Basalt", "Copper", "Delta", "Ember", "Fjord", "Garnet")


def _write(sheet: Any, places: dict[str, int], row: int, cells: dict[str, Any]) -> None:
    for code, value in cells.items():
        cell = sheet.cell(row, places[code], value if value != "" else None)
        if isinstance(value, str) and value.startswith("#"):
            cell.data_type = "e"
