"""Whom of a supplier the survey asks: another person, a new link, no link any more."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.models import Letter
from core.services.activity import record_activity
from core.services.outbox import withdraw_letters
from suppliers.models import SupplierContact
from suppliers.rules.related_data import ContactInput
from suppliers.services.contacts import save_contact
from surveys import policies
from surveys.enums import MessageKind
from surveys.models import AccessLink, Participant
from surveys.selectors.campaigns import participant_for
from surveys.services.chasing import links_of
from surveys.services.messages import settle_all
from surveys.services.posting import letter, post
from surveys.services.running import require_running
from surveys.services.starting import make_links

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_HOLD = dt.timedelta(days=90)
# What looking for the right person settles.
ABOUT_PEOPLE = (MessageKind.WRONG_PERSON, MessageKind.COLLEAGUE)


@transaction.atomic
def set_contact(actor: User, participant_id: int, contact_id: int) -> Participant:
    """Ask this person from now on; the former one's link stops working, the new one is invited.

    Errors: participant_not_found, may_not_chase, survey_not_running, contact_not_found,
    email_missing.
    """
    participant = _held(actor, participant_id)
    contact = participant.supplier.contacts.filter(pk=contact_id).first()
    if contact is None:
        raise InvalidInput("contact_not_found", N_("There is no such contact."), field="contact")
    if not contact.email:
        raise InvalidInput("email_missing", N_("Write an e-mail address."), field="contact")
    return _ask(actor, participant, contact)


@transaction.atomic
def add_contact(actor: User, participant_id: int, name: str, email: str) -> Participant:
    """Put a new person into the supplier's record and ask that one; somebody of this address who
    is known already is asked instead. Errors: also those of ``save_contact``."""
    participant = _held(actor, participant_id)
    address = email.strip()
    known = participant.supplier.contacts.filter(email__iexact=address).first() if address else None
    if known is None:
        data = ContactInput(name, address, role="minerals")
        known = save_contact(actor, participant.supplier_id, data)
    return set_contact(actor, participant_id, known.pk)


def _ask(actor: User, participant: Participant, contact: SupplierContact) -> Participant:
    _revoke(participant.links.exclude(address=contact.email.lower()))
    participant.contact = contact
    participant.save(update_fields=["contact"])
    record_activity(
        actor,
        "survey.contact_set",
        participant.supplier,
        survey=participant.campaign_id,
        name=contact.name,
    )
    settle_all(actor, participant, ABOUT_PEOPLE)
    (link,) = links_of(participant.campaign, [participant]).values()
    post([letter(participant, link, "invitation")])
    return participant


@transaction.atomic
def revoke_links(actor: User, participant_id: int) -> int:
    """Every personal link of the participant stops working; how many. Errors:
    participant_not_found, may_not_chase, survey_not_running."""
    participant = _held(actor, participant_id)
    count = _revoke(participant.links.all())
    record_activity(
        actor,
        "survey.link_revoked",
        participant.supplier,
        survey=participant.campaign_id,
        count=count,
    )
    return count


@transaction.atomic
def renew_link(actor: User, participant_id: int) -> AccessLink:
    """The former link stops working; a new one goes to the contact. Errors: also
    nobody_to_write_to."""
    participant = _held(actor, participant_id)
    contact = participant.contact
    if contact is None or not contact.email:
        raise DomainError("nobody_to_write_to", N_("Nobody of the supplier has an address."))
    _revoke(participant.links.filter(address=contact.email.lower()))
    (link,) = make_links(participant.campaign, [(participant, contact)])
    post([letter(participant, link, "link", is_wanted=True)])
    record_activity(
        actor,
        "survey.link_sent",
        participant.supplier,
        survey=participant.campaign_id,
        name=link.address,
    )
    return link


@transaction.atomic
def hold_reminders(actor: User, participant_id: int, until: dt.date | None) -> Participant:
    """No reminders to this supplier before ``until``; None: they go on. Errors: also hold_wrong."""
    participant = _held(actor, participant_id)
    today = clock.today()
    if until is not None and not today < until <= today + LONGEST_HOLD:
        raise InvalidInput(
            "hold_wrong",
            N_("Choose a day after today, at most %(days)s days from now."),
            {"days": LONGEST_HOLD.days},
            field="until",
        )
    participant.paused_until = until
    participant.save(update_fields=["paused_until"])
    record_activity(
        actor,
        "survey.held",
        participant.supplier,
        survey=participant.campaign_id,
        until=until.isoformat() if until else "",
    )
    return participant


def _held(actor: User, participant_id: int) -> Participant:
    participant = participant_for(actor, participant_id, locked=True)
    policies.require_chase(actor)
    require_running(participant.campaign)
    return participant


def _revoke(links: QuerySet[AccessLink]) -> int:
    rows = list(links.filter(revoked_at=None).select_related("participant"))
    for link in rows:
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
        letters = Letter.objects.about(link.participant).filter(address=link.address)
        withdraw_letters(letters)
    return len(rows)
