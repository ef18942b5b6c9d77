"""Limited tokens: what each scope opens, and that no endpoint forgets to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.test import APIClient

from accounts.api.permissions import WithinTokenScope
from accounts.models import TokenScope, User
from accounts.policies import scopes_for
from accounts.selectors import tokens_of
from accounts.services.tokens import create_token
from accounts.token_scopes import Scope
from core.errors import InvalidInput
from core.models import ActivityEntry
from suppliers.models import Supplier

pytestmark = pytest.mark.django_db
SUPPLIERS = "/api/v1/suppliers/"
NEW = {"code": "X-1", "name": "New Co."}


def program(user: User, *scopes: str) -> APIClient:
    client = APIClient()
    secret = create_token(user, 5, scopes or None).secret
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


def code_of(answer: Any) -> str:
    return str(answer.json()["error"]["code"])


def test_reading_and_writing_are_apart(buyer: User, supplier: Supplier) -> None:
    reader, writer, both = (
        program(buyer, *scopes)
        for scopes in (["read"], ["suppliers:write"], ["read", "suppliers:write"])
    )
    assert reader.get(SUPPLIERS).status_code == 200
    refused = reader.post(SUPPLIERS, NEW)
    assert (refused.status_code, code_of(refused)) == (403, "token_scope_missing")
    assert "suppliers:write" in refused.json()["error"]["message"]
    refused = writer.get(SUPPLIERS)
    assert (refused.status_code, code_of(refused)) == (403, "token_scope_missing")
    assert writer.post(SUPPLIERS, NEW).status_code == 201
    assert both.get(SUPPLIERS).json()["count"] == 2


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope != Scope.SUPPLIERS])
def test_another_scope_does_not_write_suppliers(admin: User, scope: Scope) -> None:
    refused = program(admin, scope).post(SUPPLIERS, NEW)
    assert (refused.status_code, code_of(refused)) == (403, "token_scope_missing")
    assert not Supplier.objects.exists()


def test_a_scope_adds_no_right(auditor: User, buyer: User, supplier: Supplier) -> None:
    token = create_token(auditor, 5, ["read"])
    TokenScope.objects.filter(token__token_key=token.key).update(scopes=["suppliers:write"])
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token.secret}")
    refused = client.post(SUPPLIERS, NEW)
    assert (refused.status_code, code_of(refused)) == (403, "may_not_manage_suppliers")


def test_a_view_without_a_scope_is_closed_to_limited_tokens(admin: User) -> None:
    address = reverse("api-snapshot-list")
    refused = program(admin, *Scope.values).post(address, {"file": ""}, format="multipart")
    assert (refused.status_code, code_of(refused)) == (403, "token_scope_missing")
    free = program(admin).post(address, {"file": ""}, format="multipart")
    assert free.status_code == 400


@pytest.mark.parametrize("scope", ["read", "suppliers:write"])
def test_a_limited_token_ends_itself_and_no_other(buyer: User, scope: str) -> None:
    other, own = create_token(buyer, 5, [scope]), create_token(buyer, 5, [scope])
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {own.secret}")
    refused = client.delete(reverse("api-token", args=[other.key]))
    assert (refused.status_code, code_of(refused)) == (403, "token_scope_missing")
    assert client.delete(reverse("api-token", args=[own.key])).status_code == 204
    assert client.get(SUPPLIERS).status_code == 401
    assert [token.token_key for token in tokens_of(buyer)] == [other.key]


def test_sessions_and_free_tokens_are_unaffected(buyer: User) -> None:
    assert program(buyer).post(SUPPLIERS, NEW).status_code == 201
    browser = Client()
    browser.force_login(buyer)
    made = browser.post(SUPPLIERS, {"code": "X-2", "name": "Two"}, "application/json")
    assert made.status_code == 201


def test_roles_are_offered_what_they_can_use(
    auditor: User, esg_reporter: User, supplier_user: User, buyer: User, admin: User
) -> None:
    assert scopes_for(esg_reporter) == ["read", "personal:write"]
    assert scopes_for(auditor) == ["read", "lifecycle:write", "personal:write"]
    assert "suppliers:write" not in scopes_for(supplier_user)
    others = {Scope.SETTINGS, Scope.SMELTERS}
    assert scopes_for(buyer) == [scope for scope in Scope if scope not in others]
    assert scopes_for(admin) == list(Scope)


@pytest.mark.parametrize(
    ("scopes", "code"),
    [
        ([], "token_scopes_missing"),
        (["suppliers:write"], "token_scope_unknown"),
        (["everything"], "token_scope_unknown"),
    ],
)
def test_impossible_limits_are_refused(auditor: User, scopes: list[str], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_token(auditor, 5, scopes)
    assert refused.value.code == code
    assert not TokenScope.objects.exists()


def test_the_page_makes_and_lists_a_limited_token(buyer: User) -> None:
    browser = Client()
    browser.force_login(buyer)
    form = {"days": 5, "access": "limited", "scopes": ["suppliers:write", "read"]}
    page = browser.post(reverse("accounts:token-create"), form)
    assert page.context["made"] is not None
    assert TokenScope.objects.get().scopes == ["read", "suppliers:write"]
    assert "Create and change suppliers" in page.content.decode()
    entry = ActivityEntry.objects.get(verb="token.created")
    assert entry.data["scopes"] == ["read", "suppliers:write"]
    nothing = browser.post(reverse("accounts:token-create"), {"days": 5, "access": "limited"})
    assert nothing.context["form"].errors == {"scopes": ["Tick what the token may do."]}


def test_the_api_makes_and_lists_a_limited_token(buyer: User) -> None:
    browser = Client()
    browser.force_login(buyer)
    address = reverse("api-token-list")
    for scopes in (["read"], None):
        browser.post(address, {"days": 5, "scopes": scopes}, "application/json")
    assert {str(token["scopes"]) for token in browser.get(address).json()} == {"['read']", "None"}
    wrong = browser.post(address, {"days": 5, "scopes": ["all"]}, "application/json")
    assert wrong.status_code == 400


WRITES = {"post", "put", "patch", "delete"}
# Closed to limited tokens on purpose: official templates, and tokens themselves.
CLOSED = {"SnapshotViewSet", "TokenListView", "TokenView"}


def api_views(patterns: list[Any] | None = None) -> Iterator[tuple[Any, set[str]]]:
    """Each view with the methods of one of its addresses."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from api_views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "cls", None)
            if view is not None:
                actions = getattr(pattern.callback, "actions", None)
                yield view, set(actions or {name for name in WRITES if hasattr(view, name)})


