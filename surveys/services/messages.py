"""Our side of what a supplier said: an answer by mail, or a note that somebody saw to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, NotFound
from core.services.activity import record_activity
from core.services.notifications import settle_about
from core.words import words_of
from surveys import policies
from surveys.enums import MessageKind
from surveys.models import Participant, SurveyMessage
from surveys.selectors.campaigns import participant_for
from surveys.services.chasing import links_of
from surveys.services.posting import letter, post
from surveys.services.running import require_running

if TYPE_CHECKING:
    from accounts.models import User

MAX_WORDS = 4000


@transaction.atomic
def answer_message(actor: User, message_id: int, text: str) -> SurveyMessage:
    """The answer goes by mail to the participant's contact; it was asked for.

    Errors: message_not_found, may_not_chase, words_missing, words_too_long, nobody_to_write_to.
    """
    said = _held(actor, message_id)
    reply = _write(actor, said.participant, text)
    _settle(actor, said)
    return reply


@transaction.atomic
def write_message(actor: User, participant_id: int, text: str) -> SurveyMessage:
    """Write to the supplier of one's own accord; it counts as one of the week's mails.

    Errors: participant_not_found, may_not_chase, survey_not_running, words_missing,
    words_too_long, nobody_to_write_to.
    """
    participant = participant_for(actor, participant_id, locked=True)
    policies.require_chase(actor)
    require_running(participant.campaign)
    return _write(actor, participant, text, is_wanted=False)


def _write(
    actor: User, participant: Participant, text: str, *, is_wanted: bool = True
) -> SurveyMessage:
    words = words_of(text, MAX_WORDS, needed=True)
    link = links_of(participant.campaign, [participant]).get(participant.pk)
    if link is None:
        raise DomainError("nobody_to_write_to", N_("Nobody of the supplier has an address."))
    reply = SurveyMessage.objects.create(
        participant=participant,
        kind=MessageKind.REPLY,
        text=words,
        said_by=str(actor),
        user=actor,
        handled_at=clock.now(),
        handled_by=actor,
    )
    post([letter(participant, link, "reply", str(reply.pk), is_wanted=is_wanted, text=words)])
    record_activity(
        actor, "survey.answered", participant.supplier, survey=participant.campaign_id, note=words
    )
    return reply


@transaction.atomic
def settle_message(actor: User, message_id: int) -> SurveyMessage:
    """Errors: message_not_found, may_not_chase."""
    said = _held(actor, message_id)
    _settle(actor, said)
    return said


def settle_all(actor: User, participant: Participant, kinds: Iterable[str]) -> None:
    """What was done settles messages of these kinds."""
    for said in participant.messages.filter(kind__in=list(kinds), handled_at=None):
        _settle(actor, said)


def _settle(actor: User, said: SurveyMessage) -> None:
    if said.handled_at is None:
        said.handled_at, said.handled_by = clock.now(), actor
        said.save(update_fields=["handled_at", "handled_by"])
        settle_about(said.participant, f"survey.{said.kind}")


def _held(actor: User, message_id: int) -> SurveyMessage:
    seen = Participant.objects.visible_to(actor)
    rows = SurveyMessage.objects.select_for_update(of=("self",)).filter(participant__in=seen)
    found = rows.select_related(
        "participant__campaign", "participant__supplier", "participant__contact__supplier"
    ).filter(pk=message_id)
    said = found.first() if actor.is_internal else None
    if said is None:
        raise NotFound("message_not_found", N_("There is no such message."))
    policies.require_chase(actor)
    return said
