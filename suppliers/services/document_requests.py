"""Asking suppliers to sign; taking that back; a supplier refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.models import Notification
from core.services.activity import record_activity, record_many
from core.services.notifications import send_notifications, settle
from suppliers.enums import RequestState
from suppliers.models import DocumentRequest, DocumentType, Supplier
from suppliers.policies import commitments as policies
from suppliers.selectors.commitments import (
    commitments_in_use,
    contact_of,
    request_for,
    waiting_requests,
)
from suppliers.selectors.request_plan import Asked, RequestPlan, request_plan
from suppliers.services.document_versions import require_future
from suppliers.services.signers import ASKING, our_people, settle_signing, signers_of, tell
from suppliers.services.told import told_day, told_name

if TYPE_CHECKING:
    from accounts.models import User

MAX_SUPPLIERS = 1000
PORTION = 500
CERTIFICATION_DAYS = dt.timedelta(days=14)
MAX_REASON = 2000
PLEASE_SIGN = N_("Please sign until %(due_on)s: %(documents)s")
REFUSED = N_("%(supplier)s refuses to sign %(documents)s: %(reason)s")


@dataclass(frozen=True, slots=True)
class BulkRequestInput:
    supplier_ids: Sequence[int]
    document_ids: Sequence[int]
    due_on: dt.date


@transaction.atomic
def request_documents(actor: User, data: BulkRequestInput) -> RequestPlan:
    """Ask each supplier for each document it must sign and has not signed; what was asked.

    Suppliers the actor may not see are not there. Errors: may_not_request_signatures, due_on_past,
    nothing_chosen, too_many_suppliers.
    """
    policies.require_request_signatures(actor)
    require_future(data.due_on)
    suppliers = chosen_suppliers(actor, data.supplier_ids, locked=True)
    commitments = [one for one in commitments_in_use() if one.document.pk in set(data.document_ids)]
    if not suppliers or not commitments:
        raise InvalidInput("nothing_chosen", N_("Choose at least one supplier and one document."))
    plan = request_plan(suppliers, commitments)
    _ask(actor, plan, data.due_on)
    return plan


@transaction.atomic
def request_certification_documents(actor: User, supplier: Supplier) -> None:
    """Signing begins: the supplier is asked for what it must sign before certification.

    The caller has checked that the actor may. Documents asked for already, or signed, are not
    asked for again.
    """
    wanted = [one for one in commitments_in_use() if one.document.at_certification]
    _ask(actor, request_plan([supplier], wanted), clock.today() + CERTIFICATION_DAYS)


def chosen_suppliers(
    actor: User, supplier_ids: Sequence[int], *, locked: bool = False
) -> list[Supplier]:
    """Errors: too_many_suppliers."""
    keys = set(supplier_ids)
    if len(keys) > MAX_SUPPLIERS:
        raise InvalidInput(
            "too_many_suppliers",
            N_("At most %(limit)s suppliers at once. Narrow the list by a filter."),
            {"limit": MAX_SUPPLIERS},
        )
    seen = Supplier.objects.visible_to(actor).living().filter(pk__in=keys).order_by("code")
    return list(seen.select_for_update(of=("self",)) if locked else seen)


def _ask(actor: User, plan: RequestPlan, due_on: dt.date) -> None:
    """The requests, the entries of the trail and what people are told, each all at once."""
    DocumentRequest.objects.bulk_create(
        [
            DocumentRequest(
                supplier=one.supplier, version=version, due_on=due_on, requested_by=actor
            )
            for one in plan.asked
            for version in one.versions
        ],
        batch_size=PORTION,
    )
    record_many(actor, Supplier, (_entry(one, due_on) for one in plan.asked))
    people = signers_of([one.supplier for one in plan.asked])
    held: list[Notification] = []
    for one in plan.asked:
        _tell_asked(one, due_on, people.get(one.supplier.pk, []), held)
    send_notifications(held)


def _entry(asked: Asked, due_on: dt.date) -> tuple[str, int, dict[str, Any]]:
    documents = [version.document for version in asked.versions]
    data = {
        "documents": [document.code for document in documents],
        "due_on": due_on.isoformat(),
        "name": ", ".join(document.name for document in documents),
    }
    return "document.requested", asked.supplier.pk, data


def _tell_asked(
    asked: Asked, due_on: dt.date, people: list[User], held: list[Notification]
) -> None:
    url = (
        reverse("suppliers:commitment-sign", args=[asked.versions[0].pk])
        if len(asked.versions) == 1
        else reverse("suppliers:commitment-own")
    )
    tell(
        people,
        "document.requested",
        PLEASE_SIGN,
        [version.document for version in asked.versions],
        {"due_on": told_day(due_on)},
        url=url,
        supplier=asked.supplier,
        subject=asked.supplier,
        held=held,
    )


@transaction.atomic
def cancel_request(actor: User, request_id: int) -> DocumentRequest:
    """Errors: may_not_request_signatures, request_not_found, request_closed."""
    policies.require_request_signatures(actor)
    found = request_for(actor, request_id, locked=True)
    _close(found, RequestState.CANCELLED)
    record_activity(
        actor, "document.request_cancelled", found.supplier,
        document=found.version.document.code, name=found.version.document.name,
    )  # fmt: skip
    return found


@transaction.atomic
def refuse_request(actor: User, request_id: int, reason: str) -> DocumentRequest:
    """The supplier does not sign, and says why; buyer and CSR specialists are told.

    Errors: may_not_act_for_supplier, request_not_found, request_closed, refusal_missing,
    refusal_too_long.
    """
    found = request_for(actor, request_id, locked=True)
    policies.require_speak_for_company(actor)
    contact_of(actor)
    words = reason.strip()
    _require_reason(words)
    _close(found, RequestState.REFUSED, words)
    record_activity(
        actor, "document.refused", found.supplier,
        document=found.version.document.code, reason=words, name=found.version.document.name,
    )  # fmt: skip
    tell(
        our_people(found.supplier, found.requested_by),
        "document.refused",
        REFUSED,
        [found.version.document],
        {"supplier": told_name(found.supplier), "reason": words[:200]},
        url=reverse("suppliers:commitment-supplier", args=[found.supplier_id]),
        supplier=found.supplier,
        subject=found.supplier,
        is_urgent=True,
    )
    return found


def cancel_requests_for(actor: User, document: DocumentType) -> int:
    """The document is out of use: nobody need sign it any more; how many were open. The caller
    has checked that the actor may."""
    waiting = DocumentRequest.objects.filter(version__document=document, state=RequestState.OPEN)
    open_ones = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    keys = [one.pk for one in open_ones]
    DocumentRequest.objects.filter(pk__in=keys).update(
        state=RequestState.CANCELLED, closed_at=clock.now()
    )
    data = {"document": document.code, "name": document.name}
    record_many(
        actor,
        Supplier,
        (("document.request_cancelled", one.supplier_id, data) for one in open_ones),
    )
    asking = Notification.objects.filter(kind__in=ASKING, params__codes=[document.code])
    settle(asking)
    return len(open_ones)


def close_as_signed(supplier: Supplier, document: DocumentType) -> None:
    """A signature answers every open request for the document."""
    waiting_requests(supplier, document).update(state=RequestState.DONE, closed_at=clock.now())
    settle_signing(supplier, document)


def _close(request: DocumentRequest, state: RequestState, refusal: str = "") -> None:
    if request.state != RequestState.OPEN:
        raise DomainError(
            "request_closed", N_("This request is closed already: signed, refused or taken back.")
        )
    request.state = state
    request.refusal = refusal
    request.closed_at = clock.now()
    request.save(update_fields=["state", "refusal", "closed_at"])
    settle_signing(request.supplier, request.version.document)


def _require_reason(words: str) -> None:
    if not words:
        raise InvalidInput(
            "refusal_missing",
            N_("Please say why you do not sign, so that we can answer."),
            field="reason",
        )
    if len(words) > MAX_REASON:
        raise InvalidInput(
            "refusal_too_long",
            N_("Please use at most %(limit)s characters."),
            {"limit": MAX_REASON},
            field="reason",
        )
