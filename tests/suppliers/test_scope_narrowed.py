"""After a scope was narrowed, nothing from before it shows suppliers outside any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.enums import ApprovalKind
from suppliers.models import Approval, Category, EvidenceFile, ImportBatch, SavedView, Supplier
from suppliers.services.requests import RequestInput, open_request
from suppliers.services.scopes import set_scope
from tests.suppliers.imports.files import checked, imported, workbook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PDF = b"%PDF-1.4\n1 0 obj\n"


@pytest.fixture
def batches(buyer: User, inside: Supplier, outside: Supplier) -> list[ImportBatch]:
    """One imported and one with problems, both about the supplier that is going to be outside."""
    stored = imported(buyer, workbook([["code", "city"], [outside.code, "Wuxi"]]))
    table = [["code", "name"], ["S-7", outside.name], [outside.code, ""]]
    return [stored, checked(buyer, workbook(table), "faulty.xlsx")]


@pytest.fixture
def approval(buyer: User, outside: Supplier) -> Approval:
    proof = SimpleUploadedFile("proof.pdf", PDF, "application/pdf")
    asked = RequestInput(ApprovalKind.QUALIFY, explanation="We need it", evidence=[proof])
    return open_request(buyer, outside, asked)


def test_imports_from_before_are_closed(
    sign_in: SignIn,
    batches: list[ImportBatch],
    scoped: User,
    admin: User,
    outside: Supplier,
) -> None:
    client = sign_in(scoped)
    assert client.get(reverse("suppliers:import-list")).context["page_obj"].paginator.count == 0
    assert client.get(reverse("api-import-list")).json()["count"] == 0
    for batch in batches:
        pages = [
            reverse(f"suppliers:import-{name}", args=[batch.pk]) for name in ("detail", "problems")
        ]
        names = ("detail", "problems", "rows")
        api = [reverse(f"api-import-{name}", args=[batch.pk]) for name in names]
        assert {client.get(address).status_code for address in (*pages, *api)} == {404}
        for name in ("confirm", "check-again", "undo", "discard"):
            address = reverse(f"suppliers:import-{name}", args=[batch.pk])
            client.post(address)
        assert sign_in(admin).get(pages[0]).status_code == 200
    outside.refresh_from_db()
    assert outside.city == "Wuxi"


def test_imports_from_after_and_with_a_wider_scope_stay_open(
    batches: list[ImportBatch],
    scoped: User,
    admin: User,
    inside: Supplier,
    categories: dict[str, Category],
) -> None:
    later = imported(scoped, workbook([["code", "city"], [inside.code, "Wuxi"]]))
    assert list(ImportBatch.objects.visible_to(scoped)) == [later]
    both = [categories["top"].pk, categories["other"].pk]
    set_scope(admin, scoped.pk, both, [])
    assert list(ImportBatch.objects.visible_to(scoped)) == [later]
    set_scope(admin, scoped.pk, [], [])
    assert ImportBatch.objects.visible_to(scoped).count() == 3


def test_what_was_asked_before_is_closed(
    sign_in: SignIn, approval: Approval, scoped: User, outside: Supplier
) -> None:
    client = sign_in(scoped)
    evidence = EvidenceFile.objects.get()
    for address in (
        reverse("suppliers:approval-detail", args=[approval.pk]),
        reverse("api-approval-detail", args=[approval.pk]),
        reverse("suppliers:evidence-download", args=[evidence.pk]),
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        f"{reverse('suppliers:approval-list')}?tab=mine",
        f"{reverse('suppliers:approval-export')}?tab=mine&format=csv",
        f"{reverse('api-approval-list')}?tab=mine",
        reverse("portal:home"),
    ):
        assert outside.name not in _text(client.get(address)), address


def test_saved_views_and_search_show_what_is_inside(
    sign_in: SignIn, scoped: User, inside: Supplier, outside: Supplier
) -> None:
    view = SavedView.objects.create(
        owner=scoped, list_name="suppliers", name="All of them", query="search=S-"
    )
    client = sign_in(scoped)
    page = client.get(f"{reverse('suppliers:supplier-list')}?search=S-&view={view.pk}")
    assert [line.supplier for line in page.context["lines"]] == [inside]
    for address in ("/search/?q=S-", f"/search/?q={outside.code}", "/suppliers/?search=Contact"):
        assert outside.name not in _text(client.get(address))


def _text(answer: Any) -> str:
    chunks = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(chunks.decode("utf-8-sig"))
