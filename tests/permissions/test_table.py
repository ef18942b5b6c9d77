"""URL x verb x cast x status, for every route; and “denied” changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from minerals.selectors import reference
from suppliers.models import Supplier
from tests.conftest import MakeUser
from tests.permissions import (
    rows_accounts,
    rows_admin,
    rows_api,
    rows_approvals,
    rows_assessments,
    rows_commitments,
    rows_data_changes,
    rows_imports,
    rows_lifecycle,
    rows_minerals,
    rows_mitigation,
    rows_plausibility,
    rows_portal,
    rows_ratings,
    rows_review,
    rows_risk,
    rows_smelter_lists,
    rows_smelters,
    rows_sourcing,
    rows_suppliers,
    rows_surveys,
    rows_work,
)
from tests.permissions.table import CAST, Row, denied
from tests.permissions.world import World, build_world

TABLE: tuple[Row, ...] = (
    *rows_portal.ROWS,
    *rows_suppliers.ROWS,
    *rows_lifecycle.ROWS,
    *rows_approvals.ROWS,
    *rows_sourcing.ROWS,
    *rows_commitments.ROWS,
    *rows_assessments.ROWS,
    *rows_ratings.ROWS,
    *rows_risk.ROWS,
    *rows_imports.ROWS,
    *rows_work.ROWS,
    *rows_minerals.ROWS,
    *rows_smelters.ROWS,
    *rows_mitigation.ROWS,
    *rows_review.ROWS,
    *rows_plausibility.ROWS,
    *rows_smelter_lists.ROWS,
    *rows_surveys.ROWS,
    *rows_data_changes.ROWS,
    *rows_accounts.ROWS,
    *rows_api.ROWS,
    *rows_admin.ROWS,
)
# Few enough to build the world seldom, enough to spread over processes.
PARTS = 16
OWN_APPS = ("accounts", "core", "minerals", "suppliers", "surveys", "knox")
# Written by signing in and by looking around, whoever does it.
NOT_COMPARED = {"last_login"}


@pytest.fixture
def people(
    db: None,
    make_user: MakeUser,
    buyer: User,
    csr_specialist: User,
    auditor: User,
    esg_reporter: User,
    admin: User,
    supplier_user: User,
    other_supplier_user: User,
) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "nobody": make_user(None, "nobody"),
        "supplier_user": supplier_user,
        "other_supplier_user": other_supplier_user,
        "buyer": buyer,
        "csr_specialist": csr_specialist,
        "auditor": auditor,
        "esg_reporter": esg_reporter,
        "admin": admin,
    }


@pytest.fixture
def world(
    supplier: Supplier, supplier_user: User, csr_specialist: User, other_supplier: Supplier
) -> World:
    # Keys are used again from test to test, the rows behind them differ.
    reference._built_list.cache_clear()
    built = build_world(supplier, supplier_user, csr_specialist, other_supplier)
    for label in rows_admin.MODELS:
        first = apps.get_model(label.replace("_", "."))._default_manager.order_by("pk").first()
        assert first is not None, label
        built.values[label] = first.pk
    return built


def routes(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def test_every_route_is_in_the_table() -> None:
    assert set(routes()) == {row.route for row in TABLE}


def test_every_row_names_the_whole_cast() -> None:
    assert [str(row) for row in TABLE if set(row.expected) != set(CAST)] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_answers(part: int, people: dict[str, User | None], world: World) -> None:
    """The world is built once for many rows; each call is taken back before the next."""
    wrong = []
    for row in TABLE[part::PARTS]:
        cache.clear()
        found = answers_of(row, people, world)
        if found != dict(row.expected):
            told = {name: (found[name], row.expected[name]) for name in CAST}
            wrong.append(f"{row}: " + str({k: v for k, v in told.items() if v[0] != v[1]}))
    assert wrong == [], "answered and expected differ"


def answers_of(row: Row, people: dict[str, User | None], world: World) -> dict[str, int]:
    found = {}
    before = everything() if row.verb != "GET" else []
    for name in CAST:
        mark = transaction.savepoint()
        response = call(row, row.verb, people[name], world)
        if before and denied(response):
            assert everything() == before, f"{name} changed something by {row}"
        transaction.savepoint_rollback(mark)
        found[name] = response.status_code
    return found


OWN_SPACES = ("portal:", "suppliers:", "minerals:", "surveys:", "accounts:", "api-")
OWN_ROUTES = sorted(
    {
        row.route
        for row in TABLE
        if row.route.startswith(
            ("portal:", "suppliers:", "minerals:", "surveys:", "accounts:", "api-")
        )
    }
)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_other_verb_is_answered(part: int, people: dict[str, User | None], world: World) -> None:
    before = everything()
    for route in OWN_ROUTES[part::PARTS]:
        cache.clear()
        rows = [row for row in TABLE if row.route == route]
        for verb in {"POST", "PUT", "PATCH", "DELETE"} - {row.verb for row in rows}:
            status = call(rows[0], verb, people["admin"], world).status_code
            assert status == 405, f"{verb} {route}"
    assert everything() == before


def call(row: Row, verb: str, actor: User | None, world: World) -> HttpResponseBase:
    client = Client(headers={"HX-Request": "true"} if row.htmx else {})
    if actor is not None:
        client.force_login(User.objects.get(pk=actor.pk))
    address = reverse(row.route, args=[world.value(arg) for arg in row.args])
    address += row.query.format(**world.values)
    data = {key: _value(value, world) for key, value in row.data.items()}
    if row.json:
        return client.generic(verb, address, json.dumps(data), "application/json")
    if verb in ("GET", "POST"):
        return getattr(client, verb.lower())(address, data)  # type: ignore[no-any-return]
    return client.generic(verb, address)


def _value(value: Any, world: World) -> Any:
    if value == "FILE":
        return SimpleUploadedFile("note.xlsx", b"not a workbook")
    if isinstance(value, list):
        return [world.value(one) for one in value]
    return world.value(value)


def everything() -> list[Any]:
    """Every stored row of our apps."""
    rows: list[Any] = []
    for app in OWN_APPS:
        for model in apps.get_app_config(app).get_models():
            names = [f.attname for f in model._meta.concrete_fields if f.name not in NOT_COMPARED]
            stored = model._default_manager.values_list(*names)
            rows += [(model._meta.label, *row) for row in stored]
    return rows
