"""A filter that asks for what does not exist shows, exports and selects nothing, and says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import Role
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.conftest import MakeUser

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/suppliers/"
EXPORT = "/suppliers/export/"


@pytest.fixture
def three(db: None) -> list[Supplier]:
    return [
        create_supplier(None, SupplierInput(f"S-{number}", f"Company {number}", "", "CN"))
        for number in range(3)
    ]


@pytest.fixture
def client(sign_in: SignIn, csr_specialist: User, three: list[Supplier]) -> Client:
    return sign_in(csr_specialist)


def notes(answer: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [tuple(cell.value for cell in row) for row in book.worksheets[1].rows]


WRONG = [
    ("category=NOPE", "Category"),
    ("rating=X", "CSR rating"),
    ("country=QQ", "Country or region"),
    ("status=gone", "Status"),
    ("country=CN&rating=X", "CSR rating"),
]


@pytest.mark.parametrize(("query", "label"), WRONG)
def test_the_list_shows_nothing_and_names_the_filter(
    client: Client, query: str, label: str
) -> None:
    page = client.get(f"{LIST}?{query}")
    text = page.content.decode()
    assert page.context["page_obj"].paginator.count == 0
    assert f"The filter “{label}” has a value that does not exist" in text
    assert text.count('class="chip"') == ("country=CN" in query)


@pytest.mark.parametrize(("query", "label"), WRONG)
@pytest.mark.parametrize("address", [EXPORT, "/suppliers/export/contacts/"])
def test_no_export_is_made(client: Client, address: str, query: str, label: str) -> None:
    answer = client.get(f"{address}?format=csv&{query}")
    assert answer.status_code == 400
    assert f"The filter “{label}” has a value" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/suppliers/bulk/buyer/",
        "/suppliers/bulk/category/",
        "/suppliers/documents/request/selected/",
        "/suppliers/assessments/send/selected/",
    ],
)
def test_nobody_is_selected(client: Client, address: str) -> None:
    assert client.get(f"{address}?all=1&country=CN").status_code == 200
    answer = client.get(f"{address}?all=1&rating=X")
    assert answer.status_code == 400
    assert "The filter “CSR rating” has a value" in answer.content.decode()


def test_the_buyer_who_buys_nothing_any_more(client: Client, make_user: MakeUser) -> None:
    former = make_user(Role.PROCUREMENT, "former")
    page = client.get(f"{LIST}?buyer={former.pk}")
    assert page.context["page_obj"].paginator.count == 0
    assert "The filter “Buyer” has a value" in page.content.decode()


def test_a_country_without_suppliers_is_an_answer(client: Client) -> None:
    page = client.get(f"{LIST}?country=DE")
    text = page.content.decode()
    assert "Nothing fits these filters" in text
    assert text.count('class="chip"') == 1
    answer = client.get(f"{EXPORT}?country=DE")
    assert notes(answer)[1:] == [("Country or region", "Germany")]


def test_an_order_that_does_not_exist_hides_nothing(client: Client) -> None:
    page = client.get(f"{LIST}?sort=nonsense&country=CN")
    assert page.context["page_obj"].paginator.count == 3
    assert client.get(f"{EXPORT}?sort=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("page", "export", "query"),
    [
        ("/suppliers/documents/", "/suppliers/documents/export/", "state=zzz"),
        ("/suppliers/assessments/", "/suppliers/assessments/export/", "state=zzz"),
        ("/suppliers/approvals/", "/suppliers/approvals/export/", "kind=zzz"),
        ("/minerals/declarations/", "/minerals/declarations/export/", "verdict=zzz"),
        ("/suppliers/imports/", "", "state=zzz"),
        ("/suppliers/assessments/new/", "", "kind=zzz"),
    ],
)
def test_other_lists_do_the_same(client: Client, page: str, export: str, query: str) -> None:
    answer = client.get(f"{page}?{query}")
    assert answer.context["page_obj"].paginator.count == 0
    assert "has a value that does not exist" in answer.content.decode()
    if export:
        assert client.get(f"{export}?{query}").status_code == 400


@pytest.mark.parametrize(
    "address", ["/suppliers/documents/request/", "/suppliers/assessments/send/"]
)
def test_requests_go_to_nobody(client: Client, address: str) -> None:
    answer = client.get(f"{address}?all=1&kind=zzz")
    assert answer.status_code == 400
    assert "The filter “Kind” has a value" in answer.content.decode()


def test_the_timeline_too(client: Client, three: list[Supplier]) -> None:
    here = f"/suppliers/{three[0].pk}/"
    assert client.get(f"{here}?tab=timeline").context["page_obj"].paginator.count
    page = client.get(f"{here}?tab=timeline&group=zzz")
    assert page.context["page_obj"].paginator.count == 0
    assert "The filter “Kind of event” has a value" in page.content.decode()
    assert client.get(f"{here}timeline/export/?group=zzz").status_code == 400


def test_the_users_too(sign_in: SignIn, admin: User) -> None:
    page = sign_in(admin).get("/settings/users/?role=zzz")
    assert page.context["page_obj"].paginator.count == 0
    assert "The filter “Role” has a value" in page.content.decode()


def test_an_export_says_truly_what_is_in_it(client: Client, three: list[Supplier]) -> None:
    chosen = client.get(f"{EXPORT}?ids={three[0].pk}&kind=service")
    assert notes(chosen)[1:] == [("Filters", "none: rows chosen one by one")]
    decided = client.get("/suppliers/approvals/export/?tab=decided")
    assert notes(decided)[1:] == [("Show", "Decided")]
    assert notes(client.get(EXPORT))[1:] == [("Filters", "none: the whole list")]
