"""Reminding suppliers of documents they were asked to sign; once a day, by the scheduler."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core.each import each_by_itself
from core.services.activity import record_activity
from suppliers.enums import RequestState, SignatureState
from suppliers.models import DocumentRequest, Signature, Supplier
from suppliers.rules.documents import REMINDER_DAYS, reminder_due
from suppliers.selectors.commitments import standings_of
from suppliers.services.signers import our_people, signers_of, tell
from suppliers.services.told import told_day, told_name
from suppliers.workflow import LEFT

REMINDER = N_("Please remember to sign until %(due_on)s: %(documents)s")
OVERDUE = N_("The day to sign has passed (%(due_on)s). Please sign now: %(documents)s")
NOT_SIGNED = N_("%(supplier)s has not signed after the last reminder: %(documents)s")


@dataclass(slots=True)
class Reminded:
    """How many requests were reminded of, and for how many it was the last time."""

    reminders: int = 0
    last: int = 0


def remind_due(today: dt.date) -> Reminded:
    """Remind of every open request whose day it is; a second run on the day finds nothing.

    One transaction a supplier, so that one failure keeps nobody else waiting. A scan that waits
    for our own check is not asked for again, nor a document that is signed or out of use.
    """
    done = each_by_itself(_suppliers_with_candidates(today), partial(_remind_supplier, today=today))
    return Reminded(sum(one.reminders for one in done), sum(one.last for one in done))


def _suppliers_with_candidates(today: dt.date) -> list[int]:
    first = today - dt.timedelta(days=REMINDER_DAYS[0])
    waiting = DocumentRequest.objects.filter(state=RequestState.OPEN, due_on__lte=first)
    waiting = waiting.filter(version__document__is_active=True)
    waiting = waiting.exclude(reminded_on__gte=today).exclude(supplier__status__in=LEFT)
    return list(
        waiting.filter(supplier__merged_into=None)
        .order_by("supplier_id")
        .values_list("supplier_id", flat=True)
        .distinct()
    )


@transaction.atomic
def _remind_supplier(supplier_id: int, today: dt.date) -> Reminded:
    scan = Signature.objects.filter(
        supplier=OuterRef("supplier"),
        version__document=OuterRef("version__document"),
        state=SignatureState.TO_CHECK,
    )
    waiting = (
        DocumentRequest.objects.select_for_update(of=("self",))
        .select_related("version__document", "requested_by")
        .filter(supplier=supplier_id, state=RequestState.OPEN, version__document__is_active=True)
        .exclude(Exists(scan))
        .order_by("due_on", "pk")
    )
    supplier = Supplier.objects.select_related("buyer").get(pk=supplier_id)
    signed = {one.document.pk for one in standings_of(supplier) if one.state == "signed"}
    groups: dict[tuple[str, dt.date], list[DocumentRequest]] = defaultdict(list)
    for request in waiting:
        if request.version.document_id in signed:
            continue
        kind = reminder_due(request.due_on, _told_on(request), today)
        if kind:
            groups[kind, request.due_on].append(request)
    done = Reminded()
    for (kind, due_on), requests in groups.items():
        _remind(supplier, requests, due_on, today)
        done.reminders += len(requests)
        if kind == "last":
            _tell_our_people(supplier, requests)
            done.last += len(requests)
    return done


def _told_on(request: DocumentRequest) -> dt.date:
    return request.reminded_on or timezone.localdate(request.requested_at)


def _remind(
    supplier: Supplier, requests: Sequence[DocumentRequest], due_on: dt.date, today: dt.date
) -> None:
    for request in requests:
        request.reminders += 1
        request.reminded_on = today
        request.save(update_fields=["reminders", "reminded_on"])
    documents = [request.version.document for request in requests]
    record_activity(
        None, "document.reminded", supplier,
        documents=[document.code for document in documents],
        name=", ".join(document.name for document in documents),
    )  # fmt: skip
    single = requests[0].version_id if len(requests) == 1 else None
    url = (
        reverse("suppliers:commitment-sign", args=[single])
        if single
        else reverse("suppliers:commitment-own")
    )
    tell(
        signers_of([supplier]).get(supplier.pk, []),
        "document.reminder",
        OVERDUE if due_on < today else REMINDER,
        documents,
        {"due_on": told_day(due_on)},
        url=url,
        supplier=supplier,
        subject=supplier,
        is_urgent=due_on <= today,
    )


def _tell_our_people(supplier: Supplier, requests: Sequence[DocumentRequest]) -> None:
    askers = [request.requested_by for request in requests]
    tell(
        our_people(supplier, *askers),
        "document.not_signed",
        NOT_SIGNED,
        [request.version.document for request in requests],
        {"supplier": told_name(supplier)},
        url=reverse("suppliers:commitment-supplier", args=[supplier.pk]),
        supplier=supplier,
        subject=supplier,
        is_urgent=True,
    )
