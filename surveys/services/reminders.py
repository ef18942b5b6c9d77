"""The schedule: reminders to suppliers, then our own people are asked. Daily, by the scheduler.

Safe to run again at any moment: each step of each participant is written down in the transaction
that puts its letter into the outbox, and no letter exists twice. Nothing is answered for anybody.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from core.each import each_by_itself
from core.services.activity import record_activity
from core.services.notifications import notify
from minerals.enums import RiskEventKind
from minerals.services.event_rows import write_event
from minerals.services.rating import rate_later
from suppliers.selectors.recipients import who_see
from suppliers.services.told import told_day, told_name
from surveys.enums import CampaignState
from surveys.models import Participant, SurveyStep
from surveys.rules.schedule import Planned, planned_steps, steps_to_take
from surveys.selectors.contacts import backups_of
from surveys.selectors.stages import SILENT, with_stage
from surveys.services.chasing import send_letters
from surveys.services.posting import letter, post
from surveys.services.starting import make_links

BUYER = N_("%(supplier)s has not answered “%(survey)s”, due on %(date)s. Please talk to them.")
MANAGER = N_(
    "%(supplier)s has not answered “%(survey)s” despite reminders; limiting the cooperation is"
    " proposed. Please decide."
)
DECISION = N_(
    "%(supplier)s did not answer “%(survey)s” after the last reminder and is at high risk now."
    " A decision about the cooperation is due."
)
NO_ANSWER = "No answer to “%s”, due on %s, after the last reminder."


def take_steps(today: dt.date) -> int:
    """For every silent participant of the running surveys the step that is due; how many."""
    rows = Participant.objects.filter(
        campaign__state=CampaignState.RUNNING,
        campaign__paused_on=None,
        excluded_at=None,
        declined_at=None,
    ).exclude(paused_until__gt=today)
    silent = with_stage(rows).filter(stage__in=SILENT)
    keys = list(silent.order_by("pk").values_list("pk", flat=True))
    return sum(each_by_itself(keys, partial(_step, today=today)))


@transaction.atomic
def _step(participant_id: int, today: dt.date) -> bool:
    participant = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("campaign__manager", "supplier__buyer", "contact__supplier", "owner")
        .get(pk=participant_id)
    )
    country = participant.supplier.country.code or ""
    planned = planned_steps(
        participant.asked_on,
        participant.due_on,
        country,
        days_off=participant.campaign.further_days_off,
    )
    taken = set(participant.steps.values_list("code", flat=True))
    now, passed = steps_to_take(planned, taken, today)
    if now is None:
        return False
    if SurveyStep.objects.filter(participant=participant, on=today, passed_over=False).exists():
        return False
    SurveyStep.objects.bulk_create(
        [
            *(SurveyStep(participant=participant, code=one.step.code, on=today, passed_over=True)
              for one in passed),
            SurveyStep(participant=participant, code=now.step.code, on=today),
        ]
    )  # fmt: skip
    _take(participant, now, today)
    record_activity(
        None,
        f"survey.step_{now.step.audience}",
        participant.supplier,
        survey=participant.campaign_id,
        step=now.step.code,
    )
    return True


def _take(participant: Participant, planned: Planned, today: dt.date) -> None:
    audience, code = planned.step.audience, planned.step.code
    if audience in ("contact", "contact_backup"):
        send_letters(participant.campaign, [participant], code, "schedule")
        if audience == "contact_backup":
            _write_to_backup(participant, code)
    elif audience == "buyer":
        _tell(participant, [participant.owner, participant.supplier.buyer], "survey.silent", BUYER)
    elif audience == "manager":
        _tell(participant, _managers(participant), "survey.manager", MANAGER)
    else:
        _record_silence(participant, today)
        _tell(participant, _managers(participant), "survey.decision", DECISION)


def _write_to_backup(participant: Participant, code: str) -> None:
    """A second person of the supplier, with a link of its own."""
    backup = next(iter(backups_of(participant.supplier_id, participant.contact)), None)
    if backup is None:
        return
    address = backup.email.lower()
    link = (
        participant.links.filter(address=address, revoked_at=None)
        .select_related("contact__supplier")
        .first()
    )
    if link is None:
        (link,) = make_links(participant.campaign, [(participant, backup)])
    post([letter(participant, link, code, "schedule")])


def _managers(participant: Participant) -> list[User | None]:
    """The survey's manager; the specialists where none is named. The buyer reads it, too."""
    campaign = participant.campaign
    found: list[User | None] = [campaign.manager, participant.owner]
    if campaign.manager is None:
        found += User.objects.filter(groups__name=Role.CSR_SPECIALIST.value, is_active=True)
    return found


def _tell(participant: Participant, people: list[User | None], kind: str, message: str) -> None:
    notify(
        who_see(participant.supplier, people),
        kind,
        message,
        {
            "supplier": told_name(participant.supplier),
            "survey": participant.campaign.name,
            "date": told_day(participant.due_on),
        },
        url=reverse("surveys:participant-detail", args=[participant.pk]),
        subject=participant,
        about=participant.supplier,
        is_urgent=True,
    )


def _record_silence(participant: Participant, today: dt.date) -> None:
    """High risk without an answer (standards 4.1). A person ends it when the answer has come."""
    words = NO_ANSWER % (participant.campaign.name, participant.due_on.isoformat())
    write_event(participant.supplier, RiskEventKind.NO_RESPONSE, today, words, None)
    rate_later(participant.supplier_id)
