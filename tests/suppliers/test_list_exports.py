"""Every list goes out as a file: a button on the page, and what the page shows in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from suppliers.enums import SignatureState
from suppliers.models import ImportBatch, RatingPart, Supplier, SupplierContact
from tests.factories.commitments import make_document, make_version
from tests.suppliers.lifecycle.steps import category, qualify, sign

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def lines(client: Client, address: str) -> list[str]:
    sign = "&" if "?" in address else "?"
    answer: Any = client.get(f"{address}{sign}format=csv")
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


@pytest.fixture
def things(buyer: User, admin: User, supplier: Supplier) -> Supplier:
    category("EL")
    ImportBatch.objects.create(owner=admin, kind="suppliers", file_name="list.xlsx")
    SupplierContact.objects.create(supplier=supplier, name="陈静", email="chen@example.test")
    RatingPart.objects.create(
        supplier=supplier, kind="audit", score=61, dated_on="2026-01-02", source="manual"
    )
    made = make_document("letter")
    make_version(made)
    sign(supplier, made, state=SignatureState.TO_CHECK)
    return supplier


@pytest.mark.parametrize(
    ("page", "export", "part"),
    [
        ("/suppliers/imports/", "/suppliers/imports/export/", "list.xlsx"),
        ("/suppliers/documents/types/", "/suppliers/documents/types/export/", "letter"),
        ("/suppliers/questionnaires/", "/suppliers/questionnaires/export/", "csr-2026"),
        ("/suppliers/risk/", "/suppliers/risk/export/?table=countries", "CN,"),
        ("/suppliers/risk/?table=kinds", "/suppliers/risk/export/?table=kinds", "service,"),
        ("/suppliers/risk/?table=categories", "/suppliers/risk/export/?table=categories", "EL,"),
        ("/suppliers/categories/", "/suppliers/categories/export/", "EL,Category EL"),
        ("/settings/users/", "/settings/users/export/", "administrator@example.test"),
        (
            "/suppliers/signatures/to-check/",
            "/suppliers/signatures/to-check/export/",
            "Bright Tin Co.",
        ),
    ],
)
def test_a_list_has_its_export(
    sign_in: SignIn, admin: User, things: Supplier, page: str, export: str, part: str
) -> None:
    client = sign_in(admin)
    assert f'href="{export}' in client.get(page).content.decode()
    assert any(part in line for line in lines(client, export)[1:])


def test_lists_of_one_supplier_have_theirs(
    sign_in: SignIn,
    auditor: User,
    buyer: User,
    csr_specialist: User,
    things: Supplier,
    no_documents_asked: None,
) -> None:
    qualify(buyer, csr_specialist, things, category("ME"))
    here = things.get_absolute_url()
    client = sign_in(auditor)
    for page, export, part in (
        (f"{here}?tab=contacts", f"{here}contacts/export/", "chen@example.test"),
        (f"{here}?tab=qualifications", f"{here}qualifications/export/", "ME,Category ME"),
        (f"{here}rating/", f"{here}rating/export/", "61.0"),
    ):
        assert f'href="{export}"' in client.get(page).content.decode()
        (line,) = lines(client, export)[1:]
        assert part in line


def test_the_list_of_users_goes_out_as_filtered(
    sign_in: SignIn, admin: User, auditor: User, buyer: User
) -> None:
    (line,) = lines(sign_in(admin), "/settings/users/export/?role=auditor")[1:]
    assert auditor.email in line


@pytest.mark.parametrize("kind", ["contacts", "sites", "spend"])
def test_what_belongs_to_suppliers_goes_out_from_their_list(
    sign_in: SignIn, auditor: User, things: Supplier, kind: str
) -> None:
    page = sign_in(auditor).get("/suppliers/?country=CN").content.decode()
    assert f"/suppliers/export/{kind}/?country=CN&amp;format=xlsx" in page


def test_who_may_not_see_the_questionnaires_gets_no_file(
    sign_in: SignIn, supplier_user: User
) -> None:
    for form in ("xlsx", "csv"):
        answer = sign_in(supplier_user).get(f"/suppliers/questionnaires/export/?format={form}")
        assert answer.status_code == 403
