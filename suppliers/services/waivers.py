"""Exceptions with an end: asked for, granted by a second person, ended early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from suppliers.enums import ApprovalKind
from suppliers.models import Approval, Category, Supplier, Waiver
from suppliers.policies.lifecycle import require_act
from suppliers.rules.months import months_later
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.categories_given import category_unknown, category_with_code
from suppliers.services.proof import clean_words, require_period, require_proof, require_reason
from suppliers.services.requests import RequestInput, Upload, open_request
from suppliers.services.restrictions import period_over
from suppliers.services.suppliers import require_alive
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class WaiverInput:
    """``category``: a code; empty covers all."""

    reason_code: str = ""
    explanation: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    category: str = ""
    evidence: Sequence[Upload] = ()


@transaction.atomic
def request_waiver(actor: User, supplier_id: int, data: WaiverInput) -> Approval:
    """Errors: supplier_not_found, may_not_change_lifecycle, supplier_merged, waiver_not_possible,
    waiver_too_long, category_unknown, request_open_already and those of ``services.proof``."""
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_act(actor)
    _require_possible(supplier)
    explanation = clean_words(data.explanation, "explanation")
    reason = require_reason(data.reason_code)
    require_proof(explanation, data.evidence)
    request = RequestInput(ApprovalKind.WAIVE, _payload(data), reason, explanation, data.evidence)
    return open_request(actor, supplier, request)


def _payload(data: WaiverInput) -> dict[str, Any]:
    starts_on, ends_on = require_period(data.starts_on, data.ends_on, needs_end=True)
    assert ends_on is not None  # required above
    if ends_on >= months_later(starts_on, LONGEST_MONTHS):
        raise InvalidInput(
            "waiver_too_long",
            N_("A waiver lasts at most %(months)s months."),
            {"months": LONGEST_MONTHS},
            field="ends_on",
        )
    category = category_with_code(data.category) if data.category.strip() else None
    return {
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "category": category.code if category else "",
        "category_id": category.pk if category else None,
    }


def grant_waiver(approval: Approval) -> Waiver:
    """Errors: supplier_merged, waiver_not_possible, period_over, category_unknown."""
    _require_possible(approval.supplier)
    payload = approval.payload
    starts_on = max(dt.date.fromisoformat(payload["starts_on"]), clock.today())
    ends_on = dt.date.fromisoformat(payload["ends_on"])
    if ends_on < starts_on:
        raise period_over()
    return Waiver.objects.create(
        supplier=approval.supplier,
        category=_category_asked_for(payload),
        reason_code=approval.reason_code,
        explanation=approval.explanation,
        starts_on=starts_on,
        ends_on=ends_on,
        approval=approval,
    )


def _category_asked_for(payload: dict[str, Any]) -> Category | None:
    """None for all. It may have another code since; one that is gone must not become all."""
    if not payload["category"]:
        return None
    found = Category.objects.filter(pk=payload["category_id"], is_active=True).first()
    if found is None:
        raise category_unknown(payload["category"])
    return found


def _require_possible(supplier: Supplier) -> None:
    require_alive(supplier)
    if supplier.status in LEFT:
        raise DomainError(
            "waiver_not_possible",
            N_("A supplier with the status “%(status)s” gets no waiver."),
            {"status": str(supplier.get_status_display())},
        )


@transaction.atomic
def end_waiver(actor: User, waiver_id: int) -> Waiver:
    """From today on it no longer holds.

    Errors: waiver_not_found, may_not_change_lifecycle, waiver_ended.
    """
    found = Waiver.objects.visible_to(actor).filter(pk=waiver_id).first()
    if found is None:
        raise NotFound("waiver_not_found", N_("There is no such waiver."))
    supplier = supplier_for(actor, found.supplier_id, locked=True)
    require_act(actor)
    waiver = Waiver.objects.select_for_update().get(pk=found.pk)
    today = clock.today()
    if waiver.ended_on is not None or waiver.ends_on < today:
        raise DomainError("waiver_ended", N_("This waiver has ended already."))
    waiver.ended_on = today
    waiver.save()
    record_activity(actor, "waiver.ended", supplier, waiver=waiver.pk)
    return waiver
