"""Deciding in place which smelter a name means, and taking it back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from minerals.enums import DecisionKind
from minerals.models import Declaration, MatchDecision, SmelterLine
from minerals.services.decisions import decide_match
from suppliers.models import Supplier
from tests.factories.minerals import MEANT, MISSPELT, Desk, form
from tests.minerals.web.pages import in_order, page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def line(desk: Desk, supplier: Supplier) -> SmelterLine:
    desk.install()
    declaration = desk.hand_in(supplier, form(misspelt=True))
    return declaration.smelters.get(lookup=MISSPELT)


def decide(client: Client, line: SmelterLine, kind: str, cid: str = MEANT, **data: str) -> str:
    address = reverse("minerals:match-decide", args=[line.pk])
    response = client.post(address, {"cid": cid, "kind": kind, **data}, headers=HTMX)
    assert response.status_code == 200
    return response.content.decode()


def test_confirming_gives_the_row_back_with_undo(staff: Client, line: SmelterLine) -> None:
    text = decide(staff, line, "confirmed")
    assert in_order(text, f'<tr id="row-{line.row}"', MEANT, "csr_specialist confirmed", "Undo")
    assert in_order(text, 'id="verdict-words" hx-swap-oob="true"', 'id="tabs"')
    line.refresh_from_db()
    assert line.matched_cid == MEANT


def test_rejecting_is_remembered_and_shown(staff: Client, line: SmelterLine) -> None:
    assert f"not Bright Tin Smelting Co. (demo) ({MEANT})" in decide(staff, line, "rejected")
    text = page(staff, "declaration-detail", line.declaration_id, query="?tab=smelters")
    assert f"not Bright Tin Smelting Co. (demo) ({MEANT})" in text
    line.refresh_from_db()
    assert line.matched_cid == ""


def test_undo_in_place_asks_again(staff: Client, line: SmelterLine) -> None:
    decide(staff, line, "confirmed")
    decision = MatchDecision.objects.get()
    response = staff.post(
        reverse("minerals:decision-undo", args=[decision.pk]), {"line": line.pk}, headers=HTMX
    )
    assert in_order(response.content.decode(), f'id="row-{line.row}"', "Is it this one?")
    decision.refresh_from_db()
    assert not decision.active


def test_deciding_beside_the_finding(staff: Client, line: SmelterLine) -> None:
    findings = page(staff, "declaration-detail", line.declaration_id)
    assert reverse("minerals:match-decide", args=[line.pk]) in findings
    text = decide(staff, line, "confirmed", place="findings")
    assert text.lstrip().startswith('<div class="suggestions is-decided"')
    assert "<tr" not in text


def test_a_problem_is_told_beside_the_row(staff: Client, line: SmelterLine) -> None:
    address = reverse("minerals:match-decide", args=[line.pk])
    data = {"cid": "CID999999", "kind": "confirmed"}
    response = staff.post(address, data, headers=HTMX)
    assert "is not in the reference list" in response["HX-Trigger"]
    assert "Is it this one?" in response.content.decode()
    assert MatchDecision.objects.count() == 0


def test_unknown_kind_changes_nothing(staff: Client, line: SmelterLine) -> None:
    decide(staff, line, "perhaps")
    assert MatchDecision.objects.count() == 0


def test_works_without_scripts(staff: Client, line: SmelterLine) -> None:
    address = reverse("minerals:match-decide", args=[line.pk])
    response = staff.post(address, {"cid": MEANT, "kind": "confirmed"})
    expected = reverse("minerals:declaration-detail", args=[line.declaration_id])
    assert response["Location"] == f"{expected}?tab=smelters#row-{line.row}"


def test_supplier_may_not_decide(contact: Client, line: SmelterLine) -> None:
    address = reverse("minerals:match-decide", args=[line.pk])
    assert contact.post(address, {"cid": MEANT, "kind": "confirmed"}).status_code == 403
    assert MatchDecision.objects.count() == 0


def test_list_of_decisions_filters_and_undoes(
    staff: Client, line: SmelterLine, csr_specialist: User
) -> None:
    decision, _line = decide_match(csr_specialist, line.pk, MEANT, DecisionKind.CONFIRMED)
    assert MISSPELT in page(staff, "decision-list", query="?state=active&metal=tin&search=brigth")
    assert MISSPELT not in page(staff, "decision-list", query="?state=undone")
    assert "data-confirm=" in page(staff, "decision-list")
    response = staff.post(reverse("minerals:decision-undo", args=[decision.pk]), follow=True)
    assert "Undone. The rows concerned are being judged again." in response.content.decode()
    assert MISSPELT in page(staff, "decision-list", query="?state=undone")
    again = staff.post(reverse("minerals:decision-undo", args=[decision.pk]), follow=True)
    assert "This decision has been undone already." in again.content.decode()


def test_suppliers_see_no_decisions(contact: Client) -> None:
    page(contact, "decision-list", status=403)


def test_get_decides_nothing(staff: Client, line: SmelterLine) -> None:
    page(staff, "match-decide", line.pk, status=405)
    assert Declaration.objects.get().waiting_count == 1
