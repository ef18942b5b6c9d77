"""What waits about mitigations: for a colleague, and for a supplier's contact."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from minerals.enums import MeasureState
from minerals.models import Measure, MitigationPlan
from minerals.policies.mitigation import (
    can_answer_mitigations,
    can_decide_mitigations,
    can_manage_mitigations,
)
from minerals.rules.mitigation import OURS, SETTLED, WAITING
from minerals.selectors.mitigation import overdue_q, plans_for, running
from minerals.selectors.mitigation_words import measure_words
from suppliers.selectors.work import SupplierTask, WorkItem, with_rest

if TYPE_CHECKING:
    from accounts.models import User

EACH = 4
SOON = dt.timedelta(days=7)
DONE_FOR = dt.timedelta(days=60)


def mitigation_work(actor: User) -> list[WorkItem]:
    """Proposals to ask for, requests to close, evidence to check, what we owe ourselves, plans to
    send, overdue plans. Eight queries at most; nothing for those who only read."""
    if not can_manage_mitigations(actor):
        return []
    plans = running(plans_for(actor))
    mine = plans if can_decide_mitigations(actor) else plans.filter(_own(actor))
    items = _proposals(mine)
    if can_decide_mitigations(actor):
        items += _to_close(actor, mine)
        items += _evidence(mine)
    return [*items, *_ours(mine), *_to_offer(mine), *_overdue(mine)]


def mitigation_tasks(actor: User) -> list[SupplierTask]:
    """Agree to the plan, hand in what is due, accept an audit; plans closed lately are shown as
    done. Two queries."""
    if not can_answer_mitigations(actor):
        return []
    recent = Q(closed_on=None) | Q(closed_on__gte=clock.today() - DONE_FOR)
    plans = plans_for(actor).filter(recent).prefetch_related("measures__smelter")
    return [task for plan in plans for task in _tasks(plan)]


def _own(actor: User) -> Q:
    return Q(owner=actor) | Q(supplier__buyer=actor)


def _url(plan_id: int) -> str:
    return reverse("minerals:mitigation-detail", args=[plan_id])


def _list(query: str) -> str:
    return f"{reverse('minerals:mitigation-list')}?{query}"


def _proposals(plans: QuerySet[MitigationPlan]) -> list[WorkItem]:
    found = plans.exclude(proposal="").filter(approval=None).order_by("proposed_on", "pk")
    items = [
        WorkItem(
            "error",
            f"{plan.get_proposal_display()}? · {plan.supplier.shown_name}",
            _url(plan.pk),
            _("Proposed after the mitigation: ask for it or drop it."),
            plan.proposed_on,
        )
        for plan in found[:EACH]
    ]
    return with_rest(items, _total(found, items), _more, _list("state=running&proposal=yes"))


def _to_close(actor: User, plans: QuerySet[MitigationPlan]) -> list[WorkItem]:
    found = plans.exclude(close_asked_by=None).exclude(close_asked_by=actor)
    return [
        WorkItem(
            "warning",
            _("Close the mitigation early? · %(name)s") % {"name": plan.supplier.shown_name},
            _url(plan.pk),
            plan.close_reason[:120],
        )
        for plan in found.order_by("pk")[:EACH]
    ]


def _evidence(plans: QuerySet[MitigationPlan]) -> list[WorkItem]:
    found = _measures(plans).filter(state=MeasureState.HANDED_IN).order_by("done_on", "pk")
    items = [
        WorkItem(
            "warning",
            _("Check the evidence · %(name)s") % {"name": one.plan.supplier.shown_name},
            _url(one.plan_id),
            measure_words(one),
        )
        for one in found[:EACH]
    ]
    return with_rest(items, _total(found, items), _more, _list("state=evidence"))


def _ours(plans: QuerySet[MitigationPlan]) -> list[WorkItem]:
    today = clock.today()
    found = _measures(plans).filter(kind__in=OURS, state__in=WAITING, due_on__lte=today + SOON)
    items = [
        WorkItem(
            "error" if one.due_on < today else "warning",
            f"{one.get_kind_display()} · {one.plan.supplier.shown_name}",
            _url(one.plan_id),
            _("To be done by us."),
            one.due_on,
        )
        for one in found.order_by("due_on", "pk")[:EACH]
    ]
    return with_rest(items, _total(found, items), _more, _list("state=running"))


def _to_offer(plans: QuerySet[MitigationPlan]) -> list[WorkItem]:
    found = plans.filter(offered_on=None).order_by("plan_due_on", "pk")
    items = [
        WorkItem(
            "warning",
            _("Send the mitigation plan · %(name)s") % {"name": plan.supplier.shown_name},
            _url(plan.pk),
            _("Look at the measures; halfway it goes to the supplier by itself."),
            plan.plan_due_on,
        )
        for plan in found[:EACH]
    ]
    return with_rest(items, _total(found, items), _more, _list("state=open"))


def _overdue(plans: QuerySet[MitigationPlan]) -> list[WorkItem]:
    """Those that no line above speaks of."""
    found = plans.filter(overdue_q(clock.today()), proposal="").exclude(offered_on=None)
    items = [
        WorkItem(
            "error",
            _("Mitigation overdue · %(name)s") % {"name": plan.supplier.shown_name},
            _url(plan.pk),
            str(plan.get_state_display()),
            min(plan.close_due_on, plan.limit_on),
        )
        for plan in found.order_by("limit_on", "pk")[:EACH]
    ]
    return with_rest(items, _total(found, items), _more, _list("overdue=yes"))


def _measures(plans: QuerySet[MitigationPlan]) -> QuerySet[Measure]:
    return Measure.objects.filter(plan__in=plans).select_related("plan__supplier", "smelter")


def _total(found: QuerySet[Measure] | QuerySet[MitigationPlan], shown: list[WorkItem]) -> int:
    """Counted only where not all of it is shown."""
    return found.count() if len(shown) == EACH else len(shown)


def _more(count: int) -> str:
    text = ngettext(
        "%(count)s more thing to do for mitigations",
        "%(count)s more things to do for mitigations",
        count,
    )
    return text % {"count": count}


def _tasks(plan: MitigationPlan) -> list[SupplierTask]:
    url = _url(plan.pk)
    title = _("Improve your minerals report: the steps")
    if plan.closed_on is not None:
        return [SupplierTask(title, _("The plan is done."), url, _("See the plan"), is_done=True)]
    if plan.agreed_on is None:
        detail = _("Look at the steps and tell us whether you agree.")
        action = _("See the plan")
        return [SupplierTask(title, detail, url, action, plan.plan_due_on, 10)]
    return [_step_task(one, url) for one in plan.measures.all() if _asks(one)]


def _asks(measure: Measure) -> bool:
    return measure.kind not in OURS and measure.state in WAITING and measure.state not in SETTLED


def _step_task(measure: Measure, url: str) -> SupplierTask:
    accepting = measure.accept_by is not None and measure.accepted_on is None
    words = measure_words(measure)
    return SupplierTask(
        words,
        _("We look at what you hand in and tell you what we found."),
        f"{url}#measure-{measure.pk}",
        _("Answer") if accepting else _("Hand in evidence"),
        measure.accept_by if accepting else measure.due_on,
        group=_("Steps of your plan"),
        item=words,
    )
