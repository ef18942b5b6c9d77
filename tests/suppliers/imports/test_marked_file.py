"""The file comes back with its problems marked, is mended in place and brought in again."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import User
from core.errors import DomainError
from suppliers.models import ImportBatch, Supplier
from suppliers.services.import_marked import write_marked_file
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, csv_text, found, saved, workbook
from tests.suppliers.imports.test_bad_input import row, rows_of_mistakes

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
__all__ = ["api_for"]

TABLE = [
    ["code", "name", "country", "remarks"],
    ["A-1", "=1+1", "Atlantis", "mine"],
    ["00012", "", "CN", ""],
]


def marked(client: Client, batch: ImportBatch) -> bytes:
    answer = client.get(reverse("suppliers:import-marked", args=[batch.pk]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_mended_in_place_it_has_no_problem_left(
    sign_in: SignIn, buyer: User, ending: str, language: str
) -> None:
    buyer.language = language
    buyer.save()
    # A sign that no workbook holds is taken out when the file is given back.
    table = [line for line in rows_of_mistakes() if not any("\ufffe" in cell for cell in line)]
    content = csv_text(table).encode("gb18030") if ending == "csv" else workbook(table)
    batch = checked(buyer, content, f"a.{ending}")
    assert len(found(batch)) > 20
    back = marked(sign_in(buyer), batch)
    again = checked(buyer, back, "again.xlsx")
    assert found(again) == found(batch)
    book = opened(back)
    sheet = book.worksheets[0]
    for number in range(2, len(table) + 1):
        for column, value in enumerate(row(number, {}), start=1):
            sheet.cell(number, column).value = value or None
    batch = checked(buyer, saved(book), "mended.xlsx")
    assert (found(batch), batch.state) == ([], "ready")
    assert batch.counts["create"] == len(table) - 1


def test_cells_tell_what_is_wrong_with_them(sign_in: SignIn, buyer: User) -> None:
    batch = checked(buyer, csv_text(TABLE).encode(), "my list.csv")
    book = opened(marked(sign_in(buyer), batch))
    sheet, listing = book.worksheets
    assert [cell.value for cell in sheet[2]] == ["A-1", "=1+1", "Atlantis", "mine"]
    assert sheet["A3"].value == "00012"
    comments = {
        cell.coordinate: cell.comment.text
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment
    }
    assert set(comments) == {"D1", "C2", "B3"}
    assert "Atlantis" in comments["C2"]
    plain = sheet["A2"].fill.fgColor.rgb
    colours = [sheet[place].fill.fgColor.rgb for place in ("D1", "C2", "B3")]
    assert colours[0] != colours[1] == colours[2] != plain
    lines = list(listing.iter_rows(min_row=12))
    assert [line[3].value for line in lines] == ["D1", "C2", "B3"]
    assert lines[1][3].hyperlink is not None
    assert lines[1][3].hyperlink.location == "'CSV'!C2"


def test_formulas_and_errors_are_not_taken_for_empty(sign_in: SignIn, buyer: User) -> None:
    create_supplier(None, SupplierInput("A", "One", city="Shenzhen"))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["code", "name", "city"], ["A", "One", "=X1"], ["B", "Two", "#N/A"]):
        sheet.append(line)
    sheet["C3"].data_type = "e"
    batch = checked(buyer, saved(book))
    back = marked(sign_in(buyer), batch)
    told = opened(back).worksheets[0]["C2"].comment
    assert told is not None
    assert "=X1" in told.text
    again = checked(buyer, back)
    assert found(again) == [(2, "C", "error_cell"), (3, "C", "error_cell")]


def test_it_is_offered_beside_the_problems(
    sign_in: SignIn, buyer: User, csr_specialist: User
) -> None:
    bad = checked(buyer, workbook(TABLE))
    good = checked(buyer, workbook([["code", "name"], ["A", "One"]]))
    client = sign_in(buyer)
    for batch, offered in ((bad, True), (good, False)):
        address = reverse("suppliers:import-marked", args=[batch.pk])
        page = client.get(reverse("suppliers:import-detail", args=[batch.pk])).content.decode()
        assert (address in page) == offered
    with pytest.raises(DomainError) as refused:
        write_marked_file(buyer, good.pk, io.BytesIO())
    assert refused.value.code == "import_state"
    assert client.get(address).status_code == 302
    assert sign_in(csr_specialist).get(address).status_code == 404


def test_programs_get_the_same_file(api_for: ApiFor, sign_in: SignIn, buyer: User) -> None:
    batch = checked(buyer, csv_text(TABLE).encode(), "list.csv")
    answer: Any = api_for(buyer).get(f"/api/v1/imports/{batch.pk}/marked/")
    assert 'filename="list-to-correct.xlsx"' in answer["Content-Disposition"]
    by_api = opened(b"".join(answer.streaming_content))
    by_page = opened(marked(sign_in(buyer), batch))
    for one, other in zip(by_api.worksheets, by_page.worksheets, strict=True):
        assert [*one.values] == [*other.values]
    assert not Supplier.objects.exists()
