"""A buyer with a scope sees the suppliers inside it, and what belongs to them, through any door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core.errors import DomainError, NotAllowed
from core.models import ActivityEntry
from minerals.models import Declaration
from suppliers.models import BuyerScope, Category, Supplier
from suppliers.services.scopes import set_scope
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def text_of(answer: Any) -> str:
    chunks = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(chunks.decode("utf-8-sig"))


@pytest.mark.parametrize(
    ("route", "query"),
    [
        ("suppliers:supplier-list", {}),
        ("suppliers:supplier-list", {"search": "Ltd Co"}),
        ("suppliers:supplier-export", {"format": "csv"}),
        ("suppliers:supplier-export", {"format": "csv", "ids": "{outside}"}),
        ("api-supplier-list", {}),
        ("portal:search", {"q": "S-"}),
        ("minerals:declaration-list", {}),
        ("minerals:declaration-export", {"format": "csv"}),
        ("api-declaration-list", {}),
        ("portal:home", {}),
    ],
)
def test_lists_hold_nothing_from_outside(
    sign_in: SignIn, scoped: User, inside: Supplier, outside: Supplier, route: str, query: Any
) -> None:
    for mark, owner in (("a", inside), ("b", outside)):
        declaration(owner, mark, company_name=f"{owner.code} as typed")
    wanted = {key: str(value).replace("{outside}", str(outside.pk)) for key, value in query.items()}
    answer = sign_in(scoped).get(reverse(route), wanted)
    assert answer.status_code == 200
    text = text_of(answer)
    assert outside.name not in text
    assert "S-2 as typed" not in text
    assert "b.xlsx" not in text


@pytest.mark.parametrize(
    "route",
    [
        "suppliers:supplier-detail",
        "suppliers:supplier-timeline-export",
        "suppliers:supplier-edit",
        "api-supplier-detail",
    ],
)
def test_pages_of_suppliers_outside_do_not_exist(
    sign_in: SignIn, scoped: User, inside: Supplier, outside: Supplier, route: str
) -> None:
    client = sign_in(scoped)
    answers = [client.get(reverse(route, args=[one.pk])).status_code for one in (inside, outside)]
    assert answers == [200, 404]


def test_declarations_follow_their_supplier_and_those_of_nobody_stay(
    sign_in: SignIn, scoped: User, auditor: User, inside: Supplier, outside: Supplier
) -> None:
    own, foreign, nobodys = (
        declaration(owner, mark) for owner, mark in ((inside, "a"), (outside, "b"), (None, "c"))
    )
    assert set(Declaration.objects.visible_to(scoped)) == {own, nobodys}
    assert Declaration.objects.visible_to(auditor).count() == 3
    client = sign_in(scoped)
    for item, status in ((own, 200), (foreign, 404), (nobodys, 200)):
        assert client.get(item.get_absolute_url()).status_code == status
        address = reverse("api-declaration-detail", args=[item.pk])
        assert client.get(address).status_code == status


def test_spend_by_program(
    sign_in: SignIn, scoped: User, inside: Supplier, outside: Supplier
) -> None:
    for each in (inside, outside):
        for year in (2024, 2025):
            each.spend.create(year=year, currency="CNY", amount=5)
    found = sign_in(scoped).get("/api/v1/spend/", {"year": "2025"}).json()
    rows = [(row["supplier"], row["year"], row["amount"]) for row in found["results"]]
    assert rows == [(inside.code, 2025, "5.00")]
    other = sign_in(scoped).get("/api/v1/spend/", {"supplier": outside.code}).json()
    assert other["count"] == 0


def test_a_supplier_with_two_categories_is_one_row(scoped: User, inside: Supplier) -> None:
    assert list(Supplier.objects.visible_to(scoped)) == [inside]


def test_whom_he_buys_from_is_always_inside(scoped: User, outside: Supplier) -> None:
    Supplier.objects.filter(pk=outside.pk).update(buyer=scoped)
    assert outside in Supplier.objects.visible_to(scoped)


def test_categories_and_countries_both_limit(
    buyer: User,
    admin: User,
    inside: Supplier,
    outside: Supplier,
    categories: dict[str, Category],
) -> None:
    both = [categories["top"].pk, categories["other"].pk]
    set_scope(admin, buyer.pk, both, ["de"])
    assert not Supplier.objects.visible_to(buyer).exists()
    set_scope(admin, buyer.pk, both, ["CN"])
    assert Supplier.objects.visible_to(buyer).count() == 2


def test_bulk_changes_do_not_reach_outside(
    sign_in: SignIn, scoped: User, outside: Supplier, inside: Supplier
) -> None:
    address = f"{reverse('suppliers:supplier-bulk-buyer')}?ids={outside.pk},{inside.pk}"
    client = sign_in(scoped)
    assert client.get(address).context["count"] == 1
    client.post(address, {"buyer": scoped.pk, "expected": 1})
    outside.refresh_from_db()
    assert outside.buyer is None


def test_another_role_beside_procurement_sees_all(
    scoped: User, outside: Supplier, inside: Supplier
) -> None:
    scoped.add_roles([Role.CSR_SPECIALIST])
    assert Supplier.objects.visible_to(User.objects.get(pk=scoped.pk)).count() == 2


def test_changes_are_on_record_and_an_empty_scope_is_none(
    scoped: User, admin: User, categories: dict[str, Category]
) -> None:
    set_scope(admin, scoped.pk, [], ["cn", "DE"])
    set_scope(admin, scoped.pk, [], ["DE", "CN"])
    set_scope(admin, scoped.pk, [], [])
    assert not BuyerScope.objects.exists()
    changes = [
        entry.data["changes"]
        for entry in ActivityEntry.objects.filter(verb="scope.changed").order_by("pk")
    ]
    assert changes == [
        {"scope_categories": [[], ["EL"]]},
        {"scope_categories": [["EL"], []], "scope_countries": [[], ["CN", "DE"]]},
        {"scope_countries": [["CN", "DE"], []]},
    ]


def test_refusals(buyer: User, auditor: User, admin: User) -> None:
    with pytest.raises(NotAllowed):
        set_scope(buyer, buyer.pk, [], ["CN"])
    for person, categories, countries, code in (
        (auditor, [], ["CN"], "scope_for_procurement_only"),
        (buyer, [0], [], "category_unknown"),
        (buyer, [], ["QQ"], "country_unknown"),
    ):
        with pytest.raises(DomainError) as refused:
            set_scope(admin, person.pk, categories, countries)
        assert refused.value.code == code
    assert not BuyerScope.objects.exists()


def test_the_administrators_page(
    sign_in: SignIn,
    admin: User,
    buyer: User,
    auditor: User,
    inside: Supplier,
    outside: Supplier,
    categories: dict[str, Category],
) -> None:
    client = sign_in(admin)
    address = reverse("suppliers:scope-edit", args=[buyer.pk])
    user_page = reverse("portal:settings-user-edit", args=[buyer.pk])
    assert address in client.get(user_page).content.decode()
    client.post(address, {"categories": [categories["top"].pk], "countries": ["CN"]})
    page = client.get(address)
    assert "1 of 2 suppliers" in page.content.decode()
    assert "What the buyer sees changed" in client.get(user_page).content.decode()
    other = client.get(reverse("suppliers:scope-edit", args=[auditor.pk])).content.decode()
    assert "Only what people of procurement see can be limited." in other
