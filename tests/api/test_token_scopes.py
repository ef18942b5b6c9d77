"""Limited tokens: what each scope opens, and that no endpoint forgets to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.test import APIClient

from accounts.api.permissions import WithinTokenScope
from accounts.models import TokenScope, User
from accounts.policies import scopes_for
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
def test_another_scope_does_not_write_suppliers(buyer: User, scope: Scope) -> None:
    refused = program(buyer, scope).post(SUPPLIERS, NEW)
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


def test_sessions_and_free_tokens_are_unaffected(buyer: User) -> None:
    assert program(buyer).post(SUPPLIERS, NEW).status_code == 201
    browser = Client()
    browser.force_login(buyer)
    made = browser.post(SUPPLIERS, {"code": "X-2", "name": "Two"}, "application/json")
    assert made.status_code == 201


def test_roles_are_offered_what_they_can_use(
    auditor: User, esg_reporter: User, supplier_user: User, buyer: User
) -> None:
    assert scopes_for(esg_reporter) == ["read"]
    assert scopes_for(auditor) == ["read", "lifecycle:write"]
    assert "suppliers:write" not in scopes_for(supplier_user)
    assert scopes_for(buyer) == list(Scope)


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


def api_views(patterns: list[Any] | None = None) -> Iterator[Any]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from api_views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "cls", None)
            if view is not None:
                yield view


def test_every_endpoint_asks_for_the_scope() -> None:
    views = set(api_views())
    assert len(views) > 8
    forgetful = [view for view in views if WithinTokenScope not in view.permission_classes]
    assert forgetful == []
