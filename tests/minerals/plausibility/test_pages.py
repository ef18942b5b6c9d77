"""Pages and API of plausibility: what they show, to whom, and how many questions they ask."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from minerals.models import PlausibilityAlert
from minerals.services.plausibility import look_at_all
from portal.selectors.work_sources import work_for
from suppliers.models import Category, Supplier
from suppliers.services.scopes import set_scope
from tests.minerals.plausibility.lists import ERRORS, cids, many_suppliers, with_list

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/minerals/plausibility/"
LENGTHS = "/minerals/plausibility/lengths/"


@pytest.fixture
def category(db: None) -> Category:
    return Category.objects.create(code="SOLDER", name="Solder", path="SOLDER/")


@pytest.fixture
def pair(category: Category) -> tuple[Supplier, Supplier]:
    one, two = many_suppliers(2)
    two.categories.add(category)
    with_list(one, cids(1), ERRORS)
    with_list(two, cids(1), ERRORS)
    look_at_all()
    return one, two


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_from_the_list_to_the_decision(
    pair: tuple[Supplier, Supplier], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    page = client.get(LIST).content.decode()
    assert "100 % of the smelters are the same; 3 spellings of its own too" in page
    assert f">{pair[1].name}</a>" in page
    assert pair[0].name in page
    alert = PlausibilityAlert.objects.get()
    page = client.get(alert.get_absolute_url()).content.decode()
    assert page.count("same own spelling") == 3
    assert "Brigth Tin Wroks" in page
    assert "row 35" in page
    assert "Keep the decision" in page
    refused = client.post(f"{alert.get_absolute_url()}decide/", {"state": "explained"})
    assert refused.status_code == 422
    data = {"state": "explained", "note": "One distributor."}
    told = client.post(f"{alert.get_absolute_url()}decide/", data, follow=True).content.decode()
    assert "One distributor." in told
    assert "Take the decision back" in told
    assert client.get(f"{LIST}?state=open").context["page_obj"].paginator.count == 0
    again = client.post(f"{alert.get_absolute_url()}decide/", data, follow=True).content.decode()
    assert "Somebody has decided this already." in again
    client.post(f"{alert.get_absolute_url()}reopen/")
    assert client.get(f"{LIST}?state=open").context["page_obj"].paginator.count == 1


def test_filters_and_export(
    pair: tuple[Supplier, Supplier], category: Category, csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)

    def count(query: str) -> int:
        total: int = client.get(LIST + query).context["page_obj"].paginator.count
        return total

    assert count(f"?search={pair[1].code}&kind=same_as_other&state=open") == 1
    assert count(f"?category={category.pk}") == 1
    assert count("?kind=whole_list") == 0
    assert count("?state=explained") == 0
    assert count("?state=over") == 0
    assert count("?kind=nonsense") == 0
    response = client.get(f"{LIST}export/?kind=same_as_other")
    sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if pair[1].code in row]
    assert len(rows) == 1
    assert f"{pair[0].code} · {pair[0].name}" in rows[0]


def test_who_does_not_see_the_other_supplier_reads_nothing_of_it(
    pair: tuple[Supplier, Supplier],
    category: Category,
    buyer: User,
    admin: User,
    sign_in: SignIn,
) -> None:
    set_scope(admin, buyer.pk, [category.pk], [])
    client = sign_in(buyer)
    alert = PlausibilityAlert.objects.get()
    for address in (LIST, alert.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "another supplier" in page
        assert pair[0].name not in page
        assert "Kettel Gold" not in page
    told = client.get(f"/api/v1/plausibility-alerts/{alert.pk}/").json()
    assert (told["supplier"]["code"], told["other"]) == (pair[1].code, None)
    content = client.get(f"{LIST}export/").getvalue()
    cells = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    assert not [row for row in cells if any(pair[0].name in str(cell) for cell in row)]
    PlausibilityAlert.objects.update(supplier=pair[0])
    assert client.get(alert.get_absolute_url()).status_code == 404


def test_a_supplier_sees_no_alert_anywhere(
    supplier: Supplier, supplier_user: User, csr_specialist: User, sign_in: SignIn
) -> None:
    (other,) = many_suppliers(1)
    with_list(other, cids(1))
    own = with_list(supplier, cids(1))
    look_at_all()
    alert = PlausibilityAlert.objects.get()
    inside = sign_in(csr_specialist).get(own.get_absolute_url()).content.decode()
    assert alert.get_absolute_url() in inside
    client = sign_in(supplier_user)
    outside = client.get(own.get_absolute_url()).content.decode()
    assert "Plausibility" not in outside
    assert client.get(LIST).status_code == 403
    assert client.get(alert.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/plausibility-alerts/").status_code == 403


def test_the_earlier_declaration_tells_of_it_too(
    pair: tuple[Supplier, Supplier], csr_specialist: User, sign_in: SignIn
) -> None:
    earlier = pair[0].declarations.get()
    page = sign_in(csr_specialist).get(earlier.get_absolute_url()).content.decode()
    assert "a later list resembles this one" in page


def test_it_waits_in_the_queue_of_reviewers(
    pair: tuple[Supplier, Supplier], csr_specialist: User, buyer: User
) -> None:
    url = PlausibilityAlert.objects.get().get_absolute_url()
    assert [item.url for item in work_for(csr_specialist)].count(url) == 1
    assert url not in [item.url for item in work_for(buyer)]


def test_the_ranking_of_lengths(category: Category, csr_specialist: User, sign_in: SignIn) -> None:
    suppliers = many_suppliers(6)
    for number, one in enumerate(suppliers):
        one.categories.add(category)
        with_list(one, cids(number, 4 if number else 60))
    client = sign_in(csr_specialist)
    response = client.get(LENGTHS)
    first = response.context["page_obj"][0]
    assert (first.supplier, first.reported.count, first.reported.median) == (suppliers[0], 60, 4.0)
    assert "1 list is far longer" in response.content.decode()
    for query, total in (
        ("?metal=Tin", 6), ("?metal=Gold", 0), (f"?category={category.pk}", 6),
        (f"?search={suppliers[2].code}", 1), ("?metal=nonsense", 0),
    ):  # fmt: skip
        assert client.get(LENGTHS + query).context["page_obj"].paginator.count == total, query
    content = client.get(f"{LENGTHS}export/?metal=Tin").getvalue()
    rows = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    assert [row for row in rows if suppliers[0].code in row and 15 in row]
    look_at_all()
    page = client.get(PlausibilityAlert.objects.get().get_absolute_url()).content.decode()
    assert "6 suppliers, median 4" in page


@pytest.mark.parametrize("address", [LIST, "/api/v1/plausibility-alerts/", LENGTHS])
def test_as_many_questions_for_twenty_as_for_two(
    address: str, category: Category, csr_specialist: User, sign_in: SignIn
) -> None:
    def add(count: int, prefix: str) -> None:
        for number, one in enumerate(many_suppliers(count, prefix)):
            one.categories.add(category)
            with_list(one, cids(number // 2))
        look_at_all()

    client = sign_in(csr_specialist)
    add(6, "FEW")
    few = queries(client, address)
    add(20, "MANY")
    assert queries(client, address) == few


def test_decided_by_program(
    pair: tuple[Supplier, Supplier], csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    (told,) = client.get("/api/v1/plausibility-alerts/?state=open").json()["results"]
    assert told["other"]["supplier"]["code"] == pair[0].code
    address = f"/api/v1/plausibility-alerts/{told['id']}/"

    def send(verb: str, **data: str) -> tuple[int, dict[str, object]]:
        answer = client.post(f"{address}{verb}/", data, content_type="application/json")
        return answer.status_code, answer.json()

    status, refused = send("decide", state="explained", note="")
    assert (status, refused["error"]["code"]) == (400, "alert_note_missing")  # type: ignore[index]
    assert send("decide", state="open", note="x")[0] == 400
    status, done = send("decide", state="confirmed", note="They copied it.")
    assert (status, done["state"], done["decided_by"]) == (200, "confirmed", csr_specialist.name)
    assert send("decide", state="confirmed", note="Again.")[0] == 409
    status, back = send("reopen")
    assert (status, back["state"], back["note"]) == (200, "open", "")
