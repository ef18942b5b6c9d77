"""The rail shows a person what they may open, and where they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import NoReverseMatch

from accounts.models import User
from portal import navigation as rail
from portal.navigation import Link, navigation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _every_page_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rail, "reverse", lambda name: f"/{name}/")


def links(person: Any, view_name: str = "") -> list[Link]:
    request = RequestFactory().get("/")
    request.user = person
    request.resolver_match = SimpleNamespace(view_name=view_name)  # type: ignore[assignment]
    return navigation(request)


def labels(person: Any) -> list[str]:
    return [link.label for link in links(person)]


def test_a_specialist_sees_the_rooms_without_the_settings(csr_specialist: User) -> None:
    assert labels(csr_specialist) == ["Home", "Suppliers", "Minerals"]


def test_an_administrator_sees_the_settings(admin: User) -> None:
    assert labels(admin) == ["Home", "Suppliers", "Minerals", "Settings"]


def test_a_supplier_and_a_stranger_see_nothing(supplier_user: User) -> None:
    assert labels(supplier_user) == []
    assert labels(AnonymousUser()) == []


def test_minerals_open_into_their_pages(csr_specialist: User) -> None:
    (minerals,) = (link for link in links(csr_specialist) if link.icon == "hexagons")
    assert [(child.label, child.url) for child in minerals.children] == [
        ("Declarations", "/minerals:declaration-list/"),
        ("Surveys", "/surveys:campaign-list/"),
        ("Smelters", "/minerals:smelter-list/"),
        ("Smelter tasks", "/minerals:task-list/"),
        ("Mines", "/minerals:mine-list/"),
        ("Mitigation", "/minerals:mitigation-list/"),
        ("Risk", "/minerals:risk-list/"),
        ("Questions to suppliers", "/minerals:clarification-list/"),
        ("Plausibility", "/minerals:alert-list/"),
        ("Smelter lists", "/minerals:list-list/"),
        ("Reference list", "/minerals:snapshot-list/"),
        ("Match decisions", "/minerals:decision-list/"),
    ]


@pytest.mark.parametrize(
    ("view_name", "place", "child"),
    [
        ("portal:home", "Home", None),
        ("suppliers:supplier-detail", "Suppliers", "All suppliers"),
        ("minerals:declaration-detail", "Minerals", "Declarations"),
        ("minerals:smelter-detail", "Minerals", "Smelters"),
        ("minerals:task-close-many", "Minerals", "Smelter tasks"),
        ("minerals:mine-list", "Minerals", "Mines"),
        ("minerals:risk-supplier", "Minerals", "Risk"),
        ("minerals:policy-draft", "Minerals", "Risk"),
        ("minerals:country-end", "Minerals", "Risk"),
        ("minerals:snapshot-detail", "Minerals", "Reference list"),
        ("minerals:list-detail", "Minerals", "Smelter lists"),
        ("minerals:status-word-list", "Minerals", "Smelter lists"),
        ("minerals:decision-undo", "Minerals", "Match decisions"),
        ("minerals:upload-batch", "Minerals", "Declarations"),
        ("portal:settings-user-list", "Settings", None),
        ("account_change_password", None, None),
        ("", None, None),
    ],
)
def test_a_person_is_in_one_place(
    admin: User, view_name: str, place: str | None, child: str | None
) -> None:
    shown = links(admin, view_name)
    assert [link.label for link in shown if link.here] == ([place] if place else [])
    children = [part.label for link in shown for part in link.children if part.here]
    assert children == ([child] if child else [])


def test_every_key_leads_to_one_page(admin: User) -> None:
    shown = links(admin)
    keys = [link.key for link in shown] + [part.key for link in shown for part in link.children]
    given = [key for key in keys if key]
    assert len(given) == len(set(given))
    assert {"d", "h", "m", "r", "s"} <= set(given)


def test_a_page_that_does_not_exist_is_not_offered(
    admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> str:
        raise NoReverseMatch(name)

    monkeypatch.setattr(rail, "reverse", absent)
    assert links(admin) == []
