"""One rule, many doors: form, API and spreadsheet leave the same record; files go round."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import AnnualSpend, Category, Site, Supplier, SupplierContact
from suppliers.rules.related_data import ContactInput, SiteInput, SpendInput
from suppliers.selectors.import_records import supplier_records
from suppliers.selectors.links import record_of
from suppliers.services.contacts import save_contact
from suppliers.services.sites import save_site
from suppliers.services.spend import set_spend
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, found, imported, workbook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
__all__ = ["api_for"]

VALUES: dict[str, Any] = {
    "name": "Bright  Tin Co., Ltd.",
    "local_name": "亮锡有限公司",
    "country": "cn",
    "kind": "service",
    "region": "Guangdong",
    "city": "Shenzhen",
    "address": "8 Keji Road",
    "parent": "p-1",
    "single_source": True,
    "phase_out_on": "2027-06-30",
    "phase_out_reason": "Ends",
    "uscc": "91350100M000100Y43",
    "duns": "12-345-6789",
    "vat": "DE 123456789",
    "categories": ["EL", "ME"],
    "minerals": ["gold", "tin"],
    "minerals_reason": "Solder",
}


@pytest.fixture
def parent(db: None) -> Supplier:
    for code in ("EL", "ME"):
        Category.objects.create(code=code, name=code, path=f"{code}/")
    return create_supplier(None, SupplierInput("P-1", "Parent Co."))


def test_form_api_and_spreadsheet_leave_the_same_record(
    sign_in: SignIn, api_for: ApiFor, buyer: User, parent: Supplier
) -> None:
    form = {**VALUES, "code": "F-1", "country": "CN", "buyer": buyer.email, "single_source": "on"}
    page = sign_in(buyer).post(reverse("suppliers:supplier-create"), form)
    assert page.status_code == 302, page.context["form"].errors
    pushed = api_for(buyer).put(
        "/api/v1/suppliers/by-code/A-1/", {**VALUES, "buyer": buyer.email}, format="json"
    )
    assert pushed.status_code == 201, pushed.json()
    cells = {**VALUES, "code": "X-1", "buyer": buyer.email, "single_source": "是"}
    cells |= {"categories": "el；ME", "minerals": "Gold; tin"}
    imported(buyer, workbook([list(cells), list(cells.values())]))
    records = []
    for code in ("F-1", "A-1", "X-1"):
        supplier = Supplier.objects.get(code=code)
        keys = (supplier.name_key, supplier.local_name_key, supplier.core_key, supplier.revision)
        changes = supplier.status_changes.values_list("action", "from_status", "to_status")
        numbers = sorted(supplier.registrations.values_list("kind", "number", "key"))
        verbs = [entry.verb for entry in ActivityEntry.objects.about(supplier)]
        record = {**record_of(supplier), "code": ""}
        records.append((record, keys, list(changes), numbers, supplier.status, verbs))
    assert records[0] == records[1] == records[2]
    assert records[0][0]["parent"] == "P-1"


def test_many_records_are_read_as_one_is(buyer: User, parent: Supplier) -> None:
    imported(buyer, workbook([["code", "name", "parent"], ["B-1", "One", "P-1"]]))
    for supplier in Supplier.objects.all():
        assert supplier_records(buyer, [supplier.pk])[supplier.pk] == record_of(supplier)


@pytest.fixture
def full(buyer: User, parent: Supplier) -> None:
    data = {**VALUES, "categories": ("EL",), "minerals": ("tin",), "phase_out_on": None}
    data |= {"phase_out_reason": "", "buyer": buyer.email}
    create_supplier(None, SupplierInput("S-1", **data))
    formula = create_supplier(None, SupplierInput("=1+1", "@Sum Co.", "-minus", "DE"))
    save_contact(buyer, formula.pk, ContactInput("Wang Liang", "w@x.co", "+86 755", role="csr"))
    save_contact(buyer, formula.pk, ContactInput("No Address", language="zh-hans", may_sign=True))
    save_site(buyer, formula.pk, SiteInput("SZ", "Plant", "工厂", "CN", is_active=False))
    for year, amount in ((2024, "12.50"), (2025, "1000000.00")):
        data = {"year": year, "currency": "CNY", "amount": amount}
        from decimal import Decimal

        set_spend(buyer, formula.pk, SpendInput(year, "CNY", Decimal(amount)))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("kind", "count"), [("suppliers", 3), ("contacts", 2), ("sites", 1), ("spend", 2)]
)
def test_an_export_comes_back_unchanged(
    sign_in: SignIn, buyer: User, full: None, kind: str, count: int, ending: str, language: str
) -> None:
    buyer.language = language
    buyer.save()
    address = reverse("suppliers:import-export", args=[kind])
    answer = sign_in(buyer).get(address, {"format": ending})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    batch = checked(buyer, content, f"a.{ending}", kind)
    assert found(batch) == []
    assert (batch.state, batch.counts["same"]) == ("ready", count)
    assert {row.action for row in batch.rows.all()} == {"same"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ["suppliers", "contacts", "sites", "spend"])
def test_template_has_notes_lists_and_known_headings(
    sign_in: SignIn, buyer: User, parent: Supplier, kind: str, language: str
) -> None:
    buyer.language = language
    buyer.save()
    answer = sign_in(buyer).get(reverse("suppliers:import-template"), {"kind": kind})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(io.BytesIO(content))
    data, guide, lists = book.worksheets
    assert lists.sheet_state == "hidden"
    assert all(cell.comment is not None for cell in data[1])
    reaches = {str(each.sqref) for each in data.data_validations.dataValidation}
    assert all(reach.endswith("5001") for reach in reaches)
    assert bool(reaches)
    assert guide.max_row > len(data[1])
    batch = checked(buyer, content, "a.xlsx", kind)
    assert [code for _, _, code in found(batch)] == ["empty_sheet"]


def test_choices_of_the_template_are_understood(
    sign_in: SignIn, buyer: User, parent: Supplier
) -> None:
    answer = sign_in(buyer).get(reverse("suppliers:import-template"), {"kind": "suppliers"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(io.BytesIO(content))
    data, _guide, lists = book.worksheets
    headings = [str(cell.value) for cell in data[1]]
    for number in (1, 2, 3):
        row = {"Supplier code *": f"T-{number}", "Name *": f"Template {number}"}
        for place, heading in enumerate(headings, start=1):
            option = lists.cell(row=number, column=place).value
            if option and heading != "Materials in scope":
                row[heading] = str(option)
        for place, heading in enumerate(headings, start=1):
            data.cell(row=number + 1, column=place, value=row.get(heading, ""))
    target = io.BytesIO()
    book.save(target)
    batch = checked(buyer, target.getvalue())
    assert [each for each in found(batch) if each[2] != "row_resembles"] == []
    assert batch.counts["create"] == 3


def test_push_twice_changes_nothing(api_for: ApiFor, buyer: User, parent: Supplier) -> None:
    client = api_for(buyer)
    address = "/api/v1/suppliers/by-code/E-1/"
    first = client.put(address, {"name": "Erp Co.", "city": "Wuhan"}, format="json")
    again = client.put(address, {"name": "Erp Co."}, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    supplier = Supplier.objects.get(code="E-1")
    assert (supplier.city, supplier.revision) == ("Wuhan", 1)
    assert ActivityEntry.objects.about(supplier).count() == 1
    spend = f"{address}spend/2025/cny/"
    codes = [client.put(spend, {"amount": "12.50"}, format="json").status_code for _ in range(2)]
    assert codes == [201, 200]
    assert client.put(spend, {"amount": "13"}, format="json").status_code == 200
    entries = ActivityEntry.objects.filter(verb="supplier.spend_set").order_by("pk")
    assert [entry.data["changes"]["2025 CNY"] for entry in entries] == [
        ["", "12.50"],
        ["12.50", "13.00"],
    ]
    wrong = client.put(f"{address}spend/1850/xxx/", {"amount": "-1"}, format="json")
    assert wrong.status_code == 400
    assert set(wrong.json()["error"]["fields"]) == {"year", "currency", "amount"}


def test_spend_of_many_is_all_or_nothing(api_for: ApiFor, buyer: User, parent: Supplier) -> None:
    client = api_for(buyer)
    good = [
        {"supplier": "p-1", "year": "2024", "currency": "CNY", "amount": "5"},
        {"supplier": "P-1", "year": "2025", "currency": "EUR", "amount": "6.25"},
    ]
    wrong = [
        *good,
        {"supplier": "NO", "year": "2025", "currency": "EUR", "amount": "7"},
        {"supplier": "P-1", "year": "2025", "currency": "EUR", "amount": "1,5"},
    ]
    answer = client.post("/api/v1/spend/", wrong, format="json")
    assert (answer.status_code, set(answer.json()["error"]["fields"])) == (
        400,
        {"2.supplier", "3.amount"},
    )
    assert not AnnualSpend.objects.exists()
    assert client.post("/api/v1/spend/", good, format="json").json() == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
    }
    good[0]["amount"] = "5.50"
    assert client.post("/api/v1/spend/", good, format="json").json() == {
        "created": 0,
        "changed": 1,
        "unchanged": 1,
    }
    assert client.post("/api/v1/spend/", good * 501, format="json").status_code == 400
    assert Site.objects.count() + SupplierContact.objects.count() == 0


def test_the_date_of_a_phase_out_that_is_done_stays_by_every_door(
    sign_in: SignIn, api_for: ApiFor, buyer: User, parent: Supplier
) -> None:
    gone = {"phase_out_on": "2026-01-31", "phase_out_reason": "Ends"}
    Supplier.objects.filter(pk=parent.pk).update(status="phased_out", **gone)
    later = {**gone, "phase_out_on": "2030-01-31", "name": "Parent Co."}
    form = {"code": "P-1", **later}
    page = sign_in(buyer).post(reverse("suppliers:supplier-edit", args=[parent.pk]), form)
    assert list(page.context["form"].errors) == ["phase_out_on"]
    pushed = api_for(buyer).put("/api/v1/suppliers/by-code/P-1/", later, format="json")
    assert (pushed.status_code, pushed.json()["error"]["code"]) == (400, "phase_out_fixed")
    batch = checked(buyer, workbook([["code", "phase_out_on"], ["P-1", "2030-01-31"]]))
    assert "phase_out_fixed" in str(found(batch))
    same = {**gone, "name": "Parent Co. Ltd"}
    assert (
        api_for(buyer).put("/api/v1/suppliers/by-code/P-1/", same, format="json").status_code == 200
    )
    parent.refresh_from_db()
    assert str(parent.phase_out_on) == "2026-01-31"


def test_a_phase_out_in_the_past_is_refused_by_every_door(
    sign_in: SignIn, api_for: ApiFor, buyer: User, parent: Supplier
) -> None:
    past = {"name": "Parent Co.", "phase_out_on": "0206-12-31", "phase_out_reason": "Ends"}
    page = sign_in(buyer).post(
        reverse("suppliers:supplier-edit", args=[parent.pk]), {"code": "P-1", **past}
    )
    assert list(page.context["form"].errors) == ["phase_out_on"]
    for code in ("P-1", "P-2"):
        pushed = api_for(buyer).put(f"/api/v1/suppliers/by-code/{code}/", past, format="json")
        assert pushed.json()["error"]["code"] == "phase_out_date_impossible"
    rows = [[code, "Parent Co.", "2020-12-31", "Ends"] for code in ("P-1", "P-2")]
    heads = ["code", "name", "phase_out_on", "phase_out_reason"]
    batch = checked(buyer, workbook([heads, *rows]))
    assert str(found(batch)).count("phase_out_date_impossible") == 2
    parent.refresh_from_db()
    assert parent.phase_out_on is None
