"""What one supplier is asked in a survey and how far it is, for its own page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core import clock
from minerals.enums import DeclarationStatus, Source
from minerals.models import Declaration, ReferenceSnapshot
from minerals.selectors.reference import snapshots_in_force
from surveys.models import Participant, SurveyMessage
from surveys.selectors.stages import NOT_RECEIVED


@dataclass(frozen=True, slots=True)
class FormTask:
    """``answer``: what was received for it; ``draft``: a file that waits to be submitted;
    ``before``: the last one from before this survey, to begin with; ``blank``: the empty form;
    ``minerals``: of an AMRT, in words."""

    family: str
    answer: Declaration | None
    draft: Declaration | None
    before: Declaration | None
    blank: ReferenceSnapshot | None
    minerals: str = ""

    @property
    def is_done(self) -> bool:
        return self.answer is not None


@dataclass(frozen=True, slots=True)
class OwnTask:
    participant: Participant
    forms: list[FormTask]
    said: list[SurveyMessage]

    @property
    def open_count(self) -> int:
        return sum(not one.is_done for one in self.forms)

    @property
    def days_left(self) -> int:
        return (self.participant.due_on - clock.today()).days

    @property
    def is_over(self) -> bool:
        return not self.participant.campaign.is_running


def own_task(participant: Participant) -> OwnTask:
    """Six queries."""
    families = [one.family for one in participant.forms.all()]
    rows = Declaration.everything.filter(supplier=participant.supplier_id, family__in=families)
    found = list(rows.select_related("workbook").order_by("-received_at", "-pk")[:60])
    unread = _unread(participant)
    blanks = {one.family: one for one in snapshots_in_force()}
    since = participant.campaign.counts_from
    minerals = dict(participant.campaign.forms.values_list("family", "minerals"))
    forms = [
        FormTask(
            family,
            next((one for one in found if one.family == family and answers_it(one, since)), None),
            next((one for one in [*unread, *found] if _is_draft(one, family)), None),
            next((one for one in found if one.family == family and _is_before(one, since)), None),
            blanks.get(family),
            minerals.get(family, ""),
        )
        for family in families
    ]
    return OwnTask(participant, forms, list(participant.messages.select_related("user")))


def answers_it(declaration: Declaration, since: dt.date) -> bool:
    received = clock.day_of(declaration.received_at) >= since
    return received and declaration.status not in (*NOT_RECEIVED, DeclarationStatus.DRAFT)


def _is_draft(declaration: Declaration, family: str) -> bool:
    return declaration.status == DeclarationStatus.DRAFT and declaration.family in ("", family)


def _is_before(declaration: Declaration, since: dt.date) -> bool:
    before = clock.day_of(declaration.received_at) < since
    return before and declaration.status != DeclarationStatus.DRAFT


def _unread(participant: Participant) -> list[Declaration]:
    """Files that are being checked, or could not be read: nobody knows which form they are."""
    rows = Declaration.everything.filter(
        supplier=participant.supplier_id,
        family="",
        status=DeclarationStatus.DRAFT,
        source=Source.SURVEY,
    )
    return list(rows.order_by("-pk")[:5])