def test_every_writing_endpoint_has_a_scope() -> None:
    """Otherwise a limited token with all scopes could not use it."""
    writing = {view for view, methods in api_views() if methods & WRITES}
    assert len(writing) > 15
    forgotten = {
        view.__name__
        for view in writing
        if not getattr(view, "token_scope", "") and not getattr(view, "token_reads_only", False)
    }
    assert forgotten == CLOSED
    named = {
        view.token_scope for view in writing if isinstance(getattr(view, "token_scope", 0), str)
    }
    assert {f"{area}:write" for area in named} == set(Scope) - {Scope.READ}


@pytest.mark.parametrize(
    ("address", "data", "scope"),
    [
        ("suppliers/{id}/actions/", {"action": "start_signing"}, Scope.LIFECYCLE),
        ("suppliers/by-code/S-1/spend/2025/CNY/", {"amount": "5"}, Scope.SPEND),
        ("suppliers/by-code/S-1/", {"city": "Suzhou"}, Scope.SUPPLIERS),
        ("document-requests/", {}, Scope.DOCUMENTS),
        ("assessments/", {}, Scope.ASSESSMENTS),
        ("saved-views/", {"name": "Mine"}, Scope.PERSONAL),
        ("notifications/read/", {}, Scope.PERSONAL),
        ("sourcing-check/", {"suppliers": ["S-1"]}, Scope.READ),
    ],
)
def test_each_scope_opens_its_area_and_no_other(
    admin: User, supplier: Supplier, address: str, data: dict[str, Any], scope: Scope
) -> None:
    url = f"/api/v1/{address.format(id=supplier.pk)}"
    method = "put" if "by-code" in address else "post"
    others = [other for other in Scope if other != scope]
    refused = getattr(program(admin, *others), method)(url, data, format="json")
    assert (refused.status_code, code_of(refused)) == (403, "token_scope_missing")
    opened = getattr(program(admin, scope), method)(url, data, format="json")
    assert opened.status_code in (200, 201, 400)


def test_spend_by_spreadsheet_needs_the_scope_of_spend(buyer: User) -> None:
    def hand_in(scope: Scope, kind: str) -> Any:
        sent = {"kind": kind, "file": SimpleUploadedFile("a.csv", b"code\n")}
        return program(buyer, scope).post("/api/v1/imports/", sent, format="multipart")

    assert hand_in(Scope.SUPPLIERS, "suppliers").status_code == 202
    made = hand_in(Scope.SPEND, "spend")
    assert made.status_code == 202
    assert code_of(hand_in(Scope.SUPPLIERS, "spend")) == "token_scope_missing"
    confirm = f"/api/v1/imports/{made.json()['id']}/confirm/"
    refused = program(buyer, Scope.SUPPLIERS).post(confirm)
    assert code_of(refused) == "token_scope_missing"


def test_every_endpoint_asks_for_the_scope() -> None:
    views = {view for view, _methods in api_views()}
    assert len(views) > 8
    forgetful = [
        view
        for view in views
        if not any(issubclass(one, WithinTokenScope) for one in view.permission_classes)
    ]
    assert forgetful == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_limited_token_and_a_method_the_list_has_not(buyer: User, method: str) -> None:
    client = program(buyer, "suppliers:write")
    answer = getattr(client, method)("/api/v1/imports/")
    assert (answer.status_code, code_of(answer)) == (405, "method_not_allowed")
