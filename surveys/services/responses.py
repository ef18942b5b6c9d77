"""What the asked supplier does, by its personal link or signed in: the same services for both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import Letter
from core.services.activity import record_activity
from core.services.notifications import notify
from core.services.outbox import withdraw_letters
from core.words import words_of
from suppliers.models import SupplierContact
from suppliers.rules.related_data import ContactInput, check_contact
from suppliers.selectors.known_values import contact_roles, portal_languages
from suppliers.selectors.recipients import who_see
from suppliers.services.problems import refuse
from suppliers.services.told import told_name
from surveys.enums import MessageKind
from surveys.models import AccessLink, Participant, SurveyMessage
from surveys.services.posting import letter, post
from surveys.services.running import require_running

if TYPE_CHECKING:
    from accounts.models import User

MAX_WORDS = 2000
NEW_LINK_FOR = dt.timedelta(days=14)
MAX_OPEN_MESSAGES = 20
TOLD: dict[str, str] = {
    MessageKind.QUESTION: N_("%(supplier)s asks about “%(survey)s”."),
    MessageKind.WRONG_PERSON: N_("%(person)s says: not the right person at %(supplier)s."),
    MessageKind.COLLEAGUE: N_("%(supplier)s names a colleague for “%(survey)s”: %(other)s."),
    MessageKind.DECLINED: N_("%(supplier)s declines to answer “%(survey)s”."),
}


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who acts for the supplier: the person of the link, or the one who is signed in."""

    participant: Participant
    link: AccessLink | None = None
    user: User | None = None

    @property
    def name(self) -> str:
        if self.user is not None:
            return str(self.user)
        contact = self.link.contact if self.link else None
        return f"{contact.name} <{contact.email}>" if contact else "–"


def respondent_of(actor: User, participant_id: int) -> Respondent:
    """A signed-in person of the supplier. Errors: participant_not_found,
    may_not_act_for_supplier."""
    if not actor.has_role(Role.SUPPLIER_CONTACT):
        raise NotAllowed(
            "may_not_act_for_supplier", N_("Only the supplier's own people may do this.")
        )
    rows = Participant.objects.select_related("campaign__contact_person", "supplier__buyer")
    own = rows.filter(pk=participant_id, supplier__contacts__user=actor, excluded_at=None)
    found = own.exclude(campaign__state="draft").first()
    if found is None:
        raise NotFound("participant_not_found", N_("There is no such participant."))
    return Respondent(found, user=actor)


@transaction.atomic
def note_opened(by: Respondent) -> None:
    """The page was really looked at; programs that only fetch links do not say so."""
    participant = _held(by)
    if participant.opened_at is None:
        participant.opened_at = clock.now()
        participant.save(update_fields=["opened_at"])
        _record(by, "survey.opened")


@transaction.atomic
def ask(by: Respondent, text: str) -> SurveyMessage:
    """Errors: survey_not_running, words_missing, words_too_long, too_many_messages."""
    return _say(by, MessageKind.QUESTION, words_of(text, MAX_WORDS, needed=True))


@transaction.atomic
def say_wrong_person(by: Respondent, text: str = "") -> SurveyMessage:
    """The link stops working for this person; the task stays. Errors: as ``ask``."""
    said = _say(by, MessageKind.WRONG_PERSON, words_of(text, MAX_WORDS))
    if by.link is not None:
        by.link.revoked_at = clock.now()
        by.link.save(update_fields=["revoked_at"])
        waiting = Letter.objects.filter(address=by.link.address, params__link=by.link.pk)
        withdraw_letters(waiting)
        _leave(by.participant, by.link.contact)
    return said


def _leave(participant: Participant, contact: SupplierContact | None) -> None:
    """Nobody is written to who said so; our people look for the right person."""
    if contact is not None and participant.contact_id == contact.pk:
        Participant.objects.filter(pk=participant.pk).update(contact=None)


