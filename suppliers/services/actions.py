"""Taking a step of the lifecycle: at once, or by asking a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from suppliers.enums import QualificationRoute, SupplierStatus
from suppliers.models import Approval, Category, StatusChange, Supplier
from suppliers.policies.lifecycle import require_act, require_reopen
from suppliers.rules.master_data import phase_out_day
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.categories_given import category_with_code
from suppliers.services.document_requests import request_certification_documents
from suppliers.services.evidence import store_evidence
from suppliers.services.lifecycle import change_status, require_gates, require_step
from suppliers.services.problems import refuse
from suppliers.services.proof import clean_words, require_proof, require_reason
from suppliers.services.qualifications import (
    DEFAULT_MONTHS,
    begin_qualification,
    require_months,
)
from suppliers.services.requests import RequestInput, Upload, open_request
from suppliers.services.restrictions import RestrictionInput, restriction_payload
from suppliers.workflow import BY_CODE, Transition

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_PHASE_OUT_REASON = 255


@dataclass(frozen=True, slots=True)
class ActionInput:
    """Everything a step may ask for; each uses its own part.

    ``categories``: codes for the initial qualifications, None for all of the supplier.
    """

    reason_code: str = ""
    explanation: str = ""
    evidence: Sequence[Upload] = ()
    restriction: RestrictionInput = field(default_factory=RestrictionInput)
    phase_out_on: dt.date | None = None
    categories: Sequence[str] | None = None
    valid_months: int = DEFAULT_MONTHS


@dataclass(frozen=True, slots=True)
class ActionResult:
    """``change`` of the status where it was done, ``approval`` where somebody must decide."""

    supplier: Supplier
    change: StatusChange | None = None
    approval: Approval | None = None


@transaction.atomic
def take_action(actor: User, supplier_id: int, action: str, data: ActionInput) -> ActionResult:
    """Errors: action_unknown, supplier_not_found, may_not_change_lifecycle, supplier_merged,
    may_not_reopen_limited, action_not_possible, gates_unmet, request_open_already,
    categories_missing, category_unknown, phase_out_date_missing, phase_out_date_impossible,
    phase_out_fixed and those of ``services.proof``, ``services.restrictions`` and
    ``services.evidence``."""
    row = BY_CODE.get(action)
    supplier = supplier_for(actor, supplier_id, locked=True)
    if row is None or row.way == "decided":
        raise InvalidInput("action_unknown", N_("There is no such step."), field="action")
    require_act(actor, row)
    step = require_step(supplier, action)
    if step.code == "reopen":
        require_reopen(actor, supplier)
    clean = _checked(step, data)
    require_gates(supplier, step)
    if step.way == "asked":
        return ActionResult(supplier, approval=_ask(actor, supplier, step, clean))
    approval = _submit(actor, supplier, clean) if step.opens else None
    if step.code == "phase_out":
        _plan_phase_out(supplier, clean)
    elif step.code == "reopen":
        supplier.phase_out_on, supplier.phase_out_reason = None, ""
        # A form opened before does not bring the old day back.
        supplier.revision += 1
    change = change_status(actor, supplier, step, approval=approval, explanation=clean.explanation)
    if approval is None:
        for upload in clean.evidence:
            store_evidence(actor, supplier, upload, subject=change)
    if supplier.status == SupplierStatus.SIGNING:
        request_certification_documents(actor, supplier)
    return ActionResult(supplier, change, approval)


def _checked(step: Transition, data: ActionInput) -> ActionInput:
    reason = require_reason(data.reason_code) if step.needs_reason else ""
    explanation = clean_words(data.explanation, "explanation")
    if step.needs_proof:
        # What is done at once is explained in words; the reason of a phase-out is one of them.
        require_proof(explanation, data.evidence if step.way == "asked" else ())
    return ActionInput(
        reason,
        explanation,
        data.evidence,
        data.restriction,
        data.phase_out_on,
        data.categories,
        data.valid_months,
    )


def _ask(actor: User, supplier: Supplier, step: Transition, data: ActionInput) -> Approval:
    assert step.opens is not None  # every asked step has a kind; tests hold the table to it
    build = PAYLOADS.get(step.code)
    payload = build(data) if build else {}
    request = RequestInput(step.opens, payload, data.reason_code, data.explanation, data.evidence)
    return open_request(actor, supplier, request)


PAYLOADS: Mapping[str, Callable[[ActionInput], dict[str, Any]]] = {
    "restrict": lambda data: restriction_payload(data.restriction),
}


def _submit(actor: User, supplier: Supplier, data: ActionInput) -> Approval:
    """The request to approve the supplier, with its initial qualifications in progress."""
    categories = _categories(supplier, data.categories)
    months = require_months(data.valid_months)
    step = BY_CODE["submit_for_approval"]
    assert step.opens is not None
    payload = {"categories": [one.code for one in categories], "valid_months": months}
    request = RequestInput(
        step.opens, payload, explanation=data.explanation, evidence=data.evidence
    )
    approval = open_request(actor, supplier, request)
    for category in categories:
        begin_qualification(approval, category, None, QualificationRoute.INITIAL)
    return approval


def _categories(supplier: Supplier, codes: Sequence[str] | None) -> list[Category]:
    if codes is None:
        chosen = list(supplier.categories.all())
    else:
        found = {one.pk: one for one in (category_with_code(c, "categories") for c in codes)}
        chosen = list(found.values())
    if not chosen:
        raise DomainError(
            "categories_missing",
            N_("Choose at least one category for which the supplier is to be approved."),
            field="categories",
        )
    return chosen


def _plan_phase_out(supplier: Supplier, data: ActionInput) -> None:
    day = data.phase_out_on
    if day is None:
        raise InvalidInput(
            "phase_out_date_missing",
            N_("Give the day from which nothing is ordered any more."),
            field="phase_out_on",
        )
    refuse(phase_out_day(clock.today(), supplier.phase_out_on, day))
    if len(data.explanation) > LONGEST_PHASE_OUT_REASON:
        raise InvalidInput(
            "text_too_long",
            N_("The text has %(length)s characters; %(limit)s are possible."),
            {"length": len(data.explanation), "limit": LONGEST_PHASE_OUT_REASON},
            field="explanation",
        )
    supplier.phase_out_on = day
    supplier.phase_out_reason = data.explanation
    supplier.revision += 1
