"""The list of declarations: search, filters, order, pages, export, cost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from minerals.enums import DeclarationStatus, FindingSeverity, MatchKind, VerdictState
from minerals.models import Declaration, Finding, SmelterLine
from suppliers.models import Supplier
from tests.factories.minerals import make_declaration
from tests.minerals.web.pages import page

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<tr data-href="/minerals/declarations/(\d+)/">')


def shown(client: Client, query: str = "") -> list[int]:
    return [int(key) for key in ROW.findall(page(client, "declaration-list", query=query))]


@pytest.fixture
def three(supplier: Supplier, other_supplier: Supplier) -> dict[str, Declaration]:
    day = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    tin = make_declaration(
        supplier, file_name="tin 2026.xlsx", received_at=day, required_remaining=3,
        verdict=VerdictState.CORRECT_FIRST, status=DeclarationStatus.NEEDS_CORRECTION,
    )  # fmt: skip
    gold = make_declaration(
        other_supplier, family="EMRT", version="2.1", received_at=day + dt.timedelta(days=1),
        verdict=VerdictState.WITH_WARNINGS, warning_count=2, waiting_count=1,
    )  # fmt: skip
    nobody = make_declaration(
        None, company_name="Unknown Metals", received_at=day + dt.timedelta(days=2)
    )
    SmelterLine.objects.create(
        declaration=gold, row=5, metal="Gold", cid="CID900020", match=MatchKind.CID
    )
    Finding.objects.create(
        declaration=tin, position=0, code="email_invalid", severity=FindingSeverity.WARNING
    )
    return {"tin": tin, "gold": gold, "nobody": nobody}


def test_newest_comes_first(staff: Client, three: dict[str, Declaration]) -> None:
    assert shown(staff) == [three["nobody"].pk, three["gold"].pk, three["tin"].pk]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?search=亮锡", ["tin"]),
        ("?search=S-2", ["gold"]),
        ("?search=unknown+metals", ["nobody"]),
        ("?search=tin+2026", ["tin"]),
        ("?search=cid900020", ["gold"]),
        ("?search=CID900021", []),
        ("?search=email_invalid", ["tin"]),
        ("?family=EMRT", ["gold"]),
        ("?version=6.5", ["nobody", "tin"]),
        ("?verdict=correct_first", ["tin"]),
        ("?status=needs_correction", ["tin"]),
        ("?open=any", ["gold", "tin"]),
        ("?open=blocking", ["tin"]),
        ("?open=waiting", ["gold"]),
        ("?open=none", ["nobody"]),
        ("?received_from=2026-03-02&received_to=2026-03-02", ["gold"]),
        ("?sort=-open", ["tin", "nobody", "gold"]),
        ("?sort=supplier", ["tin", "gold", "nobody"]),
        ("?family=nonsense", []),
    ],
)
def test_search_filters_and_order(
    staff: Client, three: dict[str, Declaration], query: str, names: list[str]
) -> None:
    assert shown(staff, query) == [three[name].pk for name in names]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?verdict=correct_first", ["tin"]),
        ("?open=blocking", ["tin"]),
        ("?verdict=correct_first&status=superseded", ["old"]),
        ("?open=blocking&status=superseded", ["old"]),
        ("?search=tin", ["tin", "old"]),
    ],
)
def test_what_is_superseded_is_not_asked_for_unless_by_its_status(
    staff: Client,
    three: dict[str, Declaration],
    supplier: Supplier,
    query: str,
    expected: list[str],
) -> None:
    old = make_declaration(
        supplier, file_name="tin 2025.xlsx", received_at=dt.datetime(2025, 3, 1, tzinfo=dt.UTC),
        required_remaining=1, verdict=VerdictState.CORRECT_FIRST,
        status=DeclarationStatus.SUPERSEDED,
    )  # fmt: skip
    rows = {**three, "old": old}
    assert shown(staff, query) == [rows[name].pk for name in expected]


def test_supplier_filter(staff: Client, three: dict[str, Declaration], supplier: Supplier) -> None:
    assert shown(staff, f"?supplier={supplier.pk}") == [three["tin"].pk]


def test_contact_sees_own_company_only(contact: Client, three: dict[str, Declaration]) -> None:
    text = page(contact, "declaration-list")
    assert ROW.findall(text) == [str(three["tin"].pk)]
    assert "Golden Contact" not in text
    assert "Your declarations" in text


def test_fifty_rows_a_page_without_overlap(staff: Client, supplier: Supplier) -> None:
    for _number in range(53):
        make_declaration(supplier)
    first, second = shown(staff), shown(staff, "?page=2")
    assert (len(first), len(second)) == (50, 3)
    assert not set(first) & set(second)


def test_chips_say_what_is_filtered(staff: Client, three: dict[str, Declaration]) -> None:
    text = page(staff, "declaration-list", query="?family=EMRT&search=gold")
    assert "Form: <b>EMRT</b>" in text
    assert 'href="?search=gold"' in text


def test_empty_list_offers_the_upload(staff: Client) -> None:
    text = page(staff, "declaration-list")
    assert "No declarations yet" in text
    assert reverse("minerals:declaration-upload") in text


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, "declaration-list")
    return len(queries)


def test_cost_does_not_grow_with_the_rows(
    staff: Client, supplier: Supplier, other_supplier: Supplier
) -> None:
    for _number in range(3):
        make_declaration(supplier)
    few = cost(staff)
    for number in range(27):
        make_declaration(other_supplier if number % 2 else None)
    assert cost(staff) == few


def exported(client: Client, query: str) -> list[tuple[object, ...]]:
    response = client.get(f"{reverse('minerals:declaration-export')}{query}")
    book = load_workbook(io.BytesIO(b"".join(response)))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_export_is_what_is_on_screen(staff: Client, three: dict[str, Declaration]) -> None:
    rows = exported(staff, "?format=xlsx&open=any&sort=-open")
    assert [row[1] for row in rows[1:]] == ["Bright Tin Co.", "Golden Contact Ltd"]
    assert rows[1][9] == 3


def test_export_says_how_it_was_filtered(staff: Client, three: dict[str, Declaration]) -> None:
    response = staff.get(f"{reverse('minerals:declaration-export')}?format=xlsx&family=EMRT")
    book = load_workbook(io.BytesIO(b"".join(response)))
    assert ("Form", "EMRT") in list(book.worksheets[1].iter_rows(values_only=True))


def test_csv_never_starts_a_formula(staff: Client) -> None:
    make_declaration(None, company_name="=1+1")
    response = staff.get(f"{reverse('minerals:declaration-export')}?format=csv")
    assert response["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert rows[1][3] == "'=1+1"


def test_contact_exports_own_company_only(contact: Client, three: dict[str, Declaration]) -> None:
    assert [row[1] for row in exported(contact, "?format=xlsx")[1:]] == ["Bright Tin Co."]


def test_person_without_a_role_sees_nothing(
    make_user: Callable[..., object], sign_in: Callable[[object], Client]
) -> None:
    page(sign_in(make_user(None)), "declaration-list", status=403)
