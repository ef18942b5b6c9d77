"""The list of suppliers: filters, columns, saved views, the selection and what is done with it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.models import ActivityEntry
from suppliers.enums import Metal, RatingLevel, SupplierKind, SupplierStatus
from suppliers.filters.suppliers import SupplierFilter
from suppliers.models import AnnualSpend, Category, MineralScope, SavedView, Supplier
from suppliers.selectors.supplier_list import COLUMNS, DEFAULT_COLUMNS
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.conftest import MakeUser

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/suppliers/"
API = "/api/v1/suppliers/"
EVERY_COLUMN = ",".join(column.code for column in COLUMNS)


@pytest.fixture
def tree(db: None) -> dict[str, Category]:
    top = Category.objects.create(code="EL", name="Electronics", local_name="电子", path="EL/")
    below = Category.objects.create(code="EL-PCB", name="Boards", parent=top, path="EL/EL-PCB/")
    # A code that merely begins alike is not below.
    other = Category.objects.create(code="ELX", name="Elevators", path="ELX/")
    return {"top": top, "below": below, "other": other}


@pytest.fixture
def fleet(tree: dict[str, Category], buyer: User) -> dict[str, Supplier]:
    """Five suppliers that differ in everything the filters know."""
    today = clock.today()
    facts: list[dict[str, Any]] = [
        {"status": SupplierStatus.QUALIFIED, "rating_level": RatingLevel.A, "buyer": buyer},
        {"status": SupplierStatus.LIMITED, "rating_level": RatingLevel.D, "single_source": True},
        {"kind": SupplierKind.SERVICE, "phase_out_on": today + dt.timedelta(days=30)},
        {"phase_out_on": today + dt.timedelta(days=400)},
        {},
    ]
    made = {}
    for number, fields in enumerate(facts, start=1):
        country = "CN" if number % 2 else "DE"
        code = f"S-{number}"
        made[code] = create_supplier(None, SupplierInput(code, f"Company {number}", "", country))
        Supplier.objects.filter(pk=made[code].pk).update(**fields)
    made["S-1"].categories.add(tree["below"], tree["top"])
    made["S-2"].categories.add(tree["other"])
    for code, metal in (("S-1", Metal.TIN), ("S-1", Metal.GOLD), ("S-3", Metal.COBALT)):
        MineralScope.objects.create(supplier=made[code], metal=metal)
    return made


FILTERS = [
    ({"status": "qualified"}, ["S-1"]),
    ({"status": ["qualified", "limited"]}, ["S-1", "S-2"]),
    ({"category": "EL"}, ["S-1"]),
    ({"category": "EL-PCB"}, ["S-1"]),
    ({"category": "ELX"}, ["S-2"]),
    ({"country": "DE"}, ["S-2", "S-4"]),
    ({"buyer": "none"}, ["S-2", "S-3", "S-4", "S-5"]),
    ({"rating": "D"}, ["S-2"]),
    ({"rating": "unknown"}, ["S-3", "S-4", "S-5"]),
    ({"kind": "service"}, ["S-3"]),
    ({"minerals": "yes"}, ["S-1", "S-3"]),
    ({"minerals": "no"}, ["S-2", "S-4", "S-5"]),
    ({"minerals": "gold"}, ["S-1"]),
    ({"single_source": "yes"}, ["S-2"]),
    ({"phase_out": "planned"}, ["S-3", "S-4"]),
    ({"phase_out": "soon"}, ["S-3"]),
    ({"phase_out": "none"}, ["S-1", "S-2", "S-5"]),
    ({"country": "CN", "minerals": "yes", "kind": "service"}, ["S-3"]),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_page_api_and_export_filter_alike(
    sign_in: SignIn,
    auditor: User,
    fleet: dict[str, Supplier],
    query: dict[str, Any],
    expected: list[str],
) -> None:
    client = sign_in(auditor)
    assert codes(client.get(LIST, query)) == expected
    assert [row["code"] for row in client.get(API, query).json()["results"]] == expected
    assert [row[0] for row in exported(client, {**query, "columns": "code,name"})] == expected


def test_my_own_suppliers(
    sign_in: SignIn, buyer: User, auditor: User, fleet: dict[str, Supplier]
) -> None:
    assert codes(sign_in(buyer).get(LIST, {"buyer": "me"})) == ["S-1"]
    assert codes(sign_in(auditor).get(LIST, {"buyer": "me"})) == []
    assert codes(sign_in(auditor).get(LIST, {"buyer": str(buyer.pk)})) == ["S-1"]


def test_a_description_of_the_filters_does_not_freeze_their_choices(
    sign_in: SignIn, buyer: User, fleet: dict[str, Supplier]
) -> None:
    """The schema of the API builds the fields of the class itself."""
    for chosen in SupplierFilter.base_filters.values():
        assert chosen.field is not None
    assert codes(sign_in(buyer).get(LIST, {"buyer": "me"})) == ["S-1"]
    assert codes(sign_in(buyer).get(LIST, {"country": "DE"})) != codes(sign_in(buyer).get(LIST))


def test_names_of_buyers_are_not_for_suppliers(
    sign_in: SignIn, supplier_user: User, buyer: User, supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    assert sign_in(supplier_user).get(API, {"buyer": str(buyer.pk)}).status_code == 400


def test_merged_duplicates_are_not_listed(
    sign_in: SignIn, auditor: User, fleet: dict[str, Supplier]
) -> None:
    Supplier.objects.filter(pk=fleet["S-2"].pk).update(merged_into=fleet["S-1"])
    assert "S-2" not in codes(sign_in(auditor).get(LIST))


def test_columns_are_chosen_in_the_address_and_exported_as_shown(
    sign_in: SignIn, auditor: User, fleet: dict[str, Supplier]
) -> None:
    client = sign_in(auditor)
    page = client.get(LIST, {"columns": "minerals,code,nonsense,code"})
    assert page.context["state"].codes == ["name", "minerals", "code"]
    assert "Tin" in page.content.decode()
    head, *rows = exported(
        client, {"columns": "minerals,code,single_source", "category": "EL"}, head=True
    )
    assert head == (
        "Name", "Name in the local language", "Minerals in scope", "Code", "Single source"
    )  # fmt: skip
    assert len(rows) == 1
    assert rows[0][3] == "S-1"
    assert client.get(LIST).context["state"].codes == list(DEFAULT_COLUMNS)


def test_the_form_of_columns_works_without_a_script(
    sign_in: SignIn, auditor: User, fleet: dict[str, Supplier]
) -> None:
    client = sign_in(auditor)
    answer = client.get(LIST, {"columns": ["code", "name", "kind"], "country": "CN"})
    assert answer.headers["Location"] == "/suppliers/?columns=code,name,kind&country=CN"


def test_every_column_shows_something(
    sign_in: SignIn, auditor: User, fleet: dict[str, Supplier]
) -> None:
    owner = fleet["S-1"]
    AnnualSpend.objects.create(supplier=owner, year=2024, currency="CNY", amount=5)
    AnnualSpend.objects.create(supplier=owner, year=2025, currency="CNY", amount=1234567)
    client = sign_in(auditor)
    assert "2025: CNY 1,234,567" in client.get(LIST, {"columns": EVERY_COLUMN}).content.decode()
    assert len(exported(client, {"columns": EVERY_COLUMN})) == 5


@pytest.mark.parametrize("columns", ["", EVERY_COLUMN])
def test_list_asks_as_often_for_thirty_rows_as_for_three(
    sign_in: SignIn,
    auditor: User,
    buyer: User,
    tree: dict[str, Category],
    django_assert_max_num_queries: Any,
    columns: str,
) -> None:
    client = sign_in(auditor)

    def more(count: int) -> None:
        for _number in range(count):
            number = Supplier.objects.count()
            made = create_supplier(None, SupplierInput(f"C{number}", f"Company {number}"))
            Supplier.objects.filter(pk=made.pk).update(buyer=buyer)
            made.categories.add(tree["top"])
            MineralScope.objects.create(supplier=made, metal=Metal.TIN)

    more(3)
    with django_assert_max_num_queries(40) as few:
        client.get(LIST, {"columns": columns})
    more(27)
    with django_assert_max_num_queries(len(few)):
        page = client.get(LIST, {"columns": columns})
    assert len(page.context["lines"]) == 30


# --- Saved views ---------------------------------------------------------------------------------
def save(client: Client, name: str = "German ones", **data: str) -> Any:
    form = {"name": name, "query": "country=DE&page=3&x=1", "columns": "code,name", **data}
    return client.post(reverse("suppliers:view-save"), form)


def test_a_view_keeps_filters_and_columns(
    sign_in: SignIn, buyer: User, fleet: dict[str, Supplier]
) -> None:
    client = sign_in(buyer)
    answer = save(client)
    view = SavedView.objects.get()
    assert (view.owner, view.query, view.columns) == (buyer, "country=DE", ["code", "name"])
    page = client.get(answer.headers["Location"])
    assert codes(page) == ["S-2", "S-4"]
    assert page.context["state"].view == view
    assert not page.context["state"].is_changed
    changed = client.get(f"{answer.headers['Location']}&kind=production")
    assert changed.context["state"].is_changed


def test_a_view_is_renamed_updated_and_deleted_by_its_owner(
    sign_in: SignIn, buyer: User, auditor: User
) -> None:
    client = sign_in(buyer)
    save(client, is_shared="on")
    view = SavedView.objects.get()
    foreign = sign_in(auditor)
    routes = ("view-change", "view-update", "view-delete")
    for route in routes:
        address = reverse(f"suppliers:{route}", args=[view.pk])
        assert foreign.post(address, {"name": "Mine now"}).status_code == 404
    change, update, delete = (reverse(f"suppliers:{name}", args=[view.pk]) for name in routes)
    client.post(change, {"name": "Renamed"})
    client.post(update, {"query": "kind=service", "columns": "name,kind"})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.query) == ("Renamed", False, "kind=service")
    client.post(delete)
    assert not SavedView.objects.exists()


def test_names_of_views_are_ones_own_and_unique(
    sign_in: SignIn, buyer: User, auditor: User
) -> None:
    client = sign_in(buyer)
    for name in ("German ones", "German ones", "  ", "x" * 81):
        save(client, name)
    save(sign_in(auditor))
    assert SavedView.objects.count() == 2


def test_shared_views_are_offered_to_colleagues_only(
    sign_in: SignIn, buyer: User, auditor: User, fleet: dict[str, Supplier]
) -> None:
    save(sign_in(buyer), is_shared="on")
    save(sign_in(buyer), "Secret")
    page = sign_in(auditor).get(LIST)
    assert [tab["label"] for tab in page.context["view_tabs"]] == ["All suppliers", "German ones"]
    shared = page.context["view_tabs"][1]["url"]
    opened = sign_in(auditor).get(LIST + shared)
    assert codes(opened) == ["S-2", "S-4"]
    assert opened.context["own_view"] is None


def test_the_default_view_is_opened_first_and_only_one_is_it(
    sign_in: SignIn, buyer: User, fleet: dict[str, Supplier]
) -> None:
    client = sign_in(buyer)
    save(client, is_default="on")
    save(client, "Second", is_default="on", query="country=CN")
    assert [view.name for view in SavedView.objects.filter(is_default=True)] == ["Second"]
    assert codes(client.get(LIST, follow=True)) == ["S-1", "S-3", "S-5"]
    assert len(codes(client.get(LIST, {"view": "all"}))) == 5


# --- The selection -------------------------------------------------------------------------------
def test_selected_ones_are_exported(
    sign_in: SignIn, auditor: User, fleet: dict[str, Supplier]
) -> None:
    keys = [str(fleet[code].pk) for code in ("S-1", "S-4")]
    rows = exported(sign_in(auditor), {"ids": keys, "columns": "code,name"})
    assert [row[0] for row in rows] == ["S-1", "S-4"]


def test_set_the_buyer_of_the_selected(
    sign_in: SignIn, csr_specialist: User, buyer: User, fleet: dict[str, Supplier]
) -> None:
    client = sign_in(csr_specialist)
    keys = ",".join(str(fleet[code].pk) for code in ("S-1", "S-2"))
    address = f"{reverse('suppliers:supplier-bulk-buyer')}?ids={keys}"
    page = client.get(address)
    assert page.context["count"] == 2
    before = fleet["S-2"].revision
    client.post(address, {"buyer": buyer.pk, "expected": 2})
    fleet["S-2"].refresh_from_db()
    assert (fleet["S-2"].buyer, fleet["S-2"].revision) == (buyer, before + 1)
    entry = ActivityEntry.objects.get(verb="supplier.changed")
    assert entry.subject_id == str(fleet["S-2"].pk)  # S-1 had this buyer already
    assert entry.data == {"changes": {"buyer": ["", str(buyer)]}}


def test_all_that_fit_the_filters_get_a_category(
    sign_in: SignIn, buyer: User, fleet: dict[str, Supplier], tree: dict[str, Category]
) -> None:
    client = sign_in(buyer)
    address = f"{reverse('suppliers:supplier-bulk-category')}?all=1&country=CN"
    client.post(address, {"category": tree["top"].pk, "expected": 3})
    through = tree["top"].suppliers.order_by("code").values_list("code", flat=True)
    assert list(through) == ["S-1", "S-3", "S-5"]
    entries = ActivityEntry.objects.filter(verb="supplier.category_added")
    assert sorted(entry.subject_id for entry in entries) == sorted(
        str(fleet[code].pk) for code in ("S-3", "S-5")
    )


def test_a_list_that_changed_meanwhile_is_not_changed_blindly(
    sign_in: SignIn, buyer: User, fleet: dict[str, Supplier], tree: dict[str, Category]
) -> None:
    address = f"{reverse('suppliers:supplier-bulk-category')}?all=1&country=CN"
    page = sign_in(buyer).post(address, {"category": tree["other"].pk, "expected": 2})
    assert "now 3 suppliers fit" in page.content.decode()
    assert not ActivityEntry.objects.filter(verb="supplier.category_added").exists()


@pytest.mark.parametrize("route", ["supplier-bulk-buyer", "supplier-bulk-category"])
def test_nothing_selected_says_so(sign_in: SignIn, buyer: User, route: str) -> None:
    page = sign_in(buyer).get(reverse(f"suppliers:{route}"))
    assert "Nothing is selected" in page.content.decode()


def test_only_procurement_can_be_buyer(
    sign_in: SignIn,
    buyer: User,
    auditor: User,
    make_user: MakeUser,
    fleet: dict[str, Supplier],
) -> None:
    closed = make_user(Role.PROCUREMENT, "left", is_active=False)
    address = f"{reverse('suppliers:supplier-bulk-buyer')}?ids={fleet['S-2'].pk}"
    client = sign_in(buyer)
    for person in (auditor, closed):
        client.post(address, {"buyer": person.pk, "expected": 1})
    fleet["S-2"].refresh_from_db()
    assert fleet["S-2"].buyer is None


def test_taking_the_buyer_away_must_be_chosen(
    sign_in: SignIn, buyer: User, fleet: dict[str, Supplier]
) -> None:
    address = f"{reverse('suppliers:supplier-bulk-buyer')}?ids={fleet['S-1'].pk}"
    client = sign_in(buyer)
    client.post(address, {"expected": 1})
    fleet["S-1"].refresh_from_db()
    assert fleet["S-1"].buyer == buyer
    client.post(address, {"expected": 1, "buyer": "nobody"})
    fleet["S-1"].refresh_from_db()
    assert fleet["S-1"].buyer is None


def codes(page: Any) -> list[str]:
    return [line.supplier.code for line in page.context["lines"]]


def exported(client: Client, query: dict[str, Any], *, head: bool = False) -> list[Any]:
    answer = client.get(reverse("suppliers:supplier-export"), query)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    return rows if head else rows[1:]


def test_region_status_and_count_are_in_sight(
    sign_in: Callable[[User], Client], buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(region="Guangdong", status="qualified")
    page = sign_in(buyer).get("/suppliers/?region=guang&status=qualified")
    assert [one.code for one in page.context["page_obj"]] == ["S-1"]
    text = page.content.decode()
    assert '<span class="list-count">1 supplier</span>' in text
    assert page.context["status_count"] == 1
    assert "status" not in [bound.name for bound in page.context["rare"]]
