"""Tables of inherent risk and the tree of categories from a program."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import Category, CountryRisk, KindRisk, SectorRisk, Supplier
from tests.api.conftest import ApiFor

pytestmark = pytest.mark.django_db
RISK = "/api/v1/risk/"
CATEGORIES = "/api/v1/categories/"


@pytest.fixture
def tree(db: None) -> dict[str, Category]:
    Category.objects.all().delete()
    top = Category.objects.create(code="EL", name="Electronics", path="EL/")
    below = Category.objects.create(code="PCB", name="Boards", path="EL/PCB/", parent=top)
    return {"EL": top, "PCB": below}


def test_points_of_a_country_are_set_and_taken_away(
    api_for: ApiFor, admin: User, auditor: User
) -> None:
    CountryRisk.objects.all().delete()
    client = api_for(admin)
    put = client.put(f"{RISK}countries/cn/", {"points": 4, "source": " Index  2026 "})
    assert put.json() == {"country": "CN", "points": 4, "source": "Index 2026"}
    assert api_for(auditor).get(f"{RISK}countries/").json()["results"] == [put.json()]
    again = client.put(f"{RISK}countries/CN/", {"points": 4, "source": "Index 2026"})
    assert again.status_code == 200
    assert ActivityEntry.objects.filter(verb="risk.changed").count() == 1
    gone = client.put(f"{RISK}countries/CN/", {"points": None})
    assert gone.json() == {"country": "CN", "points": None, "source": ""}
    assert not CountryRisk.objects.exists()


def test_a_category_counts_the_points_of_the_one_above(
    api_for: ApiFor, admin: User, auditor: User, tree: dict[str, Category]
) -> None:
    client = api_for(admin)
    top, below = tree["EL"], tree["PCB"]
    put = client.put(f"{RISK}categories/{top.pk}/", {"points": 3, "source": "Study"})
    assert put.json() == {
        "id": top.pk, "code": "EL", "points": 3, "counting": 3, "source": "Study",
    }  # fmt: skip
    lines = api_for(auditor).get(f"{RISK}categories/").json()["results"]
    assert lines == [
        put.json(),
        {"id": below.pk, "code": "PCB", "points": None, "counting": 3, "source": ""},
    ]


def test_points_of_a_kind(api_for: ApiFor, admin: User, auditor: User) -> None:
    KindRisk.objects.all().delete()
    put = api_for(admin).put(f"{RISK}kinds/service/", {"points": 0})
    assert put.json() == {"kind": "service", "points": 0}
    assert api_for(auditor).get(f"{RISK}kinds/").json()["results"] == [put.json()]
    gone = api_for(admin).put(f"{RISK}kinds/service/", {"points": None})
    assert gone.json() == {"kind": "service", "points": None}


@pytest.mark.parametrize(
    ("address", "data", "status", "code"),
    [
        ("countries/CN/", {"points": 7}, 400, "risk_points_out_of_range"),
        ("countries/CN/", {"points": 10**30}, 400, "risk_points_out_of_range"),
        ("countries/XX/", {"points": 1}, 400, "country_unknown"),
        ("countries/CN/", {"points": 1, "source": "x" * 256}, 400, "risk_source_too_long"),
        ("countries/CN/", {"source": "x"}, 400, "invalid_input"),
        ("categories/0/", {"points": 1}, 404, "category_not_found"),
        ("kinds/space/", {"points": 1}, 404, "supplier_kind_unknown"),
        ("kinds/service/", {"points": 3}, 400, "risk_points_out_of_range"),
    ],
)
def test_odd_points(
    address: str, data: dict[str, Any], status: int, code: str, api_for: ApiFor, admin: User
) -> None:
    before = CountryRisk.objects.count(), SectorRisk.objects.count(), KindRisk.objects.count()
    answer = api_for(admin).put(RISK + address, data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    after = CountryRisk.objects.count(), SectorRisk.objects.count(), KindRisk.objects.count()
    assert after == before


def test_a_category_is_changed_moved_and_deleted(
    api_for: ApiFor, admin: User, supplier: Supplier, tree: dict[str, Category]
) -> None:
    client = api_for(admin)
    top, below = (f"{CATEGORIES}{tree[code].pk}/" for code in ("EL", "PCB"))
    renamed = client.patch(below, {"local_name": "电路板"}).json()
    assert (renamed["name"], renamed["local_name"], renamed["parent"]) == ("Boards", "电路板", "EL")
    circle = client.patch(top, {"parent": "PCB"})
    assert (circle.status_code, circle.json()["error"]["code"]) == (400, "category_in_circle")
    used = client.delete(top)
    assert (used.status_code, used.json()["error"]["code"]) == (409, "category_in_use")
    moved = client.patch(below, {"parent": ""}).json()
    assert moved["parent"] == ""
    assert client.get(below).json() == moved
    assert Category.objects.get(code="PCB").path == "PCB/"
    assert client.delete(top).status_code == 204
    supplier.categories.add(tree["PCB"])
    used = client.delete(below)
    assert (used.status_code, used.json()["error"]["code"]) == (409, "category_in_use")
    assert client.get(top).json()["error"]["code"] == "category_not_found"
