"""Workbooks of our own in the layout of a form, for demonstration data and tests.

They hold invented companies and smelters, our own labels and only the constants the reader
recognises a form by. They are not RMI templates and have no formulas.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from openpyxl import Workbook

from minerals.excel.addresses import column_index, position, split_cell
from minerals.excel.layout import Layout, Question
from minerals.excel.layout_loader import layout as layout_of
from minerals.excel.lists import SMELTER_FIELDS
from minerals.excel.mineral_order import sorted_minerals
from minerals.excel.sample_lookup import demo_lookup
from minerals.rules.declaration import LookupEntry, SmelterRow
from minerals.rules.tables import Table
from minerals.rules.template_lookup import NOT_LISTED, TemplateLookup

Answers = Mapping[tuple[str, str | None], Any]
Row = Mapping[str, Any]
Cells = dict[str, dict[tuple[int, int], Any]]
_YES_TOPICS = frozenset({"use", "in_product", "smelters_identified", "smelters_reported"})
_URL = "https://bright-devices.example/minerals-policy"
_COMPANY = {
    "company_name": "Bright Devices Ltd. (demo)",
    "unique_id": "00-000-0001",
    "unique_id_authority": "DUNS",
    "address": "1 Demo Street, Demo City",
    "contact_name": "Dana Demo",
    "contact_email": "dana@bright-devices.example",
    "contact_phone": "+00 000 0001",
    "authorizer_name": "Alex Sample",
    "authorizer_title": "Head of Compliance",
    "authorizer_email": "alex@bright-devices.example",
    "authorizer_phone": "+00 000 0002",
    "effective_date": "2026-03-31",
}
_SOURCE_FIELDS = ("metal", "lookup", "cid", "country", "city", "state", "source")


class Content(TypedDict):
    """What goes into a sample workbook; the keyword arguments of ``build_workbook``."""

    company: dict[str, Any]
    answers: dict[tuple[str, str | None], Any]
    comments: dict[tuple[str, str | None], Any]
    smelters: list[dict[str, Any]]
    products: list[dict[str, Any]]
    minerals: list[str]


def complete_answers(layout: str = "cmrt_6.5", minerals: Sequence[str] = ()) -> Content:
    """Content that leaves nothing open; change it and pass it to ``build_workbook(**content)``.

    ``minerals`` chooses among the minerals of the EMRT 2.x and the AMRT.
    """
    form = layout_of(layout)
    chosen = _minerals(form, minerals)
    company: dict[str, Any] = {name: _COMPANY[name] for name in form.company if name in _COMPANY}
    if "scope" in form.company:
        company["scope"] = form.checker.scope_company if form.checker else "A. Company"
    return {
        "company": company,
        "answers": _complete_answers(form, chosen),
        "comments": {(item.id, None): _URL for item in _public_policies(form)},
        "smelters": [_complete_smelter(form, mineral) for mineral in chosen],
        "products": [],
        "minerals": list(chosen),
    }


def build_workbook(
    layout: str = "cmrt_6.5",
    *,
    company: Mapping[str, Any] | None = None,
    answers: Answers | None = None,
    comments: Answers | None = None,
    smelters: Iterable[Row] = (),
    products: Iterable[Row] = (),
    mines: Iterable[Row] = (),
    minerals: Sequence[str] = (),
    lookup: Sequence[LookupEntry] | None = None,
    cached: bool = False,
    language: str = "English",
    version: str | None = None,
    cells: Mapping[str, Any] | None = None,
    without_sheets: Iterable[str] = (),
) -> bytes:
    """An .xlsx file the reader recognises as ``layout``.

    ``smelters`` / ``products`` / ``mines``: dicts by field name; ``row`` places one, otherwise
    they follow each other. ``cached`` writes what the form's formulas would show. ``version``
    overrides the revision, ``cells`` (``{"Declaration!D22": 45838}``) any single cell,
    ``without_sheets`` leaves sheets out.
    """
    form = layout_of(layout)
    order = sorted_minerals(minerals or _minerals(form, ())) if form.minerals.slots else ()
    sheets: Cells = {name: {} for name in (*form.sheets.values(), "Revision", "Instructions")}
    _put_constants(sheets, form, version or form.version, language)
    if form.minerals.slots:
        _put_minerals(sheets, form, minerals or order, order if cached else ())
    if cached:
        _put(sheets, f"Declaration!{form.name_label_cell}", "Company (demo label)")
        _put(sheets, "Declaration!D2", f"Demonstration form ({form.family})")
    for name, value in (company or {}).items():
        _put(sheets, f"Declaration!{form.company[name]}", value)
    _put_answers(sheets, form, order, form.answer_column, answers or {})
    _put_answers(sheets, form, order, form.comment_column, comments or {})
    entries = demo_lookup(order or form.minerals.names) if lookup is None else tuple(lookup)
    rows = list(smelters)
    _put_list(sheets, form, "smelters", form.smelters, rows)
    if cached and form.lookup is not None:
        _put_resolved(sheets, form, rows, entries)
    _put_list(sheets, form, "products", form.products, products)
    _put_list(sheets, form, "mines", form.mines, mines)
    _put_lookup(sheets, form, entries)
    for cell, value in (cells or {}).items():
        _put(sheets, cell, value)
    return _saved({name: put for name, put in sheets.items() if name not in set(without_sheets)})


def _minerals(form: Layout, minerals: Sequence[str]) -> tuple[str, ...]:
    scheme = form.minerals
    if scheme.names:
        return scheme.names
    return tuple(minerals) or scheme.presets[:6] or ("Aluminum", "Silver", "Zinc")


def _public_policies(form: Layout) -> list[Question]:
    """The questions whose comment holds an address; EMRT 1.1 asks for two of them."""
    topics = ("policy", "policy_public")
    return [item for item in form.company_questions if item.topic in topics]


def _complete_answers(form: Layout, minerals: tuple[str, ...]) -> dict[tuple[str, str | None], Any]:
    found: dict[tuple[str, str | None], Any] = {}
    for question in (*form.questions, *form.company_questions):
        asked = question.minerals or minerals if question.per_mineral else (None,)
        for mineral in asked:
            found[(question.id, mineral)] = _complete_answer(question, mineral, form)
    return found


def _complete_answer(question: Question, mineral: str | None, form: Layout) -> str:
    options = question.options_for(mineral) or ("Yes",)
    company_wide = question in form.company_questions
    if company_wide or question.topic in _YES_TOPICS or "No" not in options:
        return options[0]
    return "No"


def _complete_smelter(form: Layout, mineral: str) -> dict[str, Any]:
    listed = next((entry for entry in demo_lookup((mineral,)) if entry.cid), None)
    if form.lookup is not None and listed is not None:
        return {"cid_input": listed.cid}
    name = listed.standard_name if listed else f"{mineral} Processor (demo)"
    row = {"metal": mineral, "name": name, "country": "CANADA"}
    return row if form.lookup is None else {**row, "lookup": NOT_LISTED}


def _put(sheets: Cells, cell: str, value: Any) -> None:
    sheet, address = split_cell(cell)
    sheets.setdefault(sheet, {})[position(address)] = value


def _put_constants(sheets: Cells, form: Layout, version: str, language: str) -> None:
    revision = f"Revision {version}\nDemonstration copy"
    if form.version == "1.00":
        _put(sheets, "Declaration!I3", "Revision")
        revision = "1.   January 1st 2011"
    for cell in form.revision_cells:
        if split_cell(cell)[0] in sheets:
            _put(sheets, cell, revision)
    _put(sheets, f"Declaration!{form.language_cell}", language)
    for marker in form.markers:
        _put(sheets, marker.cell, marker.text)
    if form.outdated:
        _put(sheets, "Revision!B3", "Conflict mineral form (demo)")
    if form.family == "CMRT":
        known = {split_cell(marker.cell)[1] for marker in form.markers}
        first = "W3" if "W3" in known else "T3" if "T3" in known else "R3"
        row, column = position(first)
        for offset, metal in enumerate(("Tantalum", "Tin", "Tungsten", "Gold")):
            if "Smelter List" in sheets:
                sheets["Smelter List"].setdefault((row, column + offset), metal)
    if "Checker" in sheets:
        _put(sheets, "Checker!F3", "necessary?")
    for address in form.checker_cells:
        _put(sheets, f"Declaration!{address}", "No")


def _put_minerals(sheets: Cells, form: Layout, chosen: Sequence[str], shown: Sequence[str]) -> None:
    for slot, mineral in zip(_input_slots(form, chosen), chosen, strict=False):
        _put(sheets, f"Declaration!{slot}", mineral)
    for cell, mineral in zip(form.minerals.sorted_cells, shown, strict=False):
        _put(sheets, f"Declaration!{cell}", mineral)


def _input_slots(form: Layout, chosen: Sequence[str]) -> list[str]:
    """The slot preset with each mineral, or simply one after the other."""
    presets = {slot.replaced: slot.cell for slot in form.minerals.slots}
    own = [presets.get(f"(Delete {mineral})") for mineral in chosen]
    if all(own):
        return [cell for cell in own if cell]
    return [slot.cell for slot in form.minerals.slots]


def _put_answers(
    sheets: Cells, form: Layout, order: Sequence[str], column: str, values: Answers
) -> None:
    for (question_id, mineral), value in values.items():
        question = form.question(question_id)
        if question is None:
            raise KeyError(question_id)
        offset = 0
        if mineral is not None:
            offset = list(form.minerals.names or order).index(mineral)
        _put(sheets, f"Declaration!{column}{question.first_row + offset}", value)


def _put_list(
    sheets: Cells, form: Layout, key: str, table: Table | None, rows: Iterable[Row]
) -> None:
    if table is None:
        return
    number = table.first_row - 1
    for row in rows:
        number = int(row["row"]) - 1 if "row" in row else number
        for name, value in row.items():
            if name != "row":
                sheets[form.sheets[key]][(number, column_index(table.columns[name]))] = value
        number += 1


def _put_resolved(
    sheets: Cells, form: Layout, rows: Sequence[Row], entries: Sequence[LookupEntry]
) -> None:
    """What the formulas of the smelter list show next to the typed cells."""
    table = form.smelters
    assert table is not None
    lookup = TemplateLookup(entries, form.resolution)
    number = table.first_row - 1
    for row in rows:
        number = int(row["row"]) - 1 if "row" in row else number
        typed = {name: str(row[name]) for name in SMELTER_FIELDS if name in row}
        resolved = lookup.resolve(SmelterRow(row=number + 1, **typed))
        for name in _SOURCE_FIELDS:
            place = (number, column_index(table.columns[name]))
            sheets[form.sheets["smelters"]].setdefault(place, getattr(resolved, name) or 0)
        number += 1


def _put_lookup(sheets: Cells, form: Layout, entries: Sequence[LookupEntry]) -> None:
    if form.lookup is None:
        return
    target = sheets[form.sheets["lookup"]]
    for entry in entries:
        for name, letters in form.lookup.columns.items():
            target[(entry.row - 1, column_index(letters))] = getattr(entry, name) or None


def _saved(sheets: Cells) -> bytes:
    book = Workbook(write_only=True)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        by_row: dict[int, dict[int, Any]] = {}
        for (row, column), value in cells.items():
            by_row.setdefault(row, {})[column] = value
        for number in range(max(by_row, default=-1) + 1):
            line = by_row.get(number, {})
            sheet.append([line.get(column) for column in range(max(line, default=-1) + 1)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
