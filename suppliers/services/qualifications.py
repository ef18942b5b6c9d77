"""The right to deliver a category from a site: asked for, approved, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from suppliers.enums import (
    ApprovalKind,
    QualificationRoute,
    QualificationState,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.models import Approval, Category, Qualification, Site, Supplier
from suppliers.policies.lifecycle import require_act
from suppliers.rules.months import months_later
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.categories_given import category_with_code, site_with_code
from suppliers.services.proof import clean_words, require_reason
from suppliers.services.requests import RequestInput, Upload, open_request
from suppliers.services.suppliers import require_alive

if TYPE_CHECKING:
    from accounts.models import User

DEFAULT_MONTHS = 36
LONGEST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class QualificationInput:
    """``category`` and ``site`` are codes; without a site it is for all sites."""

    category: str
    site: str = ""
    valid_months: int = DEFAULT_MONTHS
    explanation: str = ""
    evidence: Sequence[Upload] = ()


@dataclass(frozen=True, slots=True)
class EndInput:
    """``ended_on``: the first day it no longer holds; today without one."""

    reason_code: str = ""
    ended_on: dt.date | None = None


@transaction.atomic
def request_qualification(actor: User, supplier_id: int, data: QualificationInput) -> Approval:
    """Ask for an additional category or site, or a renewal; what is approved stays as it is.

    Errors: supplier_not_found, may_not_change_lifecycle, supplier_merged,
    restricted_no_new_category, supplier_not_qualified, category_unknown, site_unknown,
    valid_months_out_of_range, qualification_in_progress and those of ``services.evidence``.
    """
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_act(actor)
    require_extendable(supplier)
    category = category_with_code(data.category)
    site = site_with_code(supplier, data.site)
    months = require_months(data.valid_months)
    explanation = clean_words(data.explanation, "explanation")
    _require_none_in_progress(supplier, category, site)
    payload = {
        "category": category.code,
        "site": site.code if site else "",
        "valid_months": months,
    }
    request = RequestInput(
        ApprovalKind.QUALIFICATION,
        payload,
        explanation=explanation,
        evidence=data.evidence,
    )
    approval = open_request(actor, supplier, request)
    route = _route(supplier, category, site)
    begin_qualification(approval, category, site, route)
    return approval


def require_extendable(supplier: Supplier) -> None:
    """Errors: supplier_merged, restricted_no_new_category, supplier_not_qualified."""
    require_alive(supplier)
    scope = RestrictionScope.NO_NEW_CATEGORY
    if supplier.restrictions.not_lifted().filter(scope=scope).exists():
        raise DomainError(
            "restricted_no_new_category",
            N_("The cooperation is limited: no new category or site until this is lifted."),
        )
    if supplier.status != SupplierStatus.QUALIFIED:
        raise DomainError(
            "supplier_not_qualified",
            N_("Only qualified suppliers get more; the status is “%(status)s”."),
            {"status": str(supplier.get_status_display())},
        )


def require_months(months: int) -> int:
    """Errors: valid_months_out_of_range."""
    if not 1 <= months <= LONGEST_MONTHS:
        raise InvalidInput(
            "valid_months_out_of_range",
            N_("A qualification is valid for 1 to %(limit)s months."),
            {"limit": LONGEST_MONTHS},
            field="valid_months",
        )
    return months


def _require_none_in_progress(supplier: Supplier, category: Category, site: Site | None) -> None:
    same = supplier.qualifications.filter(
        category=category, site=site, state=QualificationState.IN_PROGRESS
    )
    if same.exists():
        raise DomainError(
            "qualification_in_progress",
            N_("This has been asked for already and waits for a decision."),
            field="category",
        )


def _route(supplier: Supplier, category: Category, site: Site | None) -> QualificationRoute:
    held = supplier.qualifications.filter(category=category, site=site).exclude(valid_from=None)
    if held.exists():
        return QualificationRoute.RENEWAL
    return QualificationRoute.SITE if site else QualificationRoute.CATEGORY


def begin_qualification(
    approval: Approval, category: Category, site: Site | None, route: QualificationRoute
) -> Qualification:
    return Qualification.objects.create(
        supplier=approval.supplier,
        category=category,
        site=site,
        route=route,
        approval=approval,
        created_by=approval.requested_by,
    )


def approve_qualifications(approval: Approval) -> None:
    """Those asked for with this request hold from today for the months asked for."""
    today = clock.today()
    until = months_later(today, int(approval.payload["valid_months"])) - dt.timedelta(days=1)
    _in_progress(approval).update(
        state=QualificationState.APPROVED,
        valid_from=today,
        valid_until=until,
        updated_at=clock.now(),
    )


def close_qualifications(approval: Approval, state: QualificationState) -> None:
    """The request was rejected or withdrawn."""
    _in_progress(approval).update(state=state, updated_at=clock.now())


def _in_progress(approval: Approval) -> QuerySet[Qualification]:
    return Qualification.objects.filter(approval=approval, state=QualificationState.IN_PROGRESS)


@transaction.atomic
def end_qualification(actor: User, qualification_id: int, data: EndInput) -> Qualification:
    """Withdraw an approved qualification from a day on, or sooner than it was withdrawn for.

    Errors: qualification_not_found, may_not_change_lifecycle, qualification_not_approved,
    ended_on_past, reason_missing, reason_unknown.
    """
    found = Qualification.objects.visible_to(actor).filter(pk=qualification_id).first()
    if found is None:
        raise NotFound("qualification_not_found", N_("There is no such qualification."))
    supplier = supplier_for(actor, found.supplier_id, locked=True)
    require_act(actor)
    row = (
        Qualification.objects.select_for_update(of=("self",))
        .select_related("category")
        .get(pk=found.pk)
    )
    ended_on = _ending_day(data.ended_on)
    if not row.can_end_on(ended_on):
        raise DomainError(
            "qualification_not_approved",
            N_("Only a qualification that is approved and has not ended by then can be withdrawn."),
        )
    row.reason_code = require_reason(data.reason_code)
    row.ended_on = ended_on
    row.state = QualificationState.WITHDRAWN
    row.save()
    record_activity(
        actor,
        "qualification.withdrawn",
        supplier,
        qualification=row.pk,
        category=row.category.code,
        reason=row.reason_code,
        ended_on=row.ended_on.isoformat(),
    )
    return row


def _ending_day(asked: dt.date | None) -> dt.date:
    today = clock.today()
    if asked is not None and asked < today:
        raise InvalidInput(
            "ended_on_past",
            N_("The day is in the past; what was answered about it stays true."),
            field="ended_on",
        )
    return asked or today
