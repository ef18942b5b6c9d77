"""What our people do about participants: remind, extend, hand over, take out. One or many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts.models import User as UserModel
from core import clock
from core.errors import InvalidInput, NotFound
from core.services.activity import record_activity
from core.words import reason_of
from surveys import policies
from surveys.models import AccessLink, Campaign, Participant
from surveys.selectors.stages import SILENT, with_stage
from surveys.services.links import expiry_of
from surveys.services.posting import letter, post
from surveys.services.running import require_running
from surveys.services.starting import make_links

if TYPE_CHECKING:
    from accounts.models import User

MAX_AT_ONCE = 2000
LONGEST = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Done:
    """``done``: participants it was done for; ``skipped``: those it makes no sense for."""

    done: int
    skipped: int


@transaction.atomic
def remind(actor: User, campaign_id: int, keys: Iterable[int]) -> Done:
    """A reminder now to those that have not answered and have somebody to write to; once a day.

    Errors: may_not_chase, survey_not_found, survey_not_running, participant_not_found,
    too_many_participants.
    """
    campaign, chosen = _chosen(actor, campaign_id, keys)
    silent = set(
        with_stage(Participant.objects.filter(pk__in=[one.pk for one in chosen]))
        .filter(stage__in=SILENT)
        .order_by()
        .values_list("pk", flat=True)
    )
    asked = [one for one in chosen if one.pk in silent and one.contact and one.contact.email]
    sent = send_letters(campaign, asked, "reminder", clock.today().isoformat())
    for one in asked:
        record_activity(actor, "survey.reminded", one.supplier, survey=campaign.pk)
    return Done(sent, len(chosen) - sent)


@transaction.atomic
def extend(
    actor: User, campaign_id: int, keys: Iterable[int], due_on: dt.date, reason: str
) -> Done:
    """More time. Errors: also due_date_wrong, reason_missing."""
    campaign, chosen = _chosen(actor, campaign_id, keys)
    if not clock.today() < due_on <= campaign.due_on + LONGEST:
        raise InvalidInput(
            "due_date_wrong",
            N_("The new date lies after today, at most %(days)s days after the survey's."),
            {"days": LONGEST.days},
            field="due_on",
        )
    words = reason_of(reason)
    for one in chosen:
        before, one.due_on = one.due_on, due_on
        one.save(update_fields=["due_on"])
        record_activity(
            actor, "survey.extended", one.supplier, survey=campaign.pk, note=words,
            changes={"due_on": [before.isoformat(), due_on.isoformat()]},
        )  # fmt: skip
    AccessLink.objects.filter(participant__in=chosen, revoked_at=None).update(
        expires_on=expiry_of(due_on)
    )
    return Done(len(chosen), 0)


@transaction.atomic
def hand_over(actor: User, campaign_id: int, keys: Iterable[int], owner_id: int) -> Done:
    """Another of our people cares. Errors: also owner_wrong."""
    campaign, chosen = _chosen(actor, campaign_id, keys)
    owner = UserModel.objects.filter(pk=owner_id, is_active=True).first()
    if owner is None or not policies.can_chase(owner):
        raise InvalidInput("owner_wrong", N_("Choose one of our own people."), field="owner")
    for one in chosen:
        one.owner = owner
        one.save(update_fields=["owner"])
        record_activity(
            actor, "survey.handed_over", one.supplier, survey=campaign.pk, name=str(owner)
        )
    return Done(len(chosen), 0)


@transaction.atomic
def take_out(actor: User, campaign_id: int, keys: Iterable[int], reason: str) -> Done:
    """Nobody asks them any more, and they count nowhere. Errors: also may_not_run_surveys,
    reason_missing."""
    campaign, chosen = _chosen(actor, campaign_id, keys)
    policies.require_run_surveys(actor)
    words = reason_of(reason)
    now, done = clock.now(), 0
    for one in chosen:
        if one.excluded_at is not None:
            continue
        one.excluded_at, one.exclude_reason = now, words
        one.save(update_fields=["excluded_at", "exclude_reason"])
        record_activity(actor, "survey.taken_out", one.supplier, survey=campaign.pk, note=words)
        done += 1
    return Done(done, len(chosen) - done)


@transaction.atomic
def put_back(actor: User, campaign_id: int, keys: Iterable[int]) -> Done:
    """Taken-out ones take part again. Errors: also may_not_run_surveys."""
    campaign, chosen = _chosen(actor, campaign_id, keys)
    policies.require_run_surveys(actor)
    done = 0
    for one in chosen:
        if one.excluded_at is None:
            continue
        one.excluded_at, one.exclude_reason = None, ""
        one.save(update_fields=["excluded_at", "exclude_reason"])
        record_activity(actor, "survey.put_back", one.supplier, survey=campaign.pk)
        done += 1
    return Done(done, len(chosen) - done)


def send_letters(
    campaign: Campaign, participants: Iterable[Participant], code: str, once: str
) -> int:
    """One letter each to the contact; ``once`` makes it unrepeatable. How many."""
    asked = list(participants)
    links = links_of(campaign, asked)
    return post(letter(one, links[one.pk], code, once) for one in asked if one.pk in links)


def links_of(campaign: Campaign, participants: Iterable[Participant]) -> dict[int, AccessLink]:
    """The living link of each participant's contact, made where there is none."""
    wanted = {one.pk: one for one in participants if one.contact and one.contact.email}
    found = {}
    living = AccessLink.objects.filter(participant__in=wanted, revoked_at=None)
    for link in living.select_related("contact__supplier"):
        contact = wanted[link.participant_id].contact
        if contact is not None and link.address == contact.email.lower():
            found[link.participant_id] = link
    missing = [one for key, one in wanted.items() if key not in found]
    made = make_links(campaign, ((one, one.contact) for one in missing if one.contact))
    return {**found, **{link.participant_id: link for link in made}}


def _chosen(
    actor: User, campaign_id: int, keys: Iterable[int]
) -> tuple[Campaign, list[Participant]]:
    """The participants by their keys, locked; every one must be there and seen."""
    policies.require_chase(actor)
    wanted = set(keys)
    if len(wanted) > MAX_AT_ONCE:
        raise InvalidInput(
            "too_many_participants",
            N_("At most %(limit)s participants at once. Narrow the selection."),
            {"limit": MAX_AT_ONCE},
        )
    rows = Participant.objects.visible_to(actor).filter(campaign=campaign_id, pk__in=wanted)
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    found = list(locked.select_related("campaign", "supplier", "contact__supplier"))
    if not found or len(found) != len(wanted):
        raise NotFound("participant_not_found", N_("There is no such participant."))
    require_running(found[0].campaign)
    return found[0].campaign, found
