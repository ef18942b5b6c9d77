"""The start: the scope is frozen, every chosen supplier becomes a participant and is written to."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.bulk_insert import insert_rows
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity, record_many
from core.words import reason_of
from suppliers.models import Supplier, SupplierContact
from suppliers.selectors.suppliers import supplier_for
from surveys.enums import CampaignState
from surveys.models import AccessLink, Campaign, FrozenScope, Participant, ParticipantForm
from surveys.policies import require_run_surveys
from surveys.rules.scope import Scope, families_for
from surveys.selectors.campaigns import campaign_for
from surveys.selectors.contacts import contacts_to_ask
from surveys.selectors.scope import HUNDRED, ScopePreview, scope_preview
from surveys.selectors.stages import answered_already
from surveys.services.campaigns import prepared_campaign
from surveys.services.links import expiry_of
from surveys.services.posting import letter, post
from surveys.services.running import require_running

if TYPE_CHECKING:
    from accounts.models import User

PORTION = 500
# Who is asked late has at least so much time.
LEAST_TIME = dt.timedelta(days=14)


@transaction.atomic
def start_campaign(actor: User, campaign_id: int) -> Campaign:
    """Freeze the scope and write to every chosen supplier that has somebody to write to.

    Errors: survey_not_found, may_not_run_surveys, survey_started, survey_empty,
    survey_due_too_soon.
    """
    campaign = prepared_campaign(actor, campaign_id)
    today = clock.today()
    if campaign.due_on <= today:
        raise InvalidInput(
            "survey_due_too_soon", N_("The due date lies after today."), field="due_on"
        )
    preview = scope_preview(campaign)
    if not preview.scope.included:
        raise DomainError("survey_empty", N_("Nobody would be asked. Widen the scope first."))
    _freeze(campaign, preview.scope)
    campaign.state, campaign.started_on = CampaignState.RUNNING, today
    campaign.scope_count = len(preview.scope.lines)
    campaign.scope_spend = Decimal(preview.scope.spend) / HUNDRED
    campaign.asked_spend = Decimal(preview.scope.included_spend) / HUNDRED
    campaign.save()
    participants = _participants(campaign, preview)
    invited = invite(campaign, participants)
    record_activity(
        actor,
        "survey.started",
        campaign,
        name=campaign.name,
        count=len(participants),
        of=campaign.scope_count,
        invited=invited,
    )
    record_many(
        actor,
        Supplier,
        (
            ("survey.asked", one.supplier_id, {"survey": campaign.pk, "name": campaign.name})
            for one in participants
        ),
    )
    return campaign


@transaction.atomic
def add_supplier(actor: User, campaign_id: int, supplier_id: int, reason: str) -> Participant:
    """Ask one more supplier while the survey runs; the frozen scope stays as it was.

    Errors: survey_not_found, may_not_run_surveys, survey_not_running, supplier_not_found,
    reason_missing, survey_asked_already, survey_nothing_to_ask.
    """
    campaign = campaign_for(actor, campaign_id, locked=True)
    require_run_surveys(actor)
    require_running(campaign)
    supplier = supplier_for(actor, supplier_id)
    words = reason_of(reason)
    if campaign.participants.filter(supplier=supplier).exists():
        raise DomainError("survey_asked_already", N_("This supplier is in the survey already."))
    asked = list(campaign.forms.values_list("family", flat=True))
    metals = sorted(supplier.minerals.values_list("metal", flat=True))
    families = families_for(metals, asked)
    if not families:
        raise DomainError(
            "survey_nothing_to_ask",
            N_("None of the survey's forms concerns this supplier's materials."),
        )
    participant = Participant.objects.create(
        campaign=campaign,
        supplier=supplier,
        contact=contacts_to_ask([supplier.pk]).get(supplier.pk),
        owner_id=supplier.buyer_id,
        asked_on=clock.today(),
        due_on=max(campaign.due_on, clock.today() + LEAST_TIME),
    )
    ParticipantForm.objects.bulk_create(
        ParticipantForm(participant=participant, family=family) for family in families
    )
    invite(campaign, [participant])
    facts = {"survey": campaign.pk, "name": campaign.name, "note": words}
    record_activity(actor, "survey.added", supplier, **facts)
    record_activity(actor, "survey.added", campaign, name=supplier.name, note=words)
    return participant


def _freeze(campaign: Campaign, scope: Scope) -> None:
    notes = dict(campaign.choices.values_list("supplier_id", "reason"))
    insert_rows(
        FrozenScope,
        ("campaign", "supplier", "rank", "spend", "is_included", "reasons", "note"),
        (
            (
                campaign.pk,
                line.key,
                line.rank,
                Decimal(line.spend) / HUNDRED,
                line.included,
                ",".join(line.reasons),
                notes.get(line.key, "") if "by_hand" in line.reasons else "",
            )
            for line in scope.lines
        ),
    )


def _participants(campaign: Campaign, preview: ScopePreview) -> list[Participant]:
    keys = [line.key for line in preview.scope.included]
    buyers = dict(Supplier.objects.filter(pk__in=keys).values_list("pk", "buyer_id"))
    contacts = contacts_to_ask(keys)
    assert campaign.started_on is not None
    made = Participant.objects.bulk_create(
        [
            Participant(
                campaign=campaign,
                supplier_id=key,
                contact=contacts.get(key),
                owner_id=buyers.get(key),
                asked_on=campaign.started_on,
                due_on=campaign.due_on,
            )
            for key in keys
        ],
        batch_size=PORTION,
    )
    ParticipantForm.objects.bulk_create(
        [
            ParticipantForm(participant=one, family=family)
            for one in made
            for family in preview.forms[one.supplier_id]
        ],
        batch_size=PORTION,
    )
    return made


def invite(campaign: Campaign, participants: Sequence[Participant]) -> int:
    """A link and a letter for everybody who has an address and has not answered already; how many.
    The letters go when the transaction commits."""
    done = answered_already(campaign)
    asked = [
        one for one in participants if one.contact and one.contact.email and one.pk not in done
    ]
    links = make_links(campaign, ((one, one.contact) for one in asked if one.contact))
    return post(letter(link.participant, link, "invitation") for link in links)


def make_links(
    campaign: Campaign, asked: Iterable[tuple[Participant, SupplierContact]]
) -> list[AccessLink]:
    return AccessLink.objects.bulk_create(
        [
            AccessLink(
                participant=participant,
                contact=contact,
                address=contact.email.lower(),
                nonce=secrets.token_hex(12),
                expires_on=expiry_of(participant.due_on),
            )
            for participant, contact in asked
        ],
        batch_size=PORTION,
    )
