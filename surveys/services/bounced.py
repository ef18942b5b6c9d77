"""A mail of a survey did not reach its reader: somebody has to find the right address."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core.services.activity import record_activity
from core.services.notifications import notify
from suppliers.selectors.recipients import who_see
from suppliers.services.told import told_name
from surveys.models import AccessLink

BOUNCED = N_("The mail to %(person)s at %(supplier)s came back: please find the right address.")


def tell_bounced(link: AccessLink, problem: str) -> None:
    participant = link.participant
    supplier = participant.supplier
    record_activity(
        None,
        "survey.mail_bounced",
        supplier,
        survey=participant.campaign_id,
        name=link.address,
        note=problem,
    )
    people = [participant.owner, supplier.buyer, participant.campaign.contact_person]
    notify(
        who_see(supplier, people),
        "survey.bounced",
        BOUNCED,
        {"person": link.address, "supplier": told_name(supplier)},
        url=reverse("surveys:participant-detail", args=[participant.pk]),
        subject=participant,
        about=supplier,
    )
