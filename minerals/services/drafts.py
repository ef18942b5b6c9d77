"""Declarations that are prepared: judged as any other, of no consequence until they are submitted.

The callers are the survey's services; they have made sure that the draft is the supplier's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, NotFound
from core.services.activity import record_activity
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from minerals.services.recording import take_effect
from minerals.services.supersession import current_status, lock_suppliers

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def submit_draft(declaration_id: int, *, actor: User | None, note: str = "") -> Declaration:
    """From now on it counts, with all that follows: the former one is superseded, questions are
    answered, gate and rating. Errors: draft_not_found, draft_not_judged, draft_unreadable."""
    declaration = _held(declaration_id)
    if declaration.error:
        raise DomainError("draft_unreadable", N_("This file cannot be read. Choose another one."))
    if not declaration.judged:
        raise DomainError("draft_not_judged", N_("The file is being checked. Wait a moment."))
    declaration.received_at = clock.now()
    declaration.uploaded_by = actor
    declaration.status = current_status(declaration)
    declaration.save(update_fields=["received_at", "uploaded_by", "status"])
    record_activity(
        actor, "declaration.submitted", declaration, file=declaration.file_name, note=note
    )
    take_effect(declaration)
    declaration.refresh_from_db()
    return declaration


@transaction.atomic
def discard_draft(declaration_id: int, *, actor: User | None) -> None:
    """The file itself stays in the store, its content in no table. Errors: draft_not_found."""
    declaration = _held(declaration_id)
    record_activity(actor, "declaration.discarded", declaration, file=declaration.file_name)
    declaration.delete()


def _held(declaration_id: int) -> Declaration:
    drafts = Declaration.everything.filter(status=DeclarationStatus.DRAFT, pk=declaration_id)
    lock_suppliers(drafts.values_list("supplier_id", flat=True).first())
    found = drafts.select_for_update(of=("self",)).select_related("supplier", "workbook").first()
    if found is None:
        raise NotFound("draft_not_found", N_("There is no such file waiting to be submitted."))
    return found
