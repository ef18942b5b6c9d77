"""Lists with parameters nobody types: a calm answer, whichever parameter and whichever database."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from suppliers.models import SavedView, Supplier
from suppliers.selectors.saved_views import SUPPLIERS
from tests.permissions.world import World, build_world

pytestmark = pytest.mark.django_db
RAW = ("a%00b", "%ED%A0%80", "%", "%2500")
TEXTS = (
    "9" * 19,
    "9" * 400,
    "-1",
    "1e999",
    "²",
    "a" * 3000,
    "\u202e\ufffe",
    "9999-12-31",
    "0000-00-00",
    "😀" * 40,
)
VALUES = (*RAW, *(quote(text) for text in TEXTS))
# What lists read from their addresses.
PARAMETERS = (
    "page", "page_size", "tab", "view", "columns", "sort", "ids", "all", "action", "code", "search",
    "q", "show", "table", "format", "since", "until", "person", "group", "kind", "state",
    "supplier", "suppliers", "supplier_id", "documents", "document", "category", "country", "on",
    "status", "buyer", "next", "other", "row", "match",
)  # fmt: skip
# Address patterns of other people's packages, and what streams for minutes with every value.
LEFT_OUT = ("admin", "account", "schema", "docs", "swagger")


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            if pattern.namespace not in LEFT_OUT:
                found += _names(pattern.url_patterns, inner)
        elif pattern.name and not pattern.name.startswith(LEFT_OUT):
            found.append(f"{space}{pattern.name}")
    return sorted(set(found))


def _address(name: str) -> str:
    """Empty for what needs more than parameters to be asked for."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


PLACES = [name for name in _names(get_resolver().url_patterns) if _address(name)]


@pytest.fixture
def world(
    supplier: Supplier, other_supplier: Supplier, supplier_user: User, csr_specialist: User
) -> World:
    return build_world(supplier, supplier_user, csr_specialist, other_supplier)


def _client(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _status(client: Client, address: str) -> int:
    """Files are read to their end: they ask the database while they are sent."""
    answer: Any = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def test_the_places_are_found() -> None:
    """Otherwise nothing below would be asked."""
    lists = {"suppliers:supplier-list", "portal:search", "suppliers:approval-list", "api-spend"}
    lists |= {"suppliers:import-list", "api-supplier-list", "minerals:declaration-list"}
    assert lists <= set(PLACES)


@pytest.mark.parametrize("value", VALUES)
def test_every_list_with_every_parameter(value: str, world: World, admin: User) -> None:
    client = _client(admin)
    query = "&".join(f"{name}={value}" for name in PARAMETERS)
    asked = {place: _status(client, f"{_address(place)}?{query}") for place in PLACES}
    assert [place for place, status in asked.items() if status >= 500] == []


@pytest.mark.parametrize("value", ["a\0b", "9" * 900, "😀" * 40])
def test_saved_views(value: str, buyer: User, supplier: Supplier) -> None:
    """Whatever was kept, and whatever somebody wants to keep: the list opens."""
    client = _client(buyer)
    query = urlencode({"search": value, "buyer": "²"})
    view = SavedView.objects.create(
        owner=buyer, list_name=SUPPLIERS, name="Odd", query=query[:1000], is_default=True
    )
    assert client.get("/suppliers/", follow=True).status_code == 200
    for text in (query, unquote(query)):
        sent = {"name": f"Kept {len(text)}", "query": text, "columns": text, "is_default": "on"}
        for address in (
            reverse("suppliers:view-save"),
            reverse("suppliers:view-update", args=[view.pk]),
            reverse("suppliers:view-change", args=[view.pk]),
        ):
            assert client.post(address, sent).status_code < 500
            assert client.get("/suppliers/", follow=True).status_code == 200
