"""What waits for somebody about documents: our people's queue, a supplier's tasks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import clock
from suppliers.enums import RequestState, SignatureState
from suppliers.models import DocumentRequest, Signature
from suppliers.policies import commitments as policies
from suppliers.rules.documents import REMINDER_DAYS
from suppliers.selectors.commitments import Standing, requests_for, signatures_for
from suppliers.selectors.own_documents import own_documents
from suppliers.selectors.work import SupplierTask, WorkItem, with_rest
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 5
REFUSALS_FOR = dt.timedelta(days=30)
DONE_FOR = dt.timedelta(days=90)
MINUTES = 5


def commitment_work(actor: User) -> list[WorkItem]:
    """Scans to check, refusals, and documents not signed after the last reminder: the newest
    trouble first, at most ``SHOWN`` lines and one for the rest. Six queries."""
    if not policies.can_request_signatures(actor):
        return []
    scans = signatures_for(actor).filter(state=SignatureState.TO_CHECK)
    scans = scans.exclude(recorded_by=actor).order_by("signed_at", "pk")
    refused, late = _refused(actor), _late(actor)
    items = [
        *[_refused_item(one) for one in refused[:SHOWN]],
        *[_late_item(one) for one in late[:SHOWN]],
        *[_scan_item(one) for one in scans[:SHOWN]],
    ]
    total = scans.count() + refused.count() + late.count()
    return with_rest(items[:SHOWN], total, _more, reverse("suppliers:commitment-matrix"))


def _refused(actor: User) -> QuerySet[DocumentRequest]:
    recent = requests_for(actor).filter(
        state=RequestState.REFUSED, closed_at__gte=clock.now() - REFUSALS_FOR
    )
    return recent.exclude(supplier__status__in=LEFT).order_by("-closed_at", "-pk")


def _late(actor: User) -> QuerySet[DocumentRequest]:
    """Nothing reminds the supplier any more: a person has to."""
    day = clock.today() - dt.timedelta(days=REMINDER_DAYS[-1])
    waiting = requests_for(actor).filter(state=RequestState.OPEN, due_on__lte=day)
    return waiting.exclude(supplier__status__in=LEFT).order_by("due_on", "pk")


def _page_of(request: DocumentRequest) -> str:
    return reverse("suppliers:commitment-supplier", args=[request.supplier_id])


def _refused_item(request: DocumentRequest) -> WorkItem:
    title = _("Refused: %(document)s · %(supplier)s") % _names(request)
    return WorkItem("error", title, _page_of(request), request.refusal[:160])


def _late_item(request: DocumentRequest) -> WorkItem:
    title = _("Not signed after all reminders: %(document)s · %(supplier)s") % _names(request)
    return WorkItem("error", title, _page_of(request), due_on=request.due_on)


def _scan_item(signature: Signature) -> WorkItem:
    title = _("Check the signed scan: %(document)s · %(supplier)s") % _names(signature)
    url = reverse("suppliers:signature-detail", args=[signature.pk])
    return WorkItem("warning", title, url)


def _names(row: DocumentRequest | Signature) -> dict[str, str]:
    return {"document": row.version.document.label, "supplier": row.supplier.shown_name}


def _more(count: int) -> str:
    text = ngettext(
        "%(count)s more document is refused, late or to be checked",
        "%(count)s more documents are refused, late or to be checked",
        count,
    )
    return text % {"count": count}


def commitment_tasks(actor: User) -> list[SupplierTask]:
    """What the supplier's contact is asked to sign, then what was signed lately."""
    own = own_documents(actor)
    if own is None:
        return []
    since = timezone.localdate(clock.now() - DONE_FOR)
    waiting = [_task(one) for one in own.asked]
    done = [
        _done_task(one)
        for one in own.in_order
        if one.signature is not None and one.signature.signed_on >= since
    ]
    return [*waiting, *done]


def _task(standing: Standing) -> SupplierTask:
    version = standing.version
    assert version is not None
    title = _("Sign: %(document)s, version %(number)s") % {
        "document": standing.document.label,
        "number": version.number,
    }
    return SupplierTask(
        title=title,
        detail=_why(standing),
        url=reverse("suppliers:commitment-sign", args=[version.pk]),
        action=_("Read and sign"),
        due_on=standing.due_on,
        minutes=MINUTES,
        group=_("Sign these documents"),
        item=standing.document.label,
    )


def _why(standing: Standing) -> str:
    reasons = {
        "outdated": _("The wording has changed; the changes are marked for you."),
        "expiring": _("Your signature is valid for a few more weeks; please renew it."),
        "expired": _("Your last signature has run out; please renew it."),
    }
    default = _("You read the text, write your name and job title and confirm.")
    return reasons.get(standing.state, default)


def _done_task(standing: Standing) -> SupplierTask:
    return SupplierTask(
        title=standing.document.label,
        detail=pgettext("document", "Signed"),
        url=reverse("suppliers:commitment-own"),
        action=_("View"),
        is_done=True,
    )
