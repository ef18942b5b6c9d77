"""What of reviews waits for a colleague, and what a supplier's contact is asked to answer."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from core import clock
from minerals.enums import ClarificationState, ReviewState
from minerals.models import Clarification, Declaration, Finding
from minerals.models.declaration import TO_REVIEW
from minerals.policies import review as policies
from minerals.selectors.clarifications import clarifications_for
from minerals.selectors.declarations import declarations_for
from suppliers.selectors.work import SupplierTask, WorkItem, with_rest
from suppliers.workflow import LEFT

EACH = 5
DONE_FOR = dt.timedelta(days=60)
MINUTES_EACH = 5


def review_work(actor: User) -> list[WorkItem]:
    """Answered and overdue questions, reviews under way, new findings; how many wait to begin."""
    if not policies.can_review(actor):
        return []
    return [
        *_overdue(actor),
        *_answered(actor),
        *_fresh(actor),
        *_under_way(actor),
        *_to_begin(actor),
    ]


def clarification_tasks(actor: User) -> list[SupplierTask]:
    """Open questions first; answered ones lately are shown as done. One query."""
    if not policies.can_answer(actor):
        return []
    recent = clock.now() - DONE_FOR
    asked = clarifications_for(actor).exclude(
        state=ClarificationState.OPEN, supplier__status__in=LEFT
    )
    found = asked.filter(Q(state=ClarificationState.OPEN) | Q(answered_at__gte=recent)).annotate(
        total=Count("items"), answered=Count("items", filter=~Q(items__answer=""))
    )
    return [_task(one) for one in found.order_by("-state", "due_on", "pk")]


def _mine(actor: User) -> Q:
    return Q(owner=actor) | Q(declaration__reviewer=actor)


def _overdue(actor: User) -> list[WorkItem]:
    late = clarifications_for(actor).filter(
        _mine(actor), state=ClarificationState.OPEN, due_on__lt=clock.today()
    )
    late = late.exclude(supplier__status__in=LEFT)
    items = [
        WorkItem(
            "error",
            _("Questions not answered · %(name)s") % {"name": one.supplier.shown_name},
            one.get_absolute_url(),
            one.declaration.title,
            one.due_on,
        )
        for one in late.order_by("due_on", "pk")[:EACH]
    ]
    return with_rest(items, _total(late, items), _more_overdue, _questions("?overdue=yes"))


def _answered(actor: User) -> list[WorkItem]:
    waiting = clarifications_for(actor).filter(_mine(actor), state=ClarificationState.ANSWERED)
    items = [
        WorkItem(
            "warning",
            _("Questions answered · %(name)s") % {"name": one.supplier.shown_name},
            _where_to_decide(one),
            _("by a corrected file") if one.answered_with_id else one.declaration.title,
        )
        for one in waiting.order_by("answered_at", "pk")[:EACH]
    ]
    return with_rest(items, _total(waiting, items), _more_answered, _questions("?state=answered"))


def _fresh(actor: User) -> list[WorkItem]:
    new = Finding.objects.filter(declaration=OuterRef("pk"), is_new=True)
    found = declarations_for(actor).current().filter(Exists(new), reviewer=actor)
    items = [
        WorkItem(
            "warning",
            _("New findings since the acceptance · %(name)s") % {"name": _name(one)},
            one.get_absolute_url(),
            one.title,
        )
        for one in found.order_by("reviewed_at", "pk")[:EACH]
    ]
    url = f"{reverse('minerals:declaration-list')}?review=new_findings&reviewer={actor.pk}"
    return with_rest(items, _total(found, items), _more_fresh, url)


def _under_way(actor: User) -> list[WorkItem]:
    """Without those of which an answered question is a line already."""
    answered = Clarification.objects.filter(
        Q(declaration=OuterRef("pk")) | Q(answered_with=OuterRef("pk")),
        state=ClarificationState.ANSWERED,
    )
    mine = declarations_for(actor).current().exclude(Exists(answered))
    mine = mine.filter(review=ReviewState.UNDER_REVIEW, reviewer=actor)
    items = [
        WorkItem(
            "info",
            _("Finish the review · %(name)s") % {"name": _name(one)},
            one.get_absolute_url(),
            one.title,
        )
        for one in mine.order_by("received_at", "pk")[:EACH]
    ]
    url = f"{reverse('minerals:declaration-list')}?review=under_review&reviewer={actor.pk}"
    return with_rest(items, _total(mine, items), _more_under_way, url)


def _to_begin(actor: User) -> list[WorkItem]:
    count = declarations_for(actor).current().filter(TO_REVIEW).count()
    if not count:
        return []
    text = ngettext(
        "%(count)s declaration to review", "%(count)s declarations to review", count
    ) % {"count": formats.number_format(count)}
    url = reverse("minerals:declaration-list") + "?review=not_begun"
    return [WorkItem("info", text, url, count=count)]


def _where_to_decide(one: Clarification) -> str:
    return (one.answered_with or one.declaration).get_absolute_url()


def _name(one: Declaration) -> str:
    return one.supplier.shown_name if one.supplier else one.file_name


def _questions(query: str) -> str:
    return reverse("minerals:clarification-list") + query


def _more_overdue(count: int) -> str:
    text = ngettext(
        "Questions not answered by %(count)s more supplier",
        "Questions not answered by %(count)s more suppliers",
        count,
    )
    return text % {"count": count}


def _more_answered(count: int) -> str:
    text = ngettext(
        "Questions answered by %(count)s more supplier",
        "Questions answered by %(count)s more suppliers",
        count,
    )
    return text % {"count": count}


def _more_fresh(count: int) -> str:
    text = ngettext(
        "New findings in %(count)s more accepted declaration",
        "New findings in %(count)s more accepted declarations",
        count,
    )
    return text % {"count": count}


def _more_under_way(count: int) -> str:
    text = ngettext("%(count)s more review to finish", "%(count)s more reviews to finish", count)
    return text % {"count": count}


def _total(found: QuerySet[Clarification] | QuerySet[Declaration], shown: list[WorkItem]) -> int:
    """Counted only where not all of it is shown."""
    return found.count() if len(shown) == EACH else len(shown)


def _task(one: Clarification) -> SupplierTask:
    title = _("Questions about your %(form)s") % {"form": one.declaration.title}
    url = one.get_absolute_url()
    if one.state != ClarificationState.OPEN:
        return SupplierTask(title, _("Answered. Thank you."), url, _("See it"), is_done=True)
    total, answered = one.total, one.answered  # type: ignore[attr-defined]  # annotated above
    words = ngettext(
        "%(count)s question to answer, or a corrected file to upload.",
        "%(count)s questions to answer, or a corrected file to upload.",
        total,
    ) % {"count": total}
    action = _("Continue") if answered else pgettext("button", "Answer")
    return SupplierTask(title, words, url, action, one.due_on, MINUTES_EACH * (total - answered))
