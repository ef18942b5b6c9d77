"""Personal links: signed, for one participant and one address, expiring, revocable."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, NotFound
from surveys.enums import CampaignState
from surveys.models import AccessLink

SALT = "surveys.link"
# So long after the due date one can still answer by the link; the last step of the schedule is on
# the thirtieth day.
GRACE = dt.timedelta(days=45)


class LinkExpired(DomainError):
    """``link``: whose it was, so that a new one can be sent to the same address."""

    status = 410

    def __init__(self, link: AccessLink) -> None:
        super().__init__("link_expired", N_("This link has expired."))
        self.link = link


def expiry_of(due_on: dt.date) -> dt.date:
    return due_on + GRACE


def token_of(link: AccessLink) -> str:
    """Signed anew each time, so that it need not be stored; earlier ones go on working."""
    return signing.dumps([link.pk, link.nonce], salt=SALT, compress=True)


def link_of(token: str) -> AccessLink:
    """The link that the token opens, with participant, survey and supplier.

    Errors: link_unknown (altered, revoked, of a supplier taken out), ``LinkExpired``.
    """
    try:
        key, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise _unknown() from None
    found = AccessLink.objects.select_related(
        "participant__campaign__contact_person", "participant__supplier__buyer", "contact"
    )
    link = found.filter(pk=key, revoked_at=None).first()
    if link is None or not constant_time_compare(link.nonce, str(nonce)):
        raise _unknown()
    participant = link.participant
    if participant.excluded_at is not None or participant.campaign.state == CampaignState.DRAFT:
        raise _unknown()
    if link.expires_on < clock.today():
        raise LinkExpired(link)
    return link


def _unknown() -> NotFound:
    return NotFound(
        "link_unknown",
        N_("This link does not work. Open the newest mail you had from us, or ask us for help."),
    )
