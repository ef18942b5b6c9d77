"""Wordings of documents: drafts are written and discarded, published versions never change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.models import Notification
from core.services.activity import record_activity, record_many
from core.services.notifications import send_notifications
from suppliers.enums import ChangeKind, RequestState
from suppliers.models import DocumentRequest, DocumentType, DocumentVersion, Supplier
from suppliers.policies import commitments as policies
from suppliers.rules.clauses import clauses_of
from suppliers.rules.documents import text_sha256
from suppliers.selectors.documents import (
    asked_again,
    document_for,
    draft_of,
    newest_version,
    version_for,
)
from suppliers.services.proof import require_near
from suppliers.services.signers import signers_of, tell
from suppliers.services.told import told_day

if TYPE_CHECKING:
    from accounts.models import User

MAX_TEXT = 60_000
AT_ONCE = 500
DAYS_TO_SIGN = 30
SIGN_AGAIN = N_(
    "A new version of %(documents)s asks you to sign again until %(due_on)s. "
    "The changed clauses are shown."
)


@dataclass(frozen=True, slots=True)
class VersionInput:
    """``change``: code of ``ChangeKind``; ignored for the first version of a document."""

    change: str
    text_en: str
    text_zh: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """``asked``: suppliers who are asked to sign again; ``moved``: open requests of an older
    version that now ask for this one."""

    version: DocumentVersion
    asked: int
    moved: int


@transaction.atomic
def write_draft(actor: User, document_id: int, data: VersionInput) -> DocumentVersion:
    """Begin a new version, or change the draft there is.

    Errors: may_not_manage_documents, document_not_found, change_unknown, text_missing,
    text_too_long.
    """
    policies.require_manage_documents(actor)
    document = document_for(document_id, locked=True)
    draft = draft_of(document) or DocumentVersion(document=document, number=_next_number(document))
    draft.change = _change(document, data.change)
    draft.text_en, draft.text_zh = _text(data.text_en, "text_en"), _text(data.text_zh, "text_zh")
    draft.note = " ".join(data.note.split())[:500]
    draft.sha256 = text_sha256(draft.number, draft.text_en, draft.text_zh)
    verb = "document.draft_changed" if draft.pk else "document.draft_written"
    draft.save()
    record_activity(actor, verb, document, version=draft.number, sha256=draft.sha256)
    return draft


@transaction.atomic
def discard_draft(actor: User, version_id: int) -> DocumentType:
    """Errors: may_not_manage_documents, version_not_found, version_published."""
    policies.require_manage_documents(actor)
    version = version_for(version_id, locked=True)
    _require_draft(version)
    document = version.document
    record_activity(actor, "document.draft_discarded", document, version=version.number)
    version.delete()
    return document


@transaction.atomic
def publish_version(actor: User, version_id: int, due_on: dt.date | None = None) -> Published:
    """Put a draft into force. A cosmetic one asks nobody; a material one asks exactly the
    suppliers with a valid signature on an earlier version that are still with us.

    Open requests for an older version ask for this one from now on: nobody signs a text that has
    been replaced. Errors: may_not_manage_documents, version_not_found, version_published,
    due_on_past.
    """
    policies.require_manage_documents(actor)
    document = document_for(version_for(version_id).document_id, locked=True)
    version = version_for(version_id, locked=True)
    _require_draft(version)
    due = due_on or clock.today() + dt.timedelta(days=DAYS_TO_SIGN)
    require_future(due)
    signers = list(asked_again(version).order_by("pk"))
    version.published_at = clock.now()
    version.published_by = actor
    version.save(update_fields=["published_at", "published_by"])
    moved = _move_open_requests(version)
    record_activity(
        actor,
        "document.published",
        document,
        version=version.number,
        change=version.change,
        sha256=version.sha256,
        asked=len(signers),
    )
    _ask_again(actor, version, signers, due)
    return Published(version, len(signers), moved)


def require_future(due_on: dt.date) -> None:
    """Errors: due_on_past, date_too_far."""
    if due_on < clock.today():
        raise InvalidInput(
            "due_on_past", N_("Choose a day that has not passed yet."), field="due_on"
        )
    require_near(due_on, "due_on")


def _ask_again(
    actor: User, version: DocumentVersion, signers: list[Supplier], due_on: dt.date
) -> None:
    """Whoever has an open request for this version already keeps its date."""
    asked_before = set(
        DocumentRequest.objects.filter(version=version, state=RequestState.OPEN).values_list(
            "supplier_id", flat=True
        )
    )
    rows = [
        DocumentRequest(supplier=one, version=version, due_on=due_on, requested_by=actor)
        for one in signers
        if one.pk not in asked_before
    ]
    DocumentRequest.objects.bulk_create(rows, batch_size=AT_ONCE)
    document = version.document
    data = {"document": document.code, "version": version.number, "name": document.name}
    record_many(actor, Supplier, (("document.asked_again", one.pk, data) for one in signers))
    people = signers_of(signers)
    held: list[Notification] = []
    for one in signers:
        tell(
            people.get(one.pk, []),
            "document.asked_again",
            SIGN_AGAIN,
            [document],
            {"due_on": told_day(due_on)},
            supplier=one,
            url=reverse("suppliers:commitment-sign", args=[version.pk]),
            subject=version,
            held=held,
        )
    send_notifications(held)


def _move_open_requests(version: DocumentVersion) -> int:
    waiting = DocumentRequest.objects.filter(
        version__document=version.document_id,
        version__number__lt=version.number,
        state=RequestState.OPEN,
    )
    # By key: an update cannot look at another table, and two open ones of a supplier become one.
    newest: dict[int, int] = {}
    for key, supplier in waiting.order_by("-due_on", "-pk").values_list("pk", "supplier_id"):
        newest.setdefault(supplier, key)
    keep = list(newest.values())
    waiting.exclude(pk__in=keep).update(state=RequestState.CANCELLED, closed_at=clock.now())
    return DocumentRequest.objects.filter(pk__in=keep).update(version=version)


def _require_draft(version: DocumentVersion) -> None:
    if version.published_at is not None:
        raise DomainError(
            "version_published",
            N_("A published version is never changed. Write a new version instead."),
        )


def _next_number(document: DocumentType) -> int:
    highest = document.versions.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _change(document: DocumentType, change: str) -> str:
    if newest_version(document) is None:
        return ChangeKind.FIRST
    if change not in (ChangeKind.COSMETIC, ChangeKind.MATERIAL):
        raise InvalidInput(
            "change_unknown", N_("Say whether the change is cosmetic or material."), field="change"
        )
    return change


def _text(text: str, field: str) -> str:
    clean = "\n".join(line.strip() for line in text.splitlines()).strip()
    if not clauses_of(clean):
        raise InvalidInput(
            "text_missing", N_("Write the text in both languages, one clause a line."), field=field
        )
    if len(clean) > MAX_TEXT:
        raise InvalidInput(
            "text_too_long",
            N_("The text is longer than %(limit)s characters."),
            {"limit": MAX_TEXT},
            field=field,
        )
    return clean
