"""Notes on smelters and what was done to bring them to an assessment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import InvalidInput, NotAllowed, NotFound
from core.services.activity import record_activity
from minerals.models import SmelterNote
from minerals.policies.smelters import SPECIALISTS, require_view_smelters, require_write_notes
from minerals.selectors.smelters import smelter_with_cid

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 4000
LONGEST_RESULT = 500


@dataclass(frozen=True, slots=True)
class NoteInput:
    """``happened_on``: today without one; ``result``: what the smelter answered to an outreach."""

    text: str
    is_outreach: bool = False
    happened_on: dt.date | None = None
    result: str = ""


@transaction.atomic
def add_note(actor: User, cid: str, data: NoteInput) -> SmelterNote:
    """Errors: may_not_view_smelters, smelter_not_found, may_not_write_about_smelters, note_empty,
    note_too_long, note_in_future."""
    require_view_smelters(actor)
    smelter = smelter_with_cid(cid)
    require_write_notes(actor)
    text, result = data.text.strip(), data.result.strip()
    day = data.happened_on or clock.today()
    _require_right(text, result, day)
    note = SmelterNote.objects.create(
        smelter=smelter,
        text=text,
        is_outreach=data.is_outreach,
        happened_on=day,
        result=result,
        written_by=actor,
    )
    record_activity(actor, "smelter.noted", smelter, note=note.pk, outreach=data.is_outreach)
    return note


def _require_right(text: str, result: str, day: dt.date) -> None:
    if not text:
        raise InvalidInput("note_empty", N_("Write what happened."), field="text")
    for words, limit, name in ((text, LONGEST, "text"), (result, LONGEST_RESULT, "result")):
        if len(words) > limit:
            raise InvalidInput(
                "note_too_long",
                N_("The text has %(length)s characters; %(limit)s are possible."),
                {"length": len(words), "limit": limit},
                field=name,
            )
    if day > clock.today():
        raise InvalidInput("note_in_future", N_("This day is still to come."), field="happened_on")


@transaction.atomic
def withdraw_note(actor: User, note_id: int) -> SmelterNote:
    """It stays on record, crossed out. By who wrote it, or a CSR specialist.

    Errors: may_not_view_smelters, note_not_found, may_not_withdraw_note.
    """
    require_view_smelters(actor)
    rows = SmelterNote.objects.select_for_update(of=("self",)).select_related("smelter")
    note = rows.filter(pk=note_id).first()
    if note is None:
        raise NotFound("note_not_found", N_("There is no such note."))
    if not can_withdraw_note(actor, note):
        raise NotAllowed(
            "may_not_withdraw_note", N_("Who wrote it, or a CSR specialist, withdraws a note.")
        )
    if note.withdrawn_at is None:
        note.withdrawn_at = clock.now()
        note.save(update_fields=["withdrawn_at"])
        record_activity(actor, "smelter.note_withdrawn", note.smelter, note=note.pk)
    return note


def can_withdraw_note(actor: User, note: SmelterNote) -> bool:
    return actor.has_role(*SPECIALISTS) or note.written_by_id == actor.pk
