"""Roundabout ways that must not open what a decision closed, nor lose what it wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.errors import DomainError, NotAllowed
from portal.services.merging import merge
from suppliers.enums import GateKind
from suppliers.models import Supplier
from suppliers.rules.related_data import ContactInput, SiteInput, SpendInput
from suppliers.selectors.links import input_of
from suppliers.selectors.sourcing import SourcingQuestion, check_sourcing
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.contacts import add_contact, save_contact
from suppliers.services.gates import GateInput, record_gate
from suppliers.services.qualifications import EndInput, end_qualification
from suppliers.services.ratings import RatingPartInput, record_rating_by_hand
from suppliers.services.sites import save_site
from suppliers.services.spend import set_spend
from suppliers.services.suppliers import delete_supplier, update_supplier
from tests.api.conftest import ApiFor, api_for
from tests.factories.commitments import make_request
from tests.suppliers.lifecycle.steps import (
    agree,
    category,
    disqualify,
    document,
    limit,
    qualify,
    sign,
    step,
    to_certification,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
__all__ = ["api_for"]


def phase_out(actor: User, supplier: Supplier) -> None:
    step(actor, supplier, "phase_out", explanation="End.", phase_out_on=clock.today())


def test_phasing_out_and_opening_again_does_not_lift_a_limit(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier)
    phase_out(buyer, supplier)
    with pytest.raises(NotAllowed) as refused:
        take_action(buyer, supplier.pk, "reopen", ActionInput())
    assert refused.value.code == "may_not_reopen_limited"
    assert supplier.restrictions.get().lifted_on is None
    step(csr_specialist, supplier, "reopen")
    assert supplier.status == "registered"


def test_a_buyer_opens_again_what_was_not_limited(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    phase_out(buyer, supplier)
    step(buyer, supplier, "reopen")
    assert supplier.status == "registered"


def test_disqualification_ends_what_was_withdrawn_from_a_later_day_on(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    boards = category()
    qualify(buyer, csr_specialist, supplier, boards)
    later = clock.today() + dt.timedelta(days=300)
    end_qualification(buyer, supplier.qualifications.get().pk, EndInput("quality", later))
    disqualify(buyer, csr_specialist, supplier)
    assert supplier.qualifications.get().ended_on == clock.today()


def test_a_form_opened_before_the_phase_out_does_not_take_it_back(
    buyer: User, supplier: Supplier
) -> None:
    seen, data = supplier.revision, input_of(supplier)
    phase_out(buyer, supplier)
    with pytest.raises(DomainError) as refused:
        update_supplier(buyer, supplier.pk, replace(data, city="Wuxi"), revision=seen)
    assert refused.value.code == "changed_meanwhile"
    supplier.refresh_from_db()
    assert supplier.phase_out_on == clock.today()


def test_a_lighter_limit_does_not_take_the_place_of_a_heavier_one(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    boards = category()
    for each, scope in ((supplier, "no_new_category"), (other_supplier, "no_new_orders")):
        qualify(buyer, csr_specialist, each, boards)
        limit(buyer, csr_specialist, each, scope=scope)
    with pytest.raises(DomainError) as refused:
        merge(csr_specialist, supplier.pk, other_supplier.pk)
    assert refused.value.code == "merge_loses_limit"
    kept = merge(csr_specialist, other_supplier.pk, supplier.pk, confirmed=True)
    assert kept == other_supplier


def test_a_merge_counts_the_results_of_both(
    csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    today = clock.today()
    part = RatingPartInput("audit", Decimal(20), today, today + dt.timedelta(days=90))
    record_rating_by_hand(csr_specialist, other_supplier.pk, part)
    kept = merge(csr_specialist, supplier.pk, other_supplier.pk)
    supplier.refresh_from_db()
    assert (kept.rating_level, supplier.rating_level) == ("D", "D")


def test_nothing_is_recorded_on_a_duplicate(
    csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    merge(csr_specialist, supplier.pk, other_supplier.pk)
    actor, gone, today = csr_specialist, other_supplier.pk, clock.today()
    spend = SpendInput(2025, "CNY", Decimal(5), "2025", "5")
    gate = GateInput(GateKind.TRAINING, dated_on=today, note="Seen.")
    part = RatingPartInput("audit", Decimal(90), today, today + dt.timedelta(days=9))
    for write in (
        lambda: set_spend(actor, gone, spend),
        lambda: save_site(actor, gone, SiteInput("A", "Plant")),
        lambda: save_contact(actor, gone, ContactInput("Li", "li@example.test")),
        lambda: add_contact(actor, gone, "new@example.test", "New"),
        lambda: record_gate(actor, gone, gate),
        lambda: record_rating_by_hand(actor, gone, part),
    ):
        with pytest.raises(DomainError) as refused:
            write()
        assert refused.value.code == "supplier_merged"
    assert not User.objects.filter(email="new@example.test").exists()


def test_a_signature_keeps_its_supplier(buyer: User, supplier: Supplier) -> None:
    sign(supplier, document())
    with pytest.raises(DomainError) as refused:
        delete_supplier(buyer, supplier.pk)
    assert refused.value.code == "supplier_in_use"
    assert supplier.signatures.exists()


def test_a_new_certification_opens_only_what_it_is_for(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    old, new = category("OLD"), category("NEW")
    qualify(buyer, csr_specialist, supplier, old)
    disqualify(buyer, csr_specialist, supplier)
    answer = check_sourcing(buyer, ["S-1"], SourcingQuestion("OLD"))
    assert answer.rows[0].answer.outcome == "not_allowed"
    step(buyer, supplier, "recertify")
    step(buyer, supplier, "start_certification")
    with pytest.raises(DomainError) as refused:
        take_action(buyer, supplier.pk, "submit_for_approval", ActionInput(categories=[new.code]))
    assert refused.value.code == "gates_unmet"


def test_a_withdrawn_request_is_not_decided_afterwards(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    to_certification(buyer, supplier)
    asked = step(buyer, supplier, "not_introduce", reason_code="csr", explanation="x")
    agree(csr_specialist, asked, approve=False)
    with pytest.raises(DomainError) as refused:
        agree(csr_specialist, asked)
    assert refused.value.code == "approval_decided"
    supplier.refresh_from_db()
    assert supplier.status == "certification"


def test_neither_record_of_a_merge_is_deleted(
    sign_in: SignIn,
    api_for: ApiFor,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    other_supplier: Supplier,
) -> None:
    merge(csr_specialist, supplier.pk, other_supplier.pk)
    for key, code in ((other_supplier.pk, "supplier_merged"), (supplier.pk, "supplier_in_use")):
        with pytest.raises(DomainError) as refused:
            delete_supplier(buyer, key)
        assert refused.value.code == code
        answer = api_for(buyer).delete(f"/api/v1/suppliers/{key}/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, code)
        sign_in(buyer).post(reverse("suppliers:supplier-delete", args=[key]))
    assert Supplier.objects.count() == 2


def test_a_supplier_that_refused_a_document_is_not_deleted(buyer: User, supplier: Supplier) -> None:
    version = document("csr").versions.get()
    make_request(supplier, version, state="refused", refusal="We do not agree.")
    with pytest.raises(DomainError) as refused:
        delete_supplier(buyer, supplier.pk)
    assert refused.value.code == "supplier_in_use"
