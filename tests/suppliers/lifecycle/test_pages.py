"""Pages of lifecycle, approvals and sourcing check, as people use them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core import clock
from suppliers.enums import ApprovalKind
from suppliers.models import Approval, BuyerScope, GateRecord, Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.suppliers.lifecycle.steps import (
    agree,
    category,
    document,
    limit,
    meet_gates,
    pdf,
    qualify,
    sign,
    step,
    to_approval,
    to_certification,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page(supplier: Supplier, name: str = "supplier-detail", *args: Any) -> str:
    return reverse(f"suppliers:{name}", args=[supplier.pk, *args])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_from_registered_to_qualified_by_the_pages(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    client, decider = sign_in(buyer), sign_in(csr_specialist)
    supplier.categories.add(category())
    agreement = document("a")
    client.post(page(supplier, "supplier-action", "start_signing"))
    blocked = client.get(page(supplier, "supplier-action", "start_certification"))
    assert "Not signed: Document a." in text(blocked)
    assert "<textarea" not in text(blocked)
    sign(supplier, agreement)
    client.post(page(supplier, "supplier-action", "start_certification"))
    for kind in ("certification_audit", "self_assessment"):
        form = {"result": "passed", "dated_on": clock.today(), "evidence": [pdf(), pdf("b.pdf")]}
        answer = decider.post(page(supplier, "supplier-gate-record", kind), form)
        assert answer.headers["Location"] == page(supplier)
    card = client.get(page(supplier)).context["lifecycle_card"]
    assert (card.main.code, card.main.is_open) == ("submit_for_approval", True)
    asked = client.post(
        page(supplier, "supplier-action", "submit_for_approval"),
        {"categories": ["EL"], "valid_months": 24, "explanation": "Ready."},
    )
    approval = Approval.objects.get()
    detail = reverse("suppliers:approval-detail", args=[approval.pk])
    assert asked.headers["Location"] == detail
    shown = text(decider.get(detail))
    assert "Qualified for EL · Category EL, for 24 months." in shown
    assert 'value="approve"' in shown
    assert 'value="approve"' not in text(client.get(detail))
    decide = reverse("suppliers:approval-decide", args=[approval.pk])
    assert decider.post(decide, {"verdict": "approve"}).headers["Location"] == detail
    supplier.refresh_from_db()
    assert supplier.status == "qualified"
    history = text(client.get(page(supplier), {"tab": "timeline"}))
    assert "Submitted for approval" in history
    assert "Request approved" in history


def test_a_card_reads_differently_for_each_role(
    sign_in: SignIn, buyer: User, auditor: User, esg_reporter: User, supplier: Supplier
) -> None:
    to_certification(buyer, supplier)
    links = {
        name: page(supplier, "supplier-gate-record", name)
        for name in ("certification_audit", "training")
    }
    step_link = page(supplier, "supplier-action", "phase_out")
    seen = {
        actor.name: text(sign_in(actor).get(page(supplier)))
        for actor in (buyer, auditor, esg_reporter)
    }
    assert step_link in seen["procurement"]
    assert step_link not in seen["auditor"]
    assert links["certification_audit"] in seen["auditor"]
    assert links["training"] not in seen["auditor"]
    assert links["certification_audit"] not in seen["procurement"] + seen["esg_reporter"]


def test_a_step_that_is_not_possible_says_so(
    sign_in: SignIn, buyer: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    answer = client.get(page(supplier, "supplier-action", "lift"))
    assert "This is not possible now" in text(answer)
    assert page(supplier, "supplier-action", "start_signing") in text(answer)
    for code in ("nonsense", "approve"):
        assert client.get(page(supplier, "supplier-action", code)).status_code == 404


def test_a_refusal_stays_in_the_form(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    form = {"reason_code": "csr", "scope": "no_new_orders", "conditions": "Do it."}
    form |= {"starts_on": "2020-01-01", "explanation": "Why it is so."}
    answer = sign_in(buyer).post(page(supplier, "supplier-action", "restrict"), form)
    assert answer.context["form"].errors == {
        "starts_on": ["The first day is in the past; begin today."]
    }
    assert "Why it is so." in text(answer)


def test_words_or_a_file_are_not_called_optional(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    client = sign_in(buyer)
    for code in ("disqualify", "restrict"):
        seen = text(client.get(page(supplier, "supplier-action", code)))
        assert "one of the two is needed" in seen
        asked = seen.partition("Explanation")[2].partition("form-actions")[0]
        assert 'class="optional"' not in asked


def test_a_step_that_is_asked_for_already_shows_the_request(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    asked = step(buyer, supplier, "disqualify", reason_code="csr", explanation="Why.")
    assert asked is not None
    seen = sign_in(csr_specialist).get(page(supplier, "supplier-action", "disqualify"))
    assert reverse("suppliers:approval-detail", args=[asked.pk]) in text(seen)
    assert "Ask for a decision" not in text(seen)
    other = sign_in(csr_specialist).get(page(supplier, "supplier-action", "restrict"))
    assert "Ask for a decision" in text(other)


def test_the_limit_and_its_overdue_end_are_seen(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier, ends_on=clock.today())
    client = sign_in(buyer)
    assert "Close the findings." in text(client.get(page(supplier)))
    assert "the planned end has passed" not in text(client.get(page(supplier)))
    yesterday = clock.today() - dt.timedelta(days=1)
    supplier.restrictions.update(starts_on=yesterday, ends_on=yesterday)
    assert "the planned end has passed" in text(client.get(page(supplier)))


def test_two_deciders_the_second_is_told(
    sign_in: SignIn, buyer: User, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    decide = reverse("suppliers:approval-decide", args=[approval.pk])
    sign_in(csr_specialist).post(decide, {"verdict": "approve"})
    late = sign_in(admin).post(decide, {"verdict": "reject", "note": "No."})
    assert late.status_code == 422
    assert "This is decided already" in text(late)
    assert "csr_specialist" in text(late)


def test_rejecting_without_a_word_keeps_the_page(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(buyer, supplier)
    decide = reverse("suppliers:approval-decide", args=[approval.pk])
    answer = sign_in(csr_specialist).post(decide, {"verdict": "reject"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"note": ["Say why it is rejected."]}


def test_own_request_is_refused_and_may_be_withdrawn(
    sign_in: SignIn, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(csr_specialist, supplier)
    client = sign_in(csr_specialist)
    decide = reverse("suppliers:approval-decide", args=[approval.pk])
    assert client.post(decide, {"verdict": "approve"}).status_code == 403
    client.post(reverse("suppliers:approval-withdraw", args=[approval.pk]))
    supplier.refresh_from_db()
    assert supplier.status == "certification"


def test_list_tabs_filters_and_export(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    first = to_approval(buyer, supplier)
    electronics = category("ME")
    agree(csr_specialist, to_approval(buyer, other_supplier, electronics))
    address = reverse("suppliers:approval-list")
    client = sign_in(csr_specialist)

    def names(**query: str) -> list[str]:
        found = client.get(address, query).context["page_obj"]
        return [approval.supplier.code for approval in found]

    assert names() == ["S-1"]
    assert names(tab="decided") == ["S-2"]
    assert names(tab="open", kind="waive") == []
    assert names(tab="nonsense") == ["S-1"]
    assert names(tab="decided", search="golden") == ["S-2"]
    assert [row.pk for row in sign_in(buyer).get(address, {"tab": "mine"}).context["page_obj"]][
        -1
    ] == first.pk
    export = client.get(reverse("suppliers:approval-export"), {"tab": "decided"})
    content = b"".join(export.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2)]
    assert rows == [["S-2", "Golden Contact Ltd", "Approve the supplier"]]


def test_list_asks_as_often_for_thirty_rows_as_for_three(
    sign_in: SignIn, buyer: User, csr_specialist: User
) -> None:
    client = sign_in(csr_specialist)
    counts = set()
    for size in (3, 30):
        for number in range(Supplier.objects.count(), size):
            made = create_supplier(None, SupplierInput(f"C{number}", f"Company {number}"))
            Approval.objects.create(supplier=made, kind=ApprovalKind.WAIVE, requested_by=buyer)
        with CaptureQueriesContext(connection) as queries:
            found = client.get(reverse("suppliers:approval-list"))
        assert len(found.context["page_obj"]) == size
        counts.add(len(queries))
    assert len(counts) == 1


def test_supplier_page_asks_a_constant_number_of_queries(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    electronics = category()
    qualify(buyer, csr_specialist, supplier, electronics)
    client = sign_in(buyer)
    counts = set()
    for size in (1, 12):
        for number in range(size):
            supplier.qualifications.create(
                category=category(f"K{size}-{number}"), route="category", state="approved"
            )
            meet_gates(supplier)
        with CaptureQueriesContext(connection) as queries:
            client.get(page(supplier))
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_buyer_outside_the_scope_finds_nothing(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    approval = to_approval(csr_specialist, supplier)
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    client = sign_in(buyer)
    detail = reverse("suppliers:approval-detail", args=[approval.pk])
    for address in (
        page(supplier),
        page(supplier, "supplier-action", "phase_out"),
        page(supplier, "supplier-waiver-request"),
        detail,
    ):
        assert client.get(address).status_code == 404
    decide = reverse("suppliers:approval-decide", args=[approval.pk])
    assert client.post(decide, {"verdict": "approve"}).status_code == 404
    found = client.get(reverse("suppliers:approval-list"), {"tab": "open"}).context["page_obj"]
    assert list(found) == []


def test_ask_for_a_category_and_a_waiver(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    client = sign_in(buyer)
    refused = client.get(page(supplier, "qualification-request"))
    assert "Only qualified suppliers get more" in text(refused)
    qualify(buyer, csr_specialist, supplier)
    form = {"category": "EL", "valid_months": 36, "explanation": "", "evidence": pdf()}
    client.post(page(supplier, "qualification-request"), form)
    assert Approval.objects.filter(kind=ApprovalKind.QUALIFICATION).count() == 1
    until = clock.today() + dt.timedelta(days=20)
    form = {"starts_on": clock.today(), "ends_on": until, "reason_code": "capacity"}
    client.post(page(supplier, "supplier-waiver-request"), {**form, "evidence": [pdf()]})
    waiting = Approval.objects.get(kind=ApprovalKind.WAIVE)
    agree(csr_specialist, waiting)
    client.post(reverse("suppliers:supplier-waiver-end", args=[supplier.waivers.get().pk]))
    assert supplier.waivers.get().ended_on == clock.today()
    row = supplier.qualifications.get(state="approved")
    ending = reverse("suppliers:qualification-withdraw", args=[row.pk])
    client.post(ending, {"reason_code": "quality"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "This is not possible now" in text(client.get(ending))


def test_withdraw_a_result(sign_in: SignIn, csr_specialist: User, supplier: Supplier) -> None:
    client = sign_in(csr_specialist)
    form = {"result": "failed", "dated_on": clock.today(), "note": "Typed wrong"}
    client.post(page(supplier, "supplier-gate-record", "training"), form)
    record = GateRecord.objects.get()
    client.post(page(supplier, "supplier-gate-withdraw", record.pk))
    record.refresh_from_db()
    assert record.withdrawn_at is not None
    assert client.get(page(supplier, "supplier-gate-record", "documents")).status_code == 404


# --- Sourcing check ------------------------------------------------------------------------------
def test_one_answer(sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    qualify(buyer, csr_specialist, supplier)
    client = sign_in(buyer)
    address = reverse("suppliers:sourcing-check")
    assert "shown" not in client.get(address).context
    found = client.get(address, {"supplier": "s-1", "category": "EL"})
    assert "Yes, you may buy from Bright Tin Co." in text(found)
    by_name = client.get(address, {"supplier": "bright tin"})
    assert "Yes, within its qualification: Bright Tin Co." in text(by_name)
    day = {"supplier": "S-1", "on": "2020-02-29"}
    assert "was not on record on that day" in text(client.get(address, day))
    unknown = client.get(address, {"supplier": "NOPE"})
    assert "is no supplier that you can see" in text(unknown)
    wrong = client.get(address, {"supplier": "S-1", "on": "9999-12-31"})
    assert "on" in wrong.context["form"].errors


@pytest.mark.parametrize(("day", "shown"), [("", None), (None, None), ("2026-01-05", "2026-01-05")])
def test_the_day_of_an_answer_is_on_the_page(
    auditor: User, supplier: Supplier, sign_in: SignIn, day: str | None, shown: str | None
) -> None:
    """A link without a day asks about today, and a list without one, too."""
    asked = {"supplier": supplier.code} if day is None else {"supplier": supplier.code, "on": day}
    wanted = f'value="{shown or clock.today().isoformat()}"'
    client = sign_in(auditor)
    assert wanted in client.get(reverse("suppliers:sourcing-check"), asked).content.decode()
    assert wanted in client.post(reverse("suppliers:sourcing-bulk"), asked).content.decode()


def test_several_suppliers_of_a_name_are_offered(
    sign_in: SignIn, auditor: User, supplier: Supplier
) -> None:
    create_supplier(None, SupplierInput("S-3", "Bright Tin Two"))
    found = sign_in(auditor).get(reverse("suppliers:sourcing-check"), {"supplier": "bright"})
    assert [one.code for one in found.context["fitting"]] == ["S-1", "S-3"]
    assert "supplier=S-3" in text(found)


def test_a_pasted_list_and_its_export(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    client = sign_in(buyer)
    form = {"supplier": "S-1, S-2；=X\n"}
    found = client.post(reverse("suppliers:sourcing-bulk"), form)
    outcomes = [(row.code, row.outcome) for row in found.context["rows"]]
    assert outcomes == [("S-1", "allowed"), ("S-2", "not_allowed"), ("=X", "not_allowed")]
    export = client.post(reverse("suppliers:sourcing-export"), form)
    content = b"".join(export.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [(row[0].value, row[0].data_type, row[2].value) for row in sheet.iter_rows(min_row=2)]
    assert cells == [
        ("S-1", "s", "Allowed within its qualification"),
        ("S-2", "s", "Not allowed"),
        ("=X", "s", "Not allowed"),
    ]
    address = f"{reverse('suppliers:sourcing-export')}?format=csv"
    lines = b"".join(client.post(address, form).streaming_content)  # type: ignore[attr-defined]
    assert "'=X" in lines.decode("utf-8-sig")
    empty = client.post(reverse("suppliers:sourcing-export"), {"supplier": ""})
    assert empty.status_code == 422


def test_the_history_says_from_what_to_what_and_why(
    sign_in: SignIn, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier)
    shown = text(sign_in(buyer).get(page(supplier), {"tab": "timeline"}))
    assert "Qualified → Limited cooperation" in shown
    assert "CSR performance: Findings." in shown
    assert "Certification audit · Passed · by audits" in shown
