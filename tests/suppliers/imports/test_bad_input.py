"""Every kind of bad input: a message with its place, nothing half imported."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import Workbook

from accounts.models import User
from core.errors import DomainError, InvalidInput
from suppliers.models import BuyerScope, Supplier
from suppliers.rules.import_problems import text_of_problem
from suppliers.services.imports import confirm_import
from tests.suppliers.imports.files import Table, checked, csv_text, found, received, saved, workbook
from tests.workbooks.compound import biff_stream, compound_file

pytestmark = pytest.mark.django_db

HEADINGS = [
    "code",
    "name",
    "country",
    "kind",
    "categories",
    "single_source",
    "phase_out_on",
    "phase_out_reason",
    "uscc",
    "duns",
    "parent",
    "buyer",
    "minerals",
    "minerals_reason",
]
USCC = "91350100M000100Y43"
# Values of one row, and the problems at their places (column letter, code).
MISTAKES: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"name": ""}, [("B", "supplier_name_missing")]),
    ({"code": ""}, [("A", "supplier_code_missing")]),
    ({"country": "Atlantis"}, [("C", "country_unknown")]),
    ({"kind": "wholesale"}, [("D", "kind_unknown")]),
    ({"categories": "NO-1; NO-2"}, [("E", "category_unknown"), ("E", "category_unknown")]),
    ({"single_source": "perhaps"}, [("F", "yes_no_invalid")]),
    ({"phase_out_on": "2026-02-31", "phase_out_reason": "x"}, [("G", "date_invalid")]),
    ({"phase_out_on": "31.12.2026", "phase_out_reason": "x"}, [("G", "date_invalid")]),
    ({"phase_out_on": "2026-12-31"}, [("H", "phase_out_reason_missing")]),
    ({"phase_out_reason": "Ends"}, [("G", "phase_out_date_missing")]),
    ({"uscc": USCC[:-1] + "4"}, [("I", "registration_invalid")]),
    ({"duns": "12345678"}, [("J", "registration_invalid")]),
    ({"parent": "NOBODY"}, [("K", "parent_unknown")]),
    ({"code": "SELF", "parent": "self"}, [("K", "parent_is_self")]),
    ({"code": "CIRCLE-1", "parent": "CIRCLE-2"}, [("K", "parent_in_circle")]),
    ({"code": "CIRCLE-2", "parent": "CIRCLE-1"}, [("K", "parent_in_circle")]),
    ({"buyer": "nobody@example.test"}, [("L", "buyer_unknown")]),
    ({"minerals": "unobtainium", "minerals_reason": "x"}, [("M", "mineral_unknown")]),
    ({"minerals": "tin"}, [("N", "minerals_reason_missing")]),
    ({"code": "TWICE"}, [("A", "row_twice")]),
    ({"code": "twice"}, [("A", "row_twice")]),
    ({"name": "x" * 10_000}, [("B", "text_too_long")]),
    ({"name": "half \ufffe sign"}, [("B", "text_unprintable")]),
]


def row(number: int, values: dict[str, Any]) -> list[Any]:
    whole = {"code": f"N-{number}", "name": f"Numbered Company {number}", **values}
    return [whole.get(name, "") for name in HEADINGS]


def rows_of_mistakes() -> list[list[Any]]:
    return [HEADINGS, *(row(n, values) for n, (values, _) in enumerate(MISTAKES, start=2))]


EXPECTED = [
    (number, letter, code)
    for number, (_, places) in enumerate(MISTAKES, start=2)
    for letter, code in places
]


def test_all_mistakes_of_a_file_are_named_at_once(buyer: User) -> None:
    text = csv_text(rows_of_mistakes()).encode()
    batch = checked(buyer, text, "file.csv")
    assert found(batch) == EXPECTED
    assert batch.state == "faulty"
    assert batch.counts["faulty"] == len(MISTAKES)
    with pytest.raises(DomainError) as refused:
        confirm_import(buyer, batch.pk)
    assert refused.value.code == "import_state"
    assert not Supplier.objects.exists()


def test_both_formats_say_the_same(buyer: User) -> None:
    table = [line for line in rows_of_mistakes() if "\ufffe" not in str(line)]
    by_csv = checked(buyer, csv_text(table, ";").encode(), "a.csv")
    by_xlsx = checked(buyer, workbook(table), "a.xlsx")
    assert found(by_csv) == found(by_xlsx)
    assert len(found(by_xlsx)) > 20
    fields = ("number", "action", "key", "before", "after", "problems")
    assert list(by_csv.rows.values(*fields)) == list(by_xlsx.rows.values(*fields))


def test_problems_tell_value_and_rows(buyer: User) -> None:
    table = [["code", "name", "country"], ["A", "One", "QQ"], ["B", "Two", ""], ["a", "Three", ""]]
    batch = checked(buyer, workbook(table))
    first = batch.rows.get(number=2).problems
    assert [(each["code"], each["value"]) for each in first] == [
        ("country_unknown", "QQ"),
        ("row_twice", "A"),
    ]
    assert first[1]["params"] == {"first": 2, "second": 4}
    assert batch.sheet == "Data"


@pytest.mark.parametrize(
    ("headings", "problem"),
    [
        (["name", "country"], (None, "", "column_missing")),
        (["code", "name", "Supplier code"], (None, "C1", "column_twice")),
        (["code", "name", "Colour"], (None, "C1", "column_unknown")),
    ],
)
def test_headings(buyer: User, headings: list[str], problem: tuple[Any, ...]) -> None:
    batch = checked(buyer, workbook([headings, ["A", "One", ""][: len(headings)]]))
    assert found(batch) == [problem]
    assert (batch.state == "ready") == (problem[2] == "column_unknown")


def test_headings_of_both_languages_in_any_order_below_a_title(buyer: User) -> None:
    with translation.override("zh-hans"):
        chinese = [gettext("Name"), f"{gettext('Supplier code')}＊"]
    assert chinese[0] == "名称"
    for names in (chinese, ["Name *", " supplier  CODE"]):
        table = [["Our suppliers"], [], [*names, "country"], ["One Co.", "A-1", "cn"]]
        batch = checked(buyer, workbook(table))
        assert (found(batch), batch.state) == ([], "ready")
        assert batch.rows.get().after == {
            "code": "A-1",
            "name": "One Co.",
            "country": "CN",
            "kind": "production",
        }


def test_cells_that_are_no_values(buyer: User) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["code", "name", "city", "remarks"],
        ["A", "=B1", "", "=1+1"],
        ["B", "Two", "#N/A"],
        ["C", "Three", "X"],
        ["D", "Four", "", "", "beside"],
    ):
        sheet.append(line)
    sheet["C3"].data_type = "e"
    sheet.merge_cells("B4:C4")
    batch = checked(buyer, saved(book))
    assert found(batch) == [
        (None, "D1", "column_unknown"),
        (None, "B4:C4", "merged_cells"),
        (None, "E5", "column_without_heading"),
        (2, "B", "formula_cell"),
        (3, "C", "error_cell"),
    ]
    assert batch.state == "faulty"
    values = [each["value"] for row in batch.rows.order_by("number") for each in row.problems]
    assert values == ["=B1", "#N/A"]


def test_a_formula_with_a_stored_value_is_refused_too(buyer: User) -> None:
    content = workbook([["code", "name"], ["A", "=1+1"], ["B", "Two"]])
    source = zipfile.ZipFile(io.BytesIO(content))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<f>1+1</f><v" in part
                part = part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
                part = part.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
                assert b"<v>2</v>" in part
            changed.writestr(name, part)
    assert found(checked(buyer, target.getvalue())) == [(2, "B", "formula_cell")]


def test_far_out_cell(buyer: User) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["code", "name"])
    sheet["XFD1048576"] = "far"
    batch = checked(buyer, saved(book))
    assert (batch.state, found(batch)) == ("unreadable", [(None, "XFD1048576", "cell_far_out")])


def test_too_many_rows(buyer: User, settings: django_settings) -> None:  # type: ignore[valid-type]
    settings.IMPORT_MAX_ROWS = 20  # type: ignore[attr-defined]
    table = [["code", "name"], *([f"A-{n}", "Name"] for n in range(21))]
    for content, name in ((workbook(table), "a.xlsx"), (csv_text(table).encode(), "a.csv")):
        batch = checked(buyer, content, name)
        assert (batch.state, found(batch)[0][2]) == ("unreadable", "too_many_rows")
        assert batch.problems[0]["params"]["limit"] == "20"
    assert checked(buyer, workbook(table[:-1])).state == "ready"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty_file"),
        (b"", "a.xlsx", "empty_file"),
        (b"code,name\x00\n", "a.csv", "not_a_spreadsheet"),
        (b"%PDF-1.7 ...", "a.xlsx", "not_a_spreadsheet"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged_archive"),
    ],
)
def test_files_that_are_not_let_in(buyer: User, content: bytes, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        received(buyer, content, name)
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_an_old_workbook_is_to_be_saved_anew(buyer: User, tmp_path: Path) -> None:
    """Its formulas and errors cannot be told from values, so none of it is taken."""
    stream = biff_stream((0x0809, bytes(16)), (0x0085, bytes(20)))
    content = compound_file(tmp_path / "f", {"Workbook": stream}).read_bytes()
    for name in ("a.xls", "a.xlsx"):
        with pytest.raises(InvalidInput) as refused:
            received(buyer, content, name)
        assert refused.value.code == "old_workbook_format"
    assert ".xlsx" in text_of_problem(refused.value.code).remedy


def test_a_zip_of_files_is_no_table(buyer: User) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.csv", "code,name")
    with pytest.raises(InvalidInput) as refused:
        received(buyer, target.getvalue(), "a.zip")
    assert refused.value.code == "not_a_spreadsheet"


TEXT = "code,name,local_name\nA-1,One,亮锡有限公司\nA-2,Two,金触点电子\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("gb18030"),
        TEXT.replace("One", '"One"').replace("\n", "\r\n").encode(),
    ],
)
def test_encodings_and_separators_of_csv(buyer: User, content: bytes) -> None:
    batch = checked(buyer, content, "a.csv")
    assert found(batch) == []
    assert [each.after["local_name"] for each in batch.rows.all()] == ["亮锡有限公司", "金触点电子"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("code,name\nA,M\xfcller".encode("latin-1"), "encoding_unknown"),
        (b"code,name\nA,\xff\xff\xff", "encoding_unknown"),
        (b'code,name\nA,"never closed\nB,Two\n', "csv_broken"),
        (b"one,two\n1,2\n", "header_missing"),
        (b"\n\n\n", "empty_sheet"),
    ],
)
def test_csv_that_cannot_be_read(buyer: User, content: bytes, code: str) -> None:
    batch = checked(buyer, content, "a.csv")
    assert (batch.state, found(batch)[0][2]) == ("unreadable", code)
    assert batch.counts == {}


def test_only_headings(buyer: User) -> None:
    batch = checked(buyer, workbook([["code", "name"]]))
    assert (batch.state, found(batch)[0][2]) == ("faulty", "empty_sheet")


def test_the_first_sheet_with_headings_is_taken(buyer: User) -> None:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Welcome"])
    for title in ("First", "Second"):
        sheet = book.create_sheet(title)
        sheet.append(["code", "name"])
        sheet.append([title, f"{title} Co."])
    batch = checked(buyer, saved(book))
    assert (batch.sheet, batch.state) == ("First", "ready")
    assert [each["code"] for each in batch.problems] == ["other_sheet_left_out"]
    assert batch.problems[0]["params"] == {"sheet": "Second"}


def test_numbers_and_dates_of_a_workbook(buyer: User) -> None:
    import datetime as dt

    table: Table = [
        ["code", "name", "phase_out_on", "phase_out_reason", "duns"],
        ["00123", 4711.0, dt.date(2027, 1, 2), "Ends", 123456789],
        [123.0, "Two", 46754, "Ends", ""],
    ]
    batch = checked(buyer, workbook(table))
    assert found(batch) == []
    first, second = (each.after for each in batch.rows.all())
    assert (first["code"], first["name"], first["duns"]) == ("00123", "4711", "123456789")
    assert (second["code"], second["phase_out_on"]) == ("123", "2028-01-02")
    assert first["phase_out_on"] == "2027-01-02"


def test_records_outside_a_scope(buyer: User, supplier: Supplier, other_supplier: Supplier) -> None:
    """Nothing is told about a supplier that the buyer does not see."""
    Supplier.objects.filter(pk=other_supplier.pk).update(country="DE")
    BuyerScope.objects.create(user=buyer, countries=["CN"])
    contacts = [["supplier", "name", "email"], ["S-1", "A", "a@x.co"], ["S-2", "B", "b@x.co"]]
    batch = checked(buyer, workbook(contacts), kind="contacts")
    assert found(batch) == [(3, "A", "supplier_unknown")]
    golden = ["S-9", "Golden Contact Limited", "CN"]
    table = [["code", "name", "country"], ["S-2", "Taken", "CN"], golden]
    batch = checked(buyer, workbook(table))
    assert found(batch) == [(2, "A", "supplier_code_taken")]


def test_lookalikes_are_warnings(buyer: User, supplier: Supplier) -> None:
    table: Table = [
        ["code", "name", "uscc"],
        ["N-1", "Bright Tin Company Limited", ""],
        ["N-2", "Silver Wire GmbH", USCC],
        ["N-3", "Silver Wire AG", ""],
    ]
    from dataclasses import replace

    from suppliers.selectors.links import input_of
    from suppliers.services.suppliers import update_supplier

    update_supplier(buyer, supplier.pk, replace(input_of(supplier), uscc=USCC))
    batch = checked(buyer, workbook(table))
    assert found(batch) == [
        (2, "B", "supplier_resembles"),
        (3, "C", "number_known"),
        (4, "B", "row_resembles"),
    ]
    assert batch.state == "ready"
