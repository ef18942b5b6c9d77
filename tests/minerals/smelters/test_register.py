"""The register of smelters and the page of one: what is listed, found, counted, and as of when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from minerals.models import Smelter, SmelterListing
from minerals.selectors.smelter_history import smelter_history
from minerals.web.smelter_map import step_of
from suppliers.models import AnnualSpend, BuyerScope, Category, Supplier
from tests.factories.minerals import Desk
from tests.factories.smelters import declare, list_of, make_smelter

pytestmark = pytest.mark.django_db
A, B, C = "CID900001", "CID900002", "CID900003"
TODAY = clock.today()
LIST = "/minerals/smelters/"
SignIn = Callable[[User], Client]


@pytest.fixture
def smelters(db: None) -> list[Smelter]:
    list_of(TODAY - dt.timedelta(9), {A: "conformant", B: "non_conformant"})
    SmelterListing.objects.filter(cid=A).update(
        last_audit_on=dt.date(2025, 5, 1), due_on=TODAY + dt.timedelta(100)
    )
    return [
        make_smelter(A, name="Alpha", names="Alpha\nAlpha Tin Works\n阿尔法锡业"),
        make_smelter(B, name="Beta", metal="Gold", country="INDONESIA"),
        make_smelter(C, name="Gamma"),
    ]


def names(client: Client, query: str = "") -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [row.smelter.name for row in response.context["rows"]]


def test_found_by_any_name_and_by_filters(
    smelters: list[Smelter], supplier: Supplier, csr_specialist: User, sign_in: SignIn
) -> None:
    declare(supplier, B)
    client = sign_in(csr_specialist)
    assert names(client) == ["Beta", "Alpha", "Gamma"], "those that suppliers name come first"
    for query, found in (
        ("?search=tin+works", ["Alpha"]),
        ("?search=阿尔法", ["Alpha"]),
        ("?search=cid900002", ["Beta"]),
        ("?metal=Gold", ["Beta"]),
        ("?country=ID", ["Beta"]),
        ("?status=conformant", ["Alpha"]),
        ("?status=not_listed", ["Gamma"]),
        ("?assurance=rejected", ["Beta"]),
        ("?assurance=unassured", ["Gamma"]),
        ("?named=yes", ["Beta"]),
        ("?named=no", ["Alpha", "Gamma"]),
        ("?sort=name", ["Alpha", "Beta", "Gamma"]),
        ("?sort=-audit", ["Alpha"]),
        ("?sort=audit", ["Alpha"]),
    ):
        assert names(client, query)[: len(found)] == found, query


def test_a_row_says_what_is_known(
    smelters: list[Smelter], supplier: Supplier, csr_specialist: User, sign_in: SignIn
) -> None:
    declare(supplier, A, family="CMRT")
    declare(supplier, A, family="EMRT")
    response = sign_in(csr_specialist).get(f"{LIST}?search={A}")
    (row,) = response.context["rows"]
    smelter: Any = row.smelter
    assert (smelter.supplier_count, smelter.declaration_count) == (1, 2)
    assert (row.status, row.is_overdue) == ("conformant", False)
    assert "Conformant" in response.content.decode()


def test_a_buyer_with_a_scope_counts_only_what_he_sees(
    smelters: list[Smelter],
    supplier: Supplier,
    other_supplier: Supplier,
    buyer: User,
    sign_in: SignIn,
) -> None:
    Supplier.objects.filter(pk=other_supplier.pk).update(country="DE")
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    declare(supplier, A)
    declare(other_supplier, A)
    response = sign_in(buyer).get(f"{LIST}?search={A}")
    assert response.context["rows"][0].smelter.supplier_count == 1
    page = sign_in(buyer).get(f"{LIST}{A}/")
    dependency = page.context["dependency"]
    assert [one.supplier for one in dependency.dependants] == [other_supplier]
    assert dependency.of_suppliers == 1


def test_queries_do_not_grow_with_the_rows(csr_specialist: User, sign_in: SignIn) -> None:
    list_of(TODAY, {A: "conformant"})
    client = sign_in(csr_specialist)

    def asked(count: int) -> int:
        for number in range(count):
            make_smelter(f"CID91{count:02}{number:02}")
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    assert asked(3) == asked(30)


def test_export_is_what_the_list_shows(
    smelters: list[Smelter], csr_specialist: User, sign_in: SignIn
) -> None:
    response = sign_in(csr_specialist).get(f"{LIST}export/?metal=Gold")
    sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    (row,) = [row for row in rows if B in row]
    assert "Non-conformant" in row
    assert not [row for row in rows if A in row]


def test_countries_with_the_same_filters(
    smelters: list[Smelter], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    response = client.get(f"{LIST}countries/")
    assert [(row["code"], row["count"]) for row in response.context["rows"]] == [
        ("CN", 2),
        ("ID", 1),
    ]
    assert "2 of 3 smelters (67 %): China" in response.content.decode()
    response = client.get(f"{LIST}countries/?metal=Gold")
    assert [row["code"] for row in response.context["rows"]] == ["ID"]


# --- One smelter ---
def test_who_depends_on_it(
    smelters: list[Smelter],
    supplier: Supplier,
    other_supplier: Supplier,
    csr_specialist: User,
    sign_in: SignIn,
) -> None:
    boards = Category.objects.create(code="PCB", name="Boards", path="PCB/")
    supplier.categories.add(boards)
    for year, amount in ((2024, 7), (2025, 5)):
        AnnualSpend.objects.create(supplier=supplier, year=year, currency="CNY", amount=amount)
    declare(supplier, A)
    declare(other_supplier, B)
    response = sign_in(csr_specialist).get(f"{LIST}{A.lower()}/")
    dependency = response.context["dependency"]
    (one,) = dependency.dependants
    assert (one.supplier, one.year, dict(one.spend)) == (supplier, 2025, {"CNY": 5})
    (share,) = dependency.categories
    assert (share.category, share.suppliers, dict(share.spend)) == (boards, 1, {"CNY": 5})
    text = response.content.decode()
    assert "1 of 2 suppliers names this smelter" in text
    assert "no certificate of the material" in text


def test_the_page_asks_the_same_however_many_depend_on_it(
    smelters: list[Smelter], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)

    def asked(count: int) -> int:
        for number in range(count):
            declare(Supplier.objects.create(code=f"Q{count}-{number}", name=f"Q {number}"), A)
        client.get(f"{LIST}{A}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{LIST}{A}/")
        return len(captured)

    assert asked(3) == asked(20)


def test_status_over_time_and_as_of_a_day(
    desk: Desk, csr_specialist: User, sign_in: SignIn
) -> None:
    smelter = make_smelter(A)
    list_of(dt.date(2024, 1, 1), {A: "active"})
    list_of(dt.date(2025, 1, 1), {A: "conformant"})
    list_of(dt.date(2025, 6, 1), {A: "conformant"})
    list_of(dt.date(2026, 1, 1), {B: "conformant"})
    list_of(dt.date(2026, 3, 1), {A: ""}, source="lbma")
    history = smelter_history(smelter)
    assert [(one.since.isoformat(), one.status) for one in history.periods] == [
        ("2026-03-01", "cross_recognised"),
        ("2026-01-01", "not_listed"),
        ("2025-01-01", "conformant"),
        ("2024-01-01", "active"),
    ]
    assert [bool(row.listing) for row in history.rows] == [True, False, True, True, True]
    client = sign_in(csr_specialist)
    for day, status in (("2024-06-30", "Active"), ("2025-12-31", "Conformant")):
        asked = client.get(f"{LIST}{A}/?on={day}").context["asked"]
        assert asked["badge"].label == status
    for wrong in ("2024-02-31", "soon"):
        response = client.get(f"{LIST}{A}/?on={wrong}")
        assert (response.status_code, response.context["asked"]["problem"]) == (
            200,
            "This is no day.",
        )


def test_aliases_come_from_the_templates(desk: Desk, csr_specialist: User, sign_in: SignIn) -> None:
    desk.install()
    smelter = Smelter.objects.get(cid=A)
    page = sign_in(csr_specialist).get(smelter.get_absolute_url())
    assert page.context["aliases"]
    assert smelter.name not in page.context["aliases"]


def test_nobody_there(csr_specialist: User, sign_in: SignIn) -> None:
    assert sign_in(csr_specialist).get(f"{LIST}CID000000/").status_code == 404


def test_the_register_as_of_a_day(
    smelters: list[Smelter], csr_specialist: User, sign_in: SignIn
) -> None:
    list_of(TODAY - dt.timedelta(100), {A: "active"})
    SmelterListing.objects.filter(cid=A, status="active").update(last_audit_on=dt.date(2024, 2, 3))
    day = TODAY - dt.timedelta(50)
    client = sign_in(csr_specialist)
    assert names(client, "?status=active") == []
    assert names(client, f"?status=active&on={day}") == ["Alpha"]
    assert names(client, f"?assurance=rejected&on={day}") == []
    page = client.get(f"{LIST}?status=active&on={day}").content.decode()
    assert "3 Feb 2024" in page
    assert "suppliers and declarations are those of today" in page
    assert f'href="{smelters[0].get_absolute_url()}?on={day}"' in page
    assert names(client, "?on=tomorrow") == []
    answer = client.get(f"/api/v1/smelters/?on={day}&metal=Tin&status=active").json()
    assert [row["status"] for row in answer["results"]] == ["active"]
    response = client.get(f"{LIST}export/?on={day}&status=active")
    cells = openpyxl.load_workbook(BytesIO(response.getvalue())).worksheets[0]
    (row,) = [row for row in cells.iter_rows(values_only=True) if A in row]
    assert "Active" in row


def test_the_map_says_what_the_table_says(
    smelters: list[Smelter], csr_specialist: User, supplier_user: User, sign_in: SignIn
) -> None:
    make_smelter("CID900008", name="Delta", country="SINGAPORE")
    nowhere = make_smelter("CID900009", name="Epsilon")
    Smelter.objects.filter(pk=nowhere.pk).update(country_code="")
    client = sign_in(csr_specialist)
    response = client.get(f"{LIST}countries/?assurance=unassured")
    drawn = response.context["map"]
    table = {row["code"]: row["count"] for row in response.context["rows"]}
    on_map = {one.code: one.count for one in drawn.named}
    assert on_map | {row["code"]: row["count"] for row in drawn.beneath} == table
    assert [row["code"] for row in drawn.beneath] == [""]
    assert drawn.named[-1].dot is not None, "dots lie above the countries"
    page = response.content.decode()
    assert 'aria-label="Singapore: 1 smelter"' in page
    assert f'href="{LIST}?assurance=unassured&amp;country=SG"' in page
    assert "Not on the map: Not known (1)" in page
    assert sign_in(supplier_user).get(f"{LIST}countries/").status_code == 403


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (2, 1), (3, 2), (29, 3), (30, 4), (99, 4), (100, 5)]
)
def test_shades_of_the_map(count: int, step: int) -> None:
    assert step_of(count) == step
