"""Telling people about the steps of a plan: our own, and the supplier's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from core.services.notifications import in_each_language, notify, settle_about
from minerals.enums import MeasureKind, MitigationProposal, RiskLevel
from minerals.models import Measure, MitigationPlan
from suppliers.models import Supplier, SupplierContact
from suppliers.selectors.recipients import who_see
from suppliers.services.told import told_day, told_name

STAFF: Mapping[str, str] = {
    "opened": N_("%(supplier)s: the minerals risk is %(level)s. Agree a plan by %(date)s."),
    "agreed": N_("%(supplier)s has agreed to the mitigation plan."),
    "refused": N_("%(supplier)s refuses the mitigation plan."),
    "plan_overdue": N_("%(supplier)s: the mitigation plan was to be agreed by %(date)s."),
    "agreement_missing": N_("%(supplier)s has not agreed to the mitigation plan."),
    "handed_in": N_("%(supplier)s has handed in evidence: %(measure)s."),
    "measure_overdue": N_("%(supplier)s: a measure is overdue since %(date)s: %(measure)s."),
    "own_measure_reminder": N_("%(supplier)s: to be done by us until %(date)s: %(measure)s."),
    "own_measure_overdue": N_("%(supplier)s: we are late since %(date)s: %(measure)s."),
    "audit_ordered": N_("%(supplier)s: an audit by a third party is ordered; accept by %(date)s."),
    "audit_accepted": N_("%(supplier)s accepts the third-party audit."),
    "audit_not_accepted": N_("%(supplier)s has not accepted the third-party audit."),
    "audit_overdue": N_("%(supplier)s: the third-party audit was not done by %(date)s."),
    "close_overdue": N_("%(supplier)s: the mitigation was not done by %(date)s."),
    "limit_passed": N_("%(supplier)s: the overall limit of the mitigation passed on %(date)s."),
    "rescored": N_("%(supplier)s: the minerals risk is %(level)s now."),
    "proposed": N_(
        "%(supplier)s: proposed after the mitigation: %(proposal)s. Please ask for it or drop it."
    ),
    "proposal_waits": N_("%(supplier)s: a proposal still waits for somebody: %(proposal)s."),
    "proposal_rejected": N_("%(supplier)s: the proposal was not approved: %(proposal)s."),
    "close_asked": N_("%(supplier)s: a second person is asked to close the mitigation early."),
    "closed": N_("%(supplier)s: the mitigation is closed."),
    "ended": N_("%(supplier)s: the mitigation has ended: %(outcome)s."),
}
SUPPLIER: Mapping[str, str] = {
    "plan_offered": N_(
        "We have written down what would help your minerals report. Please look at it and"
        " answer by %(date)s."
    ),
    "plan_reminder": N_("Please look at the plan for your minerals report and answer by %(date)s."),
    "plan_overdue": N_("We still miss your answer to the plan for your minerals (%(date)s)."),
    "agreement_missing": N_(
        "We have no answer to the plan for your minerals report. Please talk to us; "
        "otherwise the cooperation may be limited."
    ),
    "measure_added": N_("A step was added to your plan: %(measure)s, until %(date)s."),
    "measure_reminder": N_("Please remember: %(measure)s, until %(date)s."),
    "measure_overdue": N_(
        "The day has passed (%(date)s): %(measure)s. Please do it now or talk to us."
    ),
    "verified": N_("We have checked your evidence and it is fine: %(measure)s."),
    "not_credible": N_("Your evidence does not convince us yet: %(measure)s. Please see our note."),
    "audit_ordered": N_("An independent audit is needed. Please accept it by %(date)s."),
    "audit_not_accepted": N_(
        "You have not accepted the independent audit. Please talk to us; otherwise the "
        "cooperation may be limited."
    ),
    "audit_overdue": N_(
        "The independent audit was to be done by %(date)s. Please talk to us; otherwise "
        "the cooperation may be limited."
    ),
    "close_overdue": N_(
        "The plan was to be done by %(date)s. Please talk to us; otherwise the "
        "cooperation may be limited."
    ),
    "limit_passed": N_(
        "The last day of the plan has passed (%(date)s). Please talk to us; otherwise the"
        " cooperation may end."
    ),
    "moved": N_("A date of your plan has changed. Please have a look."),
    "closed": N_("Your plan is done. Thank you for your help."),
}
URGENT = frozenset(
    {
        "plan_offered", "plan_overdue", "agreement_missing", "measure_overdue", "not_credible",
        "audit_ordered", "audit_not_accepted", "audit_overdue", "close_overdue", "limit_passed",
        "proposed", "refused",
    }
)  # fmt: skip
# Who is told beside owner and buyer. Managers: somebody must see to it that this is decided.
MANAGERS = (Role.ADMINISTRATOR, Role.CSR_SPECIALIST)
ALSO_TOLD: Mapping[str, tuple[Role, ...]] = {
    **dict.fromkeys(
        ("refused", "limit_passed", "proposed", "proposal_waits", "own_measure_overdue"), MANAGERS
    ),
    # What only they decide.
    "handed_in": (Role.CSR_SPECIALIST,),
    "close_asked": MANAGERS,
}
# What nobody needs to read any more once this has happened.
SETTLED_BY: Mapping[str, tuple[str, ...]] = {
    "agreed": ("opened", "plan_offered", "plan_reminder", "plan_overdue", "agreement_missing"),
    "closed": tuple({*STAFF, *SUPPLIER} - {"closed"}),
    "ended": tuple({*STAFF, *SUPPLIER} - {"ended"}),
    "proposal_taken_up": ("proposed", "proposal_waits"),
    "proposal_dropped": ("proposed", "proposal_waits"),
}


def tell_step(
    plan: MitigationPlan, code: str, *, measure: Measure | None = None, date: dt.date | None = None
) -> None:
    """Tell whoever the step concerns; nobody hears of a plan that the supplier does not see yet."""
    if code in SETTLED_BY:
        settle_about(plan, *(f"mitigation.{kind}" for kind in SETTLED_BY[code]))
    params = _params(plan, measure, date)
    audiences = [(STAFF, staff_of(plan, ALSO_TOLD.get(code, ())))]
    if plan.offered_on is not None:
        audiences.append((SUPPLIER, supplier_people(plan.supplier)))
    for messages, people in audiences:
        if code in messages:
            notify(
                people,
                f"mitigation.{code}",
                messages[code],
                params,
                url=reverse("minerals:mitigation-detail", args=[plan.pk]),
                subject=plan,
                about=plan.supplier,
                is_urgent=code in URGENT,
            )


def staff_of(plan: MitigationPlan, also: Iterable[Role] = ()) -> list[User]:
    """Owner, buyer and people with these roles; where the plan has no owner the CSR specialists."""
    named = who_see(plan.supplier, (plan.owner, plan.supplier.buyer))
    roles = {*also, *([] if plan.owner else [Role.CSR_SPECIALIST])}
    more = User.objects.filter(groups__name__in=roles, is_active=True).distinct()
    return [*named, *more.order_by("pk")]


def supplier_people(supplier: Supplier) -> list[User]:
    contacts = SupplierContact.objects.select_related("user").filter(
        supplier=supplier, user__is_active=True
    )
    return [contact.user for contact in contacts.order_by("pk") if contact.user is not None]


def _params(plan: MitigationPlan, measure: Measure | None, date: dt.date | None) -> dict[str, Any]:
    level = RiskLevel(plan.rating.level if plan.rating else plan.level)
    return {
        "supplier": told_name(plan.supplier),
        "date": told_day(date or plan.plan_due_on),
        "level": in_each_language(lambda: str(level.label)),
        "measure": in_each_language(lambda: _measure_words(measure)),
        "proposal": in_each_language(
            lambda: str(MitigationProposal(plan.proposal).label) if plan.proposal else "–"
        ),
        "outcome": in_each_language(lambda: plan.get_outcome_display() if plan.outcome else "–"),
    }


def _measure_words(measure: Measure | None) -> str:
    if measure is None:
        return "–"
    about = measure.smelter.name if measure.smelter else measure.text[:80]
    label = str(MeasureKind(measure.kind).label)
    return f"{label}: {about}" if about else label
