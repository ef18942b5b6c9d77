"""One search box for everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from minerals.models import Finding
from suppliers.models import Supplier
from tests.permissions.world import CID, declaration, smelter_row, snapshot

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def hits(client: Client, query: str) -> dict[str, list[str]]:
    groups = client.get("/search/", {"q": query}).context["groups"]
    return {group.label: [hit.title for hit in group.hits] for group in groups}


@pytest.fixture
def things(supplier: Supplier, other_supplier: Supplier) -> None:
    found = declaration(supplier, "a", company_name="Bright Tin Holdings")
    line = smelter_row(found)
    type(line).objects.filter(pk=line.pk).update(cid=CID)
    Finding.objects.create(
        declaration=found, position=1, code="contact_email_missing", severity="error"
    )
    snapshot()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("golden", {"Suppliers": ["Golden Contact Ltd"]}),
        ("a.xlsx", {"Declarations": ["Bright Tin Co."]}),
        ("holdings", {"Declarations": ["Bright Tin Co."]}),
        (
            CID.lower(),
            {"Declarations": ["Bright Tin Co."], "Smelters in the reference list": ["Bright Tin"]},
        ),
        ("x", {}),
        ("no such thing", {}),
    ],
)
def test_finds(
    sign_in: SignIn, auditor: User, things: None, query: str, expected: dict[str, list[str]]
) -> None:
    assert hits(sign_in(auditor), query) == expected


def test_a_finding_code_opens_the_declarations_that_have_it(
    sign_in: SignIn, auditor: User, things: None
) -> None:
    client = sign_in(auditor)
    groups = client.get("/search/", {"q": "contact_email_missing"}).context["groups"]
    assert [group.label for group in groups] == ["Declarations", "Finding codes"]
    page = client.get(groups[1].hits[0].url)
    assert [row.file_name for row in page.context["page_obj"]] == ["a.xlsx"]


def test_a_contact_finds_the_own_declarations_only(
    sign_in: SignIn, supplier_user: User, other_supplier_user: User, things: None
) -> None:
    assert hits(sign_in(supplier_user), CID) == {"Declarations": ["Bright Tin Co."]}
    assert hits(sign_in(other_supplier_user), CID) == {}


def test_search_is_cheap(
    sign_in: SignIn, auditor: User, things: None, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(auditor)
    with django_assert_max_num_queries(13):
        client.get("/search/", {"q": "tin"})


@pytest.mark.parametrize("query", ["", "%", "' OR 1=1 --", "<script>alert(1)</script>", "é" * 500])
def test_strange_words_are_only_words(sign_in: SignIn, auditor: User, query: str) -> None:
    page = sign_in(auditor).get("/search/", {"q": query})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
