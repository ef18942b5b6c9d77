"""Saved views and scopes of buyers from a program."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import BuyerScope, Category, SavedView, Supplier
from tests.api.conftest import ApiFor
from tests.conftest import MakeUser

pytestmark = pytest.mark.django_db
VIEWS = "/api/v1/saved-views/"
SCOPES = "/api/v1/buyer-scopes/"


def test_a_view_is_kept_as_the_page_keeps_it(api_for: ApiFor, buyer: User) -> None:
    wanted = {
        "name": " Chinese  ones ",
        "query": "sort=name&country=CN&page=3&unknown=1&status=",
        "columns": ["name", "rating", "unknown", "name"],
        "is_default": True,
    }
    made = api_for(buyer).post(VIEWS, wanted)
    assert made.status_code == 201
    assert made.json() == {
        "id": SavedView.objects.get().pk,
        "owner": buyer.email,
        "name": "Chinese ones",
        "query": "country=CN&sort=name",
        "columns": ["name", "rating"],
        "is_shared": False,
        "is_default": True,
    }
    browser = Client()
    browser.force_login(buyer)
    page = browser.get(reverse("suppliers:supplier-list"), follow=True)
    assert page.request["QUERY_STRING"].startswith("country=CN&sort=name&columns=name%2Crating")


def test_a_view_is_renamed_filled_anew_and_deleted(api_for: ApiFor, buyer: User) -> None:
    client = api_for(buyer)
    key = client.post(VIEWS, {"name": "One", "query": "country=CN"}).json()["id"]
    renamed = client.put(f"{VIEWS}{key}/", {"name": "Two", "is_shared": True}).json()
    assert (renamed["name"], renamed["query"], renamed["is_shared"]) == ("Two", "country=CN", True)
    filled = client.put(f"{VIEWS}{key}/filters/", {"query": "kind=service", "columns": ["code"]})
    assert (filled.json()["query"], filled.json()["columns"]) == ("kind=service", ["code"])
    assert filled.json()["is_shared"] is True
    assert client.delete(f"{VIEWS}{key}/").status_code == 204
    assert not SavedView.objects.exists()


def test_views_of_colleagues_are_offered_when_shared_and_never_changed(
    api_for: ApiFor, buyer: User, auditor: User
) -> None:
    SavedView.objects.create(owner=auditor, list_name="suppliers", name="Private")
    shared = SavedView.objects.create(
        owner=auditor, list_name="suppliers", name="A shared one", is_shared=True
    )
    own = SavedView.objects.create(owner=buyer, list_name="suppliers", name="Mine")
    client = api_for(buyer)
    found = client.get(VIEWS).json()["results"]
    assert [row["id"] for row in found] == [own.pk, shared.pk]
    for answer in (
        client.put(f"{VIEWS}{shared.pk}/", {"name": "Taken"}),
        client.put(f"{VIEWS}{shared.pk}/filters/", {}),
        client.delete(f"{VIEWS}{shared.pk}/"),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "saved_view_not_found")
    shared.refresh_from_db()
    assert shared.name == "A shared one"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"name": ""}, "view_name_missing"),
        ({"name": "x" * 81}, "view_name_missing"),
        ({"name": "Mine"}, "view_name_taken"),
        ({"name": "Long", "query": "search=" + "x" * 1000}, "view_too_long"),
        ({"name": "Odd", "columns": "name"}, "invalid_input"),
    ],
)
def test_odd_views(api_for: ApiFor, buyer: User, data: dict[str, Any], code: str) -> None:
    SavedView.objects.create(owner=buyer, list_name="suppliers", name="Mine")
    answer = api_for(buyer).post(VIEWS, data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_an_administrator_limits_a_buyer_and_lifts_it(
    api_for: ApiFor, admin: User, buyer: User, supplier: Supplier
) -> None:
    Category.objects.create(code="EL", name="Electronics", path="EL/")
    client, address = api_for(admin), f"{SCOPES}{buyer.pk}/"
    free = client.get(address).json()
    assert (free["email"], free["categories"], free["countries"]) == (buyer.email, [], [])
    wanted = {"categories": ["EL"], "countries": ["cn", "VN"]}
    limited = client.put(address, wanted).json()
    assert (limited["categories"], limited["countries"]) == (["EL"], ["CN", "VN"])
    assert client.get(address).json() == limited
    assert api_for(buyer).get("/api/v1/suppliers/").json()["count"] == 0
    assert ActivityEntry.objects.filter(verb="scope.changed").count() == 1
    lifted = client.put(address, {"categories": [], "countries": []}).json()
    assert (lifted["categories"], lifted["countries"]) == ([], [])
    assert not BuyerScope.objects.exists()
    assert api_for(buyer).get("/api/v1/suppliers/").json()["count"] == 1


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"categories": ["NONE"], "countries": []}, "category_unknown", "categories"),
        ({"categories": [], "countries": ["XX"]}, "country_unknown", "countries"),
        ({"categories": []}, "invalid_input", "countries"),
    ],
)
def test_odd_scopes(
    data: dict[str, Any], code: str, field: str, api_for: ApiFor, admin: User, buyer: User
) -> None:
    answer = api_for(admin).put(f"{SCOPES}{buyer.pk}/", data)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], list(error["fields"])) == (400, code, [field])


def test_only_people_of_procurement_are_limited(
    api_for: ApiFor, admin: User, auditor: User, buyer: User
) -> None:
    client, address = api_for(admin), f"{SCOPES}{auditor.pk}/"
    answer = client.put(address, {"categories": [], "countries": ["CN"]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (
        409, "scope_for_procurement_only",
    )  # fmt: skip
    assert client.get(address).status_code == 404
    assert [row["id"] for row in client.get(SCOPES).json()["results"]] == [buyer.pk]


def test_buyers_are_found_with_as_many_queries_for_thirty_as_for_three(
    api_for: ApiFor,
    admin: User,
    buyer: User,
    make_user: MakeUser,
    django_assert_max_num_queries: Any,
) -> None:
    client = api_for(admin)
    BuyerScope.objects.create(user=buyer, countries=["CN"])
    group = buyer.groups.get()
    for count in (3, 30):
        for number in range(count):
            person = User.objects.create_user(f"b{count}-{number}@example.test")
            person.groups.add(group)
            BuyerScope.objects.create(user=person, countries=["VN"])
        with django_assert_max_num_queries(8):
            assert client.get(SCOPES).status_code == 200
    BuyerScope.objects.filter(user=person).delete()
    expected: tuple[tuple[dict[str, str], int], ...] = (
        ({"limited": "true"}, 33),
        ({"limited": "false"}, 1),
        ({"search": "b30-1@"}, 1),
    )
    for query, count in expected:
        assert client.get(SCOPES, query).json()["count"] == count, query
