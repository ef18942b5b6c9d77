"""What the reader makes of a workbook's cells, apart from recognition and rules."""

from __future__ import annotations

import json
import random
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from minerals.excel.blank_cells import blank_cells
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.layout_loader import load_layouts
from minerals.excel.reader import read_declaration
from minerals.excel.wire import declaration_from_json, declaration_to_json
from minerals.rules.dates import date_from_text
from minerals.rules.declaration import Declaration, Entry, Note
from tests.workbooks.templates import saved, saved_complete


def _read(tmp_path: Path, form: str = "cmrt_6.5", **content: Any) -> Declaration:
    return read_declaration(saved(tmp_path, form, **content))


@pytest.mark.parametrize(
    ("value", "effective_on", "raw"),
    [
        (date(2025, 6, 30), "2025-06-30", "2025-06-30"),
        (datetime(2025, 6, 30, 14, 5), "2025-06-30", "2025-06-30"),
        (45838, "2025-06-30", 45838.0),
        (45838.75, "2025-06-30", 45838.75),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
        ("30-Jun-2025 ", "2025-06-30", "30-Jun-2025 "),
        ("soon", "", "soon"),
        (0, "", 0.0),
        (True, "", True),
        (None, "", None),
    ],
)
def test_the_effective_date_is_read_in_all_its_forms(
    tmp_path: Path, value: object, effective_on: str, raw: object
) -> None:
    declaration = _read(tmp_path, company={"effective_date": value})

    assert declaration.effective_on == effective_on
    assert declaration.company["effective_date"].raw == raw
    assert declaration.company["effective_date"].cell == "Declaration!D22"


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-30", "2025/6/30", "2025.06.30", "20250630", "2025年6月30日", "30-Jun-2025",
        "30 June 2025", "30. Juni 2025", "30-JUN-25", "June 30, 2025", "Jun 30 2025",
        "June 30th, 2025", "30th of June 2025".replace("of ", ""), "30.06.2025", "30/06/2025",
        "06/30/2025", "2025-06-30T00:00:00", "2025-06-30 12:30", "45838",
    ],
)  # fmt: skip
def test_dates_written_as_text(text: str) -> None:
    assert date_from_text(text) == date(2025, 6, 30)


@pytest.mark.parametrize("text", ["03/04/2025", "31.02.2025", "2025", "Q2 2025", "", "99/99/2025"])
def test_texts_that_are_no_certain_date(text: str) -> None:
    assert date_from_text(text) is None


def test_the_same_day_and_month_is_certain() -> None:
    assert date_from_text("04/04/2025") == date(2025, 4, 4)


@pytest.mark.parametrize("value", [1, 1.0, "1", "100%", "100 %", " 100% ", "１００％", "100"])
def test_every_writing_of_one_hundred_percent(tmp_path: Path, value: object) -> None:
    answer = _read(tmp_path, answers={("Q6", "Tin"): value}).answer("Q6", "Tin")

    assert answer is not None
    assert answer.value == "100%"
    assert answer.entry.cell == "Declaration!D57"
    assert answer.comment == Entry("Declaration!G57")


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("no", "No"), (" YES ", "Yes"), ("unknown", "Unknown"), ("maybe ", "maybe"), (0.9, "0.9"),
        ("90%", "90%"), (None, ""), (" ", ""), (1, "1"), (True, "TRUE"),
    ],
)  # fmt: skip
def test_answers_are_written_as_the_option_list_writes_them(
    tmp_path: Path, value: object, canonical: str
) -> None:
    answer = _read(tmp_path, answers={("Q3", "Tin"): value}).answer("Q3", "Tin")

    assert answer is not None
    assert answer.value == canonical


def test_question_c_of_the_emrt_is_found_with_its_mineral(tmp_path: Path) -> None:
    declaration = _read(tmp_path, "emrt_1.3", answers={("C", "Mica"): "no", ("A", None): "Yes"})

    mica, company = declaration.answer("C", "Mica"), declaration.answer("A", None)
    assert mica is not None
    assert company is not None
    assert (mica.value, mica.entry.cell) == ("No", "Declaration!D75")
    assert (company.value, company.mineral) == ("Yes", None)
    assert declaration.answer("C", None) is None
    assert [answer.mineral for answer in declaration.answers if answer.question == "Q4"] == [
        "Cobalt"
    ]


def test_gaps_between_rows_do_not_end_a_list(tmp_path: Path) -> None:
    rows = [5, 6, 40, 2504]
    declaration = _read(
        tmp_path,
        smelters=[{"row": row, "metal": "Tin", "lookup": f"Works {row}"} for row in rows],
        products=[{"row": row, "number": f"P-{row}"} for row in (6, 9, 2100)],
    )

    assert [row.row for row in declaration.smelters] == rows
    assert [row.row for row in declaration.resolved] == rows
    assert [row.row for row in declaration.products] == [6, 9, 2100]
    assert declaration.notes == ()