@transaction.atomic
def name_colleague(by: Respondent, name: str, email: str, text: str = "") -> SurveyMessage:
    """Somebody else of the company is to answer; our people see it and write to that person.

    Errors: as ``ask``, and ``InvalidRecord`` of a contact's name and address.
    """
    clean, problems = check_contact(
        ContactInput(name.strip(), email), contact_roles(), portal_languages()
    )
    refuse(problems)
    if not clean.email:
        raise InvalidInput("email_missing", N_("Write an e-mail address."), field="email")
    other = f"{clean.name} <{clean.email}>"
    return _say(by, MessageKind.COLLEAGUE, words_of(text, MAX_WORDS), other)


@transaction.atomic
def decline(by: Respondent, reason: str) -> SurveyMessage:
    """The supplier will not answer, and why. Errors: as ``ask``, survey_declined_already."""
    participant = _held(by)
    if participant.declined_at is not None:
        raise DomainError("survey_declined_already", N_("You have said so already."))
    said = _say(by, MessageKind.DECLINED, words_of(reason, MAX_WORDS, needed=True))
    participant.declined_at, participant.decline_reason = clock.now(), said.text
    participant.save(update_fields=["declined_at", "decline_reason"])
    return said


@transaction.atomic
def take_back_decline(by: Respondent) -> Participant:
    """Errors: survey_not_running, survey_not_declined."""
    participant = _held(by)
    require_running(participant.campaign)
    if participant.declined_at is None:
        raise DomainError("survey_not_declined", N_("Nothing was declined."))
    participant.declined_at, participant.decline_reason = None, ""
    participant.save(update_fields=["declined_at", "decline_reason"])
    _record(by, "survey.decline_taken_back")
    return participant


@transaction.atomic
def send_new_link(expired: AccessLink) -> AccessLink:
    """A new link to the address the old one went to, and to no other; once a day.

    Errors: survey_not_running.
    """
    old = AccessLink.objects.select_for_update().get(pk=expired.pk)
    participant = Participant.objects.select_related("campaign").get(pk=old.participant_id)
    require_running(participant.campaign)
    old.expires_on = clock.today() + NEW_LINK_FOR
    old.save(update_fields=["expires_on"])
    today = clock.today().isoformat()
    post([letter(participant, old, "link", today, is_wanted=True)])
    return old


def _held(by: Respondent) -> Participant:
    rows = Participant.objects.select_for_update(of=("self",)).select_related(
        "campaign", "supplier__buyer", "owner"
    )
    return rows.get(pk=by.participant.pk)


def _say(by: Respondent, kind: MessageKind, text: str, other: str = "") -> SurveyMessage:
    participant = _held(by)
    require_running(participant.campaign)
    if participant.messages.filter(handled_at=None).count() >= MAX_OPEN_MESSAGES:
        raise DomainError(
            "too_many_messages",
            N_("We have many messages of yours that nobody has read yet. Please call us."),
        )
    said = SurveyMessage.objects.create(
        participant=participant,
        kind=kind,
        text=text,
        other=other,
        said_by=by.name[:255],
        user=by.user,
    )
    _record(by, f"survey.{kind}", note=text, name=other)
    _tell(participant, said)
    return said


def _tell(participant: Participant, said: SurveyMessage) -> None:
    campaign = participant.campaign
    people = [participant.owner, participant.supplier.buyer, campaign.contact_person]
    notify(
        who_see(participant.supplier, people),
        f"survey.{said.kind}",
        TOLD[said.kind],
        {
            "supplier": told_name(participant.supplier),
            "survey": campaign.name,
            "person": said.said_by,
            "other": said.other,
        },
        url=reverse("surveys:participant-detail", args=[participant.pk]),
        subject=participant,
        about=participant.supplier,
        is_urgent=said.kind != MessageKind.QUESTION,
    )


def _record(by: Respondent, verb: str, **data: str) -> None:
    record_activity(
        by.user,
        verb,
        by.participant.supplier,
        survey=by.participant.campaign_id,
        said_by=by.name,
        **{key: value for key, value in data.items() if value},
    )
