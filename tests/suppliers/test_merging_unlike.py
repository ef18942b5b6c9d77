"""Records that do not stand alike: read first, then merged; an end is never merged away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError
from portal.selectors.timeline import timeline_entries, timeline_lines
from portal.services.merging import merge
from suppliers.models import Supplier
from suppliers.selectors.gates import gates_of
from suppliers.selectors.merge_checks import merge_warnings
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.lifecycle.steps import (
    agree,
    assessment,
    category,
    disqualify,
    document,
    limit,
    meet_gates,
    qualify,
    shift,
    sign,
    step,
    to_certification,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_documents_asked")]
SignIn = Callable[[User], Client]
__all__ = ["api_for"]


def refused(actor: User, keep: Supplier, drop: Supplier, *, confirmed: bool = True) -> str:
    with pytest.raises(DomainError) as caught:
        merge(actor, keep.pk, drop.pk, confirmed=confirmed)
    drop.refresh_from_db()
    assert drop.merged_into is None
    return caught.value.code


def reject(buyer: User, decider: User, supplier: Supplier) -> None:
    """Not introduced, from the beginning on."""
    step(buyer, supplier, "start_signing")
    agree(decider, step(buyer, supplier, "not_introduce", reason_code="csr", explanation="No."))
    supplier.refresh_from_db()


def codes(keep: Supplier, drop: Supplier) -> list[str]:
    return [warning.code for warning in merge_warnings(keep, drop)]


def test_records_that_stand_alike_need_no_confirmation(
    csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    assert codes(supplier, other_supplier) == []
    merge(csr_specialist, supplier.pk, other_supplier.pk)


def test_what_differs_is_named_and_must_be_confirmed(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    reject(buyer, csr_specialist, other_supplier)
    assert codes(supplier, other_supplier) == ["status_differs", "ended"]
    qualify(buyer, csr_specialist, supplier)
    limit(buyer, csr_specialist, supplier)
    assert codes(supplier, other_supplier) == ["status_differs", "limits_differ", "ended"]
    texts = " ".join(warning.text for warning in merge_warnings(supplier, other_supplier))
    assert "S-2: “Not introduced”. S-1: “Limited cooperation”." in texts
    assert "S-2: –; S-1: No new orders" in texts
    assert refused(csr_specialist, supplier, other_supplier, confirmed=False) == (
        "merge_needs_confirmation"
    )
    merge(csr_specialist, supplier.pk, other_supplier.pk, confirmed=True)


def test_a_phased_out_duplicate(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=other_supplier.pk).update(status="phased_out")
    assert refused(csr_specialist, supplier, other_supplier, confirmed=False) == (
        "merge_needs_confirmation"
    )


def test_page_and_api_ask_for_the_confirmation(
    sign_in: SignIn,
    api_for: ApiFor,
    buyer: User,
    csr_specialist: User,
    supplier: Supplier,
    other_supplier: Supplier,
) -> None:
    step(buyer, supplier, "start_signing")
    browser = sign_in(csr_specialist)
    address = reverse("suppliers:supplier-merge", args=[supplier.pk])
    page = browser.get(address, {"other": "S-2"}).content.decode()
    assert "The two records do not stand alike" in page
    assert "A merge cannot be undone." in page
    answer = browser.post(address, {"other": "S-2"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["confirmed"])
    api = reverse("api-supplier-merge", args=[supplier.pk])
    client = api_for(csr_specialist)
    told = client.post(api, {"duplicate": "S-2"}, format="json")
    assert told.json()["error"]["code"] == "merge_needs_confirmation"
    done = client.post(api, {"duplicate": "S-2", "confirmed": True}, format="json")
    assert done.status_code == 200
    third = create_supplier(None, SupplierInput("S-3", "Third"))
    answer = browser.post(address, {"other": "S-3", "confirmed": "on"})
    assert answer["Location"] == supplier.get_absolute_url()
    third.refresh_from_db()
    assert third.merged_into == supplier


def test_a_disqualified_record_is_not_merged_away(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, other_supplier)
    disqualify(buyer, csr_specialist, other_supplier)
    assert refused(csr_specialist, supplier, other_supplier) == "merge_loses_limit"
    # The other way round the disqualification stays.
    kept = merge(csr_specialist, other_supplier.pk, supplier.pk, confirmed=True)
    assert kept.status == "disqualified"


@pytest.mark.parametrize("how", ["disqualified", "not_introduced"])
def test_nor_after_a_new_certification_was_only_begun(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier, how: str
) -> None:
    """Beginning takes one person; the other record was approved before the end."""
    boards = category()
    qualify(buyer, csr_specialist, supplier, boards)
    shift(supplier, 10)
    if how == "disqualified":
        qualify(buyer, csr_specialist, other_supplier, boards)
        disqualify(buyer, csr_specialist, other_supplier)
    else:
        reject(buyer, csr_specialist, other_supplier)
        assert refused(csr_specialist, supplier, other_supplier) == "merge_hides_ending"
    step(buyer, other_supplier, "recertify")
    assert refused(csr_specialist, supplier, other_supplier) == "merge_hides_ending"
    # Nor by way of a third record.
    third = create_supplier(None, SupplierInput("S-3", "Third"))
    merge(csr_specialist, third.pk, other_supplier.pk, confirmed=True)
    assert refused(csr_specialist, supplier, third) == "merge_hides_ending"


def test_once_certified_again_it_is_merged(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    boards = category()
    qualify(buyer, csr_specialist, supplier, boards)
    shift(supplier, 10)
    reject(buyer, csr_specialist, other_supplier)
    step(buyer, other_supplier, "recertify")
    step(buyer, other_supplier, "start_certification")
    meet_gates(other_supplier)
    other_supplier.categories.add(boards)
    agree(csr_specialist, step(buyer, other_supplier, "submit_for_approval"))
    merge(csr_specialist, supplier.pk, other_supplier.pk, confirmed=True)


def test_facts_from_before_the_end_do_not_come_back_by_a_merge(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    assessment(other_supplier)
    reject(buyer, csr_specialist, other_supplier)
    to_certification(buyer, supplier)
    merge(csr_specialist, supplier.pk, other_supplier.pk, confirmed=True)
    assert supplier.assessments.filter(state="accepted").exists()
    states = {gate.kind: gate.state for gate in gates_of(supplier)}
    assert states["self_assessment"] == "unmet"


def test_the_end_stays_in_the_timeline_under_the_code_of_the_duplicate(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    reject(buyer, csr_specialist, other_supplier)
    merge(csr_specialist, supplier.pk, other_supplier.pk, confirmed=True)
    lines = timeline_lines(buyer, timeline_entries(buyer, supplier))
    ended = [line for line in lines if line.what == "Not introduced"]
    assert [line.about for line in ended] == [f"S-2 · {other_supplier.name}"]
    assert ended[0].url == other_supplier.get_absolute_url()
    assert [line.about for line in lines if line.what == "Duplicate merged in"] == [""]


def test_signatures_from_before_a_rejection_do_not_count_in_another_record(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    """The company that was rejected is registered anew; its old record is merged in."""
    made = document()
    sign(other_supplier, made)
    reject(buyer, csr_specialist, other_supplier)
    step(buyer, supplier, "start_signing")
    merge(csr_specialist, supplier.pk, other_supplier.pk, confirmed=True)
    assert supplier.signatures.exists()
    gate = next(one for one in gates_of(supplier) if one.kind == "documents")
    assert gate.is_open
    sign(supplier, made)
    gate = next(one for one in gates_of(supplier) if one.kind == "documents")
    assert not gate.is_open