def test_all_2500_smelter_rows_are_read(tmp_path: Path) -> None:
    smelters = [{"metal": "Tin", "lookup": f"Works {number}"} for number in range(2500)]
    declaration = _read(tmp_path, smelters=smelters)

    assert len(declaration.smelters) == 2500
    assert declaration.smelters[-1].row == 2504


def test_rows_below_the_form_are_kept_as_typed_and_noted(tmp_path: Path) -> None:
    below = {"row": 2506, "cid_input": "CID900001"}
    declaration = _read(tmp_path, smelters=[{"cid_input": "CID900001"}, below])

    assert [(row.row, row.cid) for row in declaration.resolved] == [(5, "CID900001"), (2506, "")]
    assert declaration.notes == (
        Note("rows_beyond_form", "Smelter List!A2506", {"count": "1", "last": "2504"}),
    )


def test_smelter_texts_are_not_trimmed_and_zero_is_empty(tmp_path: Path) -> None:
    row = {"metal": "Tin", "lookup": " Works ", "street": 0, "city": 7, "cid": 242332, "name": " "}
    [smelter] = _read(tmp_path, smelters=[row]).smelters

    assert (smelter.lookup, smelter.street, smelter.city) == (" Works ", "", "7")
    assert (smelter.cid, smelter.name) == ("242332", " ")


def test_product_columns_differ_between_versions(tmp_path: Path) -> None:
    row = {"number": 10, "name": "Lamp", "requester_number": "R-1", "comments": "new"}
    [product] = _read(tmp_path, "emrt_2.1", products=[row]).products
    assert (product.number, product.requester_number, product.comments) == ("10", "R-1", "new")

    cells = {"Product List!B6": "P", "Product List!D6": "comment"}
    [product] = _read(tmp_path, "emrt_2.0", cells=cells).products
    assert (product.comments, product.requester_number) == ("comment", "")


def test_mines_and_the_minerals_scope_are_read(tmp_path: Path) -> None:
    declaration = _read(
        tmp_path,
        "amrt_1.3",
        minerals=["Zinc"],
        mines=[{"metal": "Zinc", "smelter": "Gray Zinc (demo)", "name": "Deep", "country": "PERU"}],
        cells={"Minerals Scope!B8": "Zinc", "Minerals Scope!C8": "Regulation"},
    )

    [mine] = declaration.mines
    assert (mine.row, mine.metal, mine.name, mine.country) == (5, "Zinc", "Deep", "PERU")
    [reason] = declaration.minerals_scope
    assert (reason.row, reason.mineral, reason.reason) == (8, "Zinc", "Regulation")


@pytest.mark.parametrize("blanks", [" ", "   ", "\t", "\n", "\r\n "])
def test_cells_with_nothing_but_blanks_are_answers(tmp_path: Path, blanks: str) -> None:
    cells = {"Declaration!D15": blanks, "Product List!B6": blanks, "Smelter List!D9": blanks}
    declaration = _read(tmp_path, cells=cells)

    entry = declaration.company["contact_name"]
    assert (entry.kind, entry.missing, entry.text) == ("text", False, "")
    assert [row.row for row in declaration.products] == [6]
    assert [row.row for row in declaration.smelters] == [9]


def test_blanks_are_found_among_shared_strings_too(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "shared.xlsx"
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {ns} xmlns:r="{rel}"><sheets>'
            '<sheet name="A &amp; B" sheetId="1" r:id="rId7"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId7" Target="/xl/worksheets/one.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/sharedStrings.xml",
            f"<sst {ns}><si><t>a</t></si><si><r><t> </t></r><r><t>b</t></r></si>"
            '<si><t xml:space="preserve"> </t></si><si/><si><t>\n</t></si></sst>',
        )
        archive.writestr(
            "xl/worksheets/one.xml",
            f'<worksheet {ns}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
            '<c r="B1" s="3" t="s"><v>2</v></c><c r="C1"><v>2</v></c></row>'
            '<row r="4"><c r="AA4" t="s"><v>1</v></c><c t="s" r="AB4"><v>4</v></c></row>'
            "</sheetData></worksheet>",
        )

    assert blank_cells(path, ["A & B"]) == {"A & B": {(0, 1): " ", (3, 27): "\n"}}


def test_control_characters_are_removed_and_noted(tmp_path: Path) -> None:
    path = saved(tmp_path, company={"company_name": "Bright @@ Devices"})
    _patch(path, b"@@", b"&#x2;")
    try:
        declaration = read_declaration(path)
    except UnreadableWorkbook as refused:
        pytest.fail(str(refused))

    assert declaration.company["company_name"].raw == "Bright  Devices"
    assert declaration.notes == (Note("control_characters", "Declaration!D8"),)


def _patch(path: Path, old: bytes, new: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new))


def test_an_overlong_text_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = saved(tmp_path, company={"address": "@@"})
    _patch(path, b"@@", b"x" * 32_768)

    with pytest.raises(UnreadableWorkbook) as raised:
        read_declaration(path)

    assert raised.value.code == "cell_too_long"
    assert raised.value.params == {"cell": "Declaration!D14", "length": "32768"}


