"""What waits about surveys: for a colleague, and for a supplier's contact."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from core import clock
from suppliers.selectors.work import Severity, SupplierTask, WorkItem, with_rest
from surveys import policies
from surveys.enums import CampaignState, Stage
from surveys.models import Participant, SurveyMessage, SurveyStep
from surveys.selectors.stages import SILENT, with_stage

if TYPE_CHECKING:
    from accounts.models import User

EACH = 4
DONE_FOR = dt.timedelta(days=60)
MINUTES = 30
# Steps of the schedule after which one of our people has to act.
ESCALATED = ("buyer", "manager", "decision")


def survey_work(actor: User) -> list[WorkItem]:
    """Messages to read, silent suppliers to talk to, suppliers nobody of whom can be written to.
    Four queries at most; nothing for those who only read."""
    if not policies.can_chase(actor):
        return []
    return [*_messages(actor), *_silent(actor), *_unreachable(actor)]


def survey_tasks(actor: User) -> list[SupplierTask]:
    """The surveys that the person's company is asked in; answered ones are shown as done for a
    while. Two queries."""
    if not actor.has_role(Role.SUPPLIER_CONTACT):
        return []
    rows = Participant.objects.visible_to(actor).filter(
        Q(campaign__state=CampaignState.RUNNING)
        | Q(campaign__closed_on__gte=clock.today() - DONE_FOR),
        excluded_at=None,
    )
    asked = with_stage(rows).select_related("campaign").prefetch_related("forms")
    return [_task(one) for one in asked if one.campaign.is_running or one.received]


def _own(actor: User) -> QuerySet[Participant]:
    """Specialists see to all; buyers to those that are theirs."""
    rows = Participant.objects.visible_to(actor).filter(
        campaign__state=CampaignState.RUNNING, excluded_at=None
    )
    if policies.can_run_surveys(actor):
        return rows
    return rows.filter(Q(owner=actor) | Q(owner=None, supplier__buyer=actor))


def _messages(actor: User) -> list[WorkItem]:
    found = (
        SurveyMessage.objects.filter(participant__in=_own(actor), handled_at=None)
        .select_related("participant__supplier")
        .order_by("said_at", "pk")
    )
    items = [
        WorkItem(
            "warning",
            f"{one.get_kind_display()} · {one.participant.supplier.shown_name}",
            one.participant.get_absolute_url(),
            (one.text or one.other)[:120],
        )
        for one in found[:EACH]
    ]
    return with_rest(items, _total(found, items), _more_messages, reverse("surveys:campaign-list"))


def _silent(actor: User) -> list[WorkItem]:
    """After the step of the schedule that turned to our own people."""
    step = SurveyStep.objects.filter(
        participant=OuterRef("pk"), code__in=ESCALATED, passed_over=False
    )
    rows = with_stage(_own(actor)).filter(Exists(step), stage__in=SILENT, declined_at=None)
    found = rows.select_related("supplier", "campaign").order_by("due_on", "pk")
    items = [
        WorkItem(
            "error",
            _("No answer to the survey · %(name)s") % {"name": one.supplier.shown_name},
            one.get_absolute_url(),
            _("Reminders did not help: talk to them, give more time, or propose a restriction."),
            one.due_on,
        )
        for one in found[:EACH]
    ]
    return with_rest(items, _total(found, items), _more_silent, _board(found, "stage=overdue"))


def _unreachable(actor: User) -> list[WorkItem]:
    rows = with_stage(_own(actor)).filter(Q(contact=None) | Q(contact__email=""))
    found = rows.filter(stage__in=SILENT).select_related("supplier", "campaign").order_by("pk")
    count = found.count()
    if not count:
        return []
    words = ngettext(
        "%(count)s asked supplier has nobody to write to",
        "%(count)s asked suppliers have nobody to write to",
        count,
    )
    severity: Severity = "warning"
    detail = _("Add a contact; the invitation goes out at once.")
    return [
        WorkItem(severity, words % {"count": count}, _board(found, "reach=no"), detail, count=count)
    ]


def _board(found: QuerySet[Any], query: str) -> str:
    first = found.first()
    if first is None:
        return reverse("surveys:campaign-list")
    return f"{first.campaign.get_absolute_url()}?{query}"


def _total(found: QuerySet[Any], shown: list[WorkItem]) -> int:
    """Counted only where not all of it is shown."""
    return found.count() if len(shown) == EACH else len(shown)


def _more_messages(count: int) -> str:
    text = ngettext(
        "%(count)s more message about surveys", "%(count)s more messages about surveys", count
    )
    return text % {"count": count}


def _more_silent(count: int) -> str:
    text = ngettext(
        "%(count)s more supplier has not answered a survey",
        "%(count)s more suppliers have not answered a survey",
        count,
    )
    return text % {"count": count}


def _task(one: Any) -> SupplierTask:
    url = reverse("surveys:own", args=[one.pk])
    title = one.campaign.name
    if one.received:
        return SupplierTask(
            title, _("Everything is here. Thank you."), url, _("See it"), is_done=True
        )
    if one.stage == Stage.DECLINED:
        return SupplierTask(
            title, _("You have declined to answer."), url, _("See it"), is_done=True
        )
    forms = ", ".join(form.family for form in one.forms.all())
    detail = _("Please hand in: %(forms)s.") % {"forms": forms}
    action = _("Begin") if one.stage in (Stage.ASKED, Stage.OPENED) else _("Continue")
    return SupplierTask(title, detail, url, action, one.due_on, MINUTES)
