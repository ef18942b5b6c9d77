"""Self-assessments that wait for a colleague, and what a supplier's contact is asked to do."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from suppliers.enums import AssessmentState
from suppliers.models import Assessment
from suppliers.policies import assessments as policies
from suppliers.selectors.assessment_progress import rough_minutes
from suppliers.selectors.assessments import ANSWERABLE, assessments_for
from suppliers.selectors.work import SupplierTask, WorkItem, with_rest
from suppliers.workflow import LEFT

EACH = 5
DONE_FOR = dt.timedelta(days=60)


def assessment_work(actor: User) -> list[WorkItem]:
    """Forms to review for specialists; overdue ones for those who asked. Four queries at most."""
    if not actor.is_internal:
        return []
    items: list[WorkItem] = []
    if policies.can_review_assessments(actor):
        items += _to_review(actor)
    if policies.can_request_assessments(actor):
        items += _overdue(actor)
    return items


def assessment_tasks(actor: User) -> list[SupplierTask]:
    """Open ones first; what was handed in lately is shown as done. One query."""
    if not policies.can_answer_assessments(actor):
        return []
    recent = clock.now() - DONE_FOR
    asked = assessments_for(actor).exclude(state__in=ANSWERABLE, supplier__status__in=LEFT)
    found = asked.filter(
        Q(state__in=ANSWERABLE) | Q(state=AssessmentState.SUBMITTED) | Q(reviewed_at__gte=recent)
    )
    counted = found.annotate(
        total=Count("questionnaire__questions", distinct=True),
        done=Count("answers", filter=~Q(answers__grade="", answers__text=""), distinct=True),
    )
    tasks = [_task(one) for one in counted.order_by("due_on", "pk")]
    return sorted(tasks, key=lambda task: task.is_done)


def _to_review(actor: User) -> list[WorkItem]:
    waiting = assessments_for(actor).filter(state=AssessmentState.SUBMITTED)
    items = [
        WorkItem(
            "warning",
            _("Review the self-assessment · %(name)s") % {"name": one.supplier.shown_name},
            reverse("suppliers:assessment-detail", args=[one.pk]),
            one.questionnaire.label,
        )
        for one in waiting.order_by("submitted_at", "pk")[:EACH]
    ]
    return with_rest(items, _total(waiting, items), _more_to_review, _list("?state=submitted"))


def _overdue(actor: User) -> list[WorkItem]:
    today = clock.today()
    late = assessments_for(actor).filter(state__in=ANSWERABLE, due_on__lt=today)
    late = late.exclude(supplier__status__in=LEFT)
    if not policies.can_review_assessments(actor):
        late = late.filter(Q(requested_by=actor) | Q(supplier__buyer=actor))
    items = [
        WorkItem(
            "error",
            _("Self-assessment overdue · %(name)s") % {"name": one.supplier.shown_name},
            reverse("suppliers:assessment-detail", args=[one.pk]),
            one.questionnaire.label,
            one.due_on,
        )
        for one in late.order_by("due_on", "pk")[:EACH]
    ]
    return with_rest(items, _total(late, items), _more_overdue, _list("?overdue=yes"))


def _more_to_review(count: int) -> str:
    text = ngettext(
        "%(count)s more self-assessment to review",
        "%(count)s more self-assessments to review",
        count,
    )
    return text % {"count": count}


def _more_overdue(count: int) -> str:
    text = ngettext(
        "%(count)s more self-assessment overdue", "%(count)s more self-assessments overdue", count
    )
    return text % {"count": count}


def _total(found: QuerySet[Assessment], shown: list[WorkItem]) -> int:
    """Counted only where not all of it is shown."""
    return found.count() if len(shown) == EACH else len(shown)


def _list(query: str) -> str:
    return reverse("suppliers:assessment-list") + query


def _task(one: Assessment) -> SupplierTask:
    url = reverse("suppliers:assessment-detail", args=[one.pk])
    title = one.questionnaire.label
    if one.state not in ANSWERABLE:
        waits = one.state == AssessmentState.SUBMITTED
        words = _("Handed in; we are looking at it.") if waits else _("Accepted. Thank you.")
        return SupplierTask(title, words, url, _("See the form"), is_done=True)
    total, done = one.total, one.done  # type: ignore[attr-defined]  # annotated above
    left = rough_minutes(total - done)
    if one.state == AssessmentState.RETURNED:
        detail, action, left = _("There are notes for you to look at."), _("See the notes"), 10
    elif done:
        words = _("%(done)s of %(total)s questions are answered.")
        detail, action = words % {"done": done, "total": total}, _("Continue")
    else:
        detail = _("You can stop at any time; every answer is kept.")
        action = _("Begin")
    return SupplierTask(title, detail, url, action, one.due_on, left)