def test_leftovers_in_hidden_rows_are_not_answers(tmp_path: Path) -> None:
    cells = {"Declaration!D28": "No", "Declaration!D40": "Yes"}
    declaration = _read(tmp_path, "emrt_1.3", cells=cells)

    assert {answer.mineral for answer in declaration.answers} == {"Cobalt", "Mica"}
    assert Entry("Declaration!D28", "No", "text") in declaration.checker_cells


@pytest.mark.parametrize("cached", [False, True], ids=["uncached", "cached"])
def test_sorted_minerals_own_the_rows(tmp_path: Path, cached: bool) -> None:
    declaration = _read(
        tmp_path,
        "emrt_2.1",
        minerals=["Nickel", "Cobalt", "Lithium"],
        answers={("Q1", "Nickel"): "Yes", ("Q1", "Cobalt"): "No"},
        cached=cached,
    )

    assert declaration.minerals == ("Cobalt", "Lithium", "Nickel")
    nickel = declaration.answer("Q1", "Nickel")
    assert nickel is not None
    assert (nickel.entry.cell, nickel.value) == ("Declaration!D32", "Yes")


def test_other_slots_take_their_text_and_repeats_count_once(tmp_path: Path) -> None:
    other = "Other [specify below]"
    declaration = _read(
        tmp_path,
        "amrt_1.3",
        minerals=["Zinc", other, other, "zinc", "Silver"],
        cells={"Declaration!E15": "Vanadium", "Declaration!G15": None},
    )

    assert declaration.minerals == ("Silver", "Vanadium", "Zinc")
    assert [entry.cell for entry in declaration.other_minerals][:2] == [
        "Declaration!D15", "Declaration!E15",
    ]  # fmt: skip
    assert [entry.raw for entry in declaration.mineral_slots][:3] == ["Zinc", other, other]


def test_stale_calculated_minerals_lose_against_the_slots(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "emrt_2.1", minerals=["Cobalt", "Mica"], cached=True,
        cells={"Declaration!E13": "(Delete Mica)"},
    )  # fmt: skip
    assert read_declaration(path).minerals == ("Cobalt",)


def test_the_order_of_other_scripts_is_uncertain_without_calculated_values(
    tmp_path: Path,
) -> None:
    minerals = ["铝", "铬", "锌"]
    uncached = _read(tmp_path, "amrt_1.2", minerals=minerals)
    assert set(uncached.minerals) == set(minerals)
    assert uncached.notes == (Note("mineral_order_uncertain", "Declaration!D12"),)

    cells = {f"Declaration!AA{row}": name for row, name in zip((12, 13, 14), minerals, strict=True)}
    cached = _read(tmp_path, "amrt_1.2", minerals=minerals, cached=True, cells=cells)
    assert cached.minerals == tuple(minerals)
    assert cached.notes == ()


def test_answers_beyond_the_last_mineral_are_orphans(tmp_path: Path) -> None:
    cells = {"Declaration!D31": "Yes", "Declaration!D36": "No"}
    declaration = _read(tmp_path, "emrt_2.1", minerals=["Mica"], cells=cells)

    [orphan] = declaration.orphan_answers
    assert (orphan.question, orphan.mineral, orphan.entry.cell) == ("Q1", None, "Declaration!D31")


def test_the_language_is_kept_as_the_file_has_it(tmp_path: Path) -> None:
    assert _read(tmp_path, language="中文 Chinese").language == "中文 Chinese"


def test_macros_are_noted(tmp_path: Path) -> None:
    import zipfile

    path = saved(tmp_path, name="form.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")

    assert read_declaration(path).notes == (Note("macros_present"),)


@pytest.mark.parametrize("form", list(load_layouts()))
def test_a_declaration_survives_the_wire_exactly(tmp_path: Path, form: str) -> None:
    declaration = read_declaration(
        saved_complete(
            tmp_path, form, company={"company_name": 4.5, "address": True}, version="6.4"
            if form == "cmrt_6.4" else None,
        )
    )  # fmt: skip
    text = json.dumps(declaration_to_json(declaration), ensure_ascii=False)

    assert declaration_from_json(json.loads(text)) == declaration


def test_a_real_declaration_survives_the_wire_exactly(rmi: Path) -> None:
    declaration = read_declaration(rmi / "cases" / "cached" / "cmrt_6.5_big_mixed.xlsx")
    text = json.dumps(declaration_to_json(declaration))

    assert declaration_from_json(json.loads(text)) == declaration
    assert len(declaration.smelters) == 220


def test_what_excel_saves_again_reads_the_same(tmp_path: Path) -> None:
    """Another writer, other order of sheets and strings: the same declaration."""
    path = saved_complete(tmp_path, smelters=[{"row": random.Random(7).randint(5, 99), **_ROW}])
    before = read_declaration(path)
    book = load_workbook(path)
    book.move_sheet("Smelter List", offset=-2)
    book.save(path)

    assert read_declaration(path) == before


_ROW = {"metal": "Tin", "lookup": "Bright Tin (demo)"}
