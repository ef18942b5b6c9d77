"""What a list shows and what an object answers are the same things, for every role and door."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from minerals.models import Declaration, ReferenceSnapshot
from suppliers.models import Supplier
from tests.conftest import MakeUser
from tests.permissions.table import CONTACTS, STAFF
from tests.permissions.world import declaration, snapshot

PEOPLE = ("nobody", *CONTACTS, *STAFF)
# list, object, the keys of all objects there are
API_DOORS = {
    "api-declaration": Declaration,
    "api-supplier": Supplier,
    "api-snapshot": ReferenceSnapshot,
}


@pytest.fixture
def nobody(make_user: MakeUser) -> User:
    return make_user(None, "nobody")


@pytest.fixture
def things(supplier: Supplier, other_supplier: Supplier) -> None:
    for mark, owner in (("a", supplier), ("b", supplier), ("d", other_supplier), ("e", None)):
        declaration(owner, mark)
    snapshot("c")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("door", API_DOORS)
def test_api_list_and_object_agree(
    door: str, person: str, things: None, request: pytest.FixtureRequest
) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(person))
    answer = client.get(reverse(f"{door}-list")).json()
    listed = {row["id"] for row in answer["results"]}
    keys = set(API_DOORS[door]._default_manager.values_list("pk", flat=True))
    answers = {pk: client.get(reverse(f"{door}-detail", args=[pk])).status_code for pk in keys}
    assert set(answers.values()) <= {200, 404}
    assert listed == {pk for pk, status in answers.items() if status == 200}


@pytest.mark.parametrize(
    ("person", "count"),
    [("nobody", 0), ("supplier_user", 2), ("other_supplier_user", 1), ("auditor", 4)],
)
def test_what_each_sees_of_declarations(
    person: str, count: int, things: None, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(person)
    assert Declaration.objects.visible_to(actor).count() == count


@pytest.mark.parametrize("person", [*CONTACTS, "auditor"])
def test_page_list_and_page_agree(
    person: str, things: None, request: pytest.FixtureRequest
) -> None:
    client = Client()
    actor = request.getfixturevalue(person)
    client.force_login(actor)
    listing = client.get(reverse("minerals:declaration-list")).content.decode()
    for pk in Declaration.objects.values_list("pk", flat=True):
        address = reverse("minerals:declaration-detail", args=[pk])
        assert (f'"{address}"' in listing) == (client.get(address).status_code == 200)


@pytest.mark.parametrize("person", CONTACTS)
def test_filters_do_not_widen_the_scope(
    person: str, things: None, request: pytest.FixtureRequest
) -> None:
    """Naming another supplier in a filter shows nothing of it, not even that it exists."""
    actor = request.getfixturevalue(person)
    client = Client()
    client.force_login(actor)
    for supplier in Supplier.objects.all():
        answer = client.get(reverse("api-declaration-list"), {"supplier": supplier.pk})
        own = supplier.contacts.filter(user=actor).exists()
        assert answer.status_code == (200 if own else 400)


def test_search_stays_within_the_scope(
    things: None, supplier_user: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    client = Client()
    client.force_login(supplier_user)
    page = client.get(reverse("portal:search"), {"q": "xlsx"}).content.decode()
    own, foreign = (
        Declaration.objects.get(file_name=name).get_absolute_url() for name in ("a.xlsx", "d.xlsx")
    )
    assert own in page
    assert foreign not in page
    assert other_supplier.name not in page
