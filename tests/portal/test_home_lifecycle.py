"""The lifecycle on the home page: what changed, what is counted, the tiles of each role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.services.activity import record_activity
from suppliers.enums import ApprovalKind
from suppliers.models import Approval, BuyerScope, ImportBatch, Qualification, Supplier
from suppliers.services.approvals import decide
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.suppliers.lifecycle.steps import category, qualify, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]
SignIn = Callable[[User], Client]


def changes(client: Client) -> list[str]:
    return [change.title for change in client.get("/").context["changes"]]


def test_steps_and_decisions_are_told_once(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    asked = Approval.objects.create(
        supplier=supplier, kind=ApprovalKind.WAIVE, requested_by=buyer, payload={}
    )
    decide(csr_specialist, asked.pk, approve=False, note="No.")
    page = sign_in(buyer).get("/")
    assert [change.title for change in page.context["changes"]] == [
        "Bright Tin Co. · Request rejected",
        "Bright Tin Co. · Approved",
        "Bright Tin Co. · Submitted for approval",
        "Bright Tin Co. · Certification begins",
        "Bright Tin Co. · Signing begins",
        "1 supplier created",
    ]
    assert "Approval → Qualified · csr_specialist" in page.content.decode()


def test_signatures_and_imports_are_told_to_those_who_may_see_them(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    batch = ImportBatch.objects.create(owner=buyer, kind="suppliers", file_name="list.xlsx")
    record_activity(buyer, "import.applied", batch, kind="suppliers")
    record_activity(None, "document.signed", supplier, document="gone", name="Code of conduct")
    signed = "Bright Tin Co. · Signed online"
    assert changes(sign_in(buyer))[:2] == [signed, "list.xlsx · Imported"]
    assert changes(sign_in(csr_specialist))[0] == signed
    assert "list.xlsx · Imported" not in changes(sign_in(csr_specialist))


def test_a_buyer_with_a_scope_reads_of_suppliers_inside_it(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    abroad = create_supplier(None, SupplierInput("S-9", "Far Away Ltd", "", "DE"))
    for one in (supplier, abroad):
        step(csr_specialist, one, "start_signing")
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    assert changes(sign_in(buyer)) == ["Far Away Ltd · Signing begins", "1 supplier created"]


def test_the_number_counts_things_not_lines(
    sign_in: SignIn, buyer: User, csr_specialist: User
) -> None:
    for number in range(9):
        made = create_supplier(None, SupplierInput(f"C{number}", f"Company {number}"))
        Approval.objects.create(supplier=made, kind=ApprovalKind.WAIVE, requested_by=buyer)
    page = sign_in(csr_specialist).get("/")
    assert len(page.context["waiting"]) == 4
    assert page.context["headline"] == "9 things wait for you."
    assert "about lifecycles" not in page.content.decode()


def test_tiles_fit_the_role_and_open_what_they_count(
    sign_in: SignIn, buyer: User, auditor: User, esg_reporter: User, csr_specialist: User
) -> None:
    for number, status in enumerate(("signing", "certification", "qualified", "limited")):
        made = create_supplier(None, SupplierInput(f"T{number}", f"Company {number}"))
        Supplier.objects.filter(pk=made.pk).update(status=status)
    labels = {}
    for person in (buyer, auditor, esg_reporter):
        client = sign_in(person)
        tiles = client.get("/").context["stats"]
        labels[person.name] = [tile.label for tile in tiles]
        for tile in tiles:
            page = client.get(tile.url).context["page_obj"]
            assert str(page.paginator.count) == tile.value, tile.label
    assert labels == {
        "procurement": [
            "Being introduced",
            "Qualified",
            "Limited cooperation",
            "Qualifications that expire soon",
        ],
        "auditor": ["Being introduced", "In certification", "Qualified", "Limited cooperation"],
        "esg_reporter": [
            "Qualified",
            "Limited cooperation",
            "Disqualified",
            "Current declarations",
        ],
    }


def test_who_only_reads_is_told_so_and_led_to_the_suppliers(sign_in: SignIn, auditor: User) -> None:
    page = sign_in(auditor).get("/").content.decode()
    assert "You see every supplier, its documents and its history." in page
    assert 'href="/suppliers/"' in page


def test_home_asks_as_often_for_thirty_suppliers_as_for_three(
    sign_in: SignIn, buyer: User, csr_specialist: User
) -> None:
    client = sign_in(buyer)
    counts = []
    for number in range(30):
        made = create_supplier(None, SupplierInput(f"H{number}", f"Company {number}"))
        Supplier.objects.filter(pk=made.pk).update(buyer=buyer)
        step(buyer, made, "start_signing")
        Approval.objects.create(
            supplier=made, kind=ApprovalKind.QUALIFICATION, requested_by=csr_specialist
        )
        if number in (5, 29):
            with CaptureQueriesContext(connection) as queries:
                client.get("/")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_all_qualifications_with_filter_and_export(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier, auditor: User
) -> None:
    qualify(buyer, csr_specialist, supplier, category("EL"), category("ME"))
    row = Qualification.objects.get(category__code="ME")
    Qualification.objects.filter(pk=row.pk).update(valid_until=row.valid_from)
    client = sign_in(auditor)
    found = client.get("/suppliers/qualifications/").context["page_obj"]
    assert [one.category.code for one in found] == ["EL", "ME"]
    soon = client.get("/suppliers/qualifications/?expiring=soon")
    assert [one.category.code for one in soon.context["page_obj"]] == ["ME"]
    assert "Expires soon" in soon.content.decode()
    export = client.get("/suppliers/qualifications/export/?format=csv&category=ME")
    lines = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "S-1" in lines[1]
    answer = client.get("/api/v1/qualifications/?expiring=soon").json()
    assert [one["category"] for one in answer["results"]] == ["ME"]
