"""How far the files of one upload are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from core.badges import Badge
from core.errors import NotFound
from core.models import Job, JobState
from minerals.models import Declaration
from minerals.policies.declarations import can_decide_matches
from minerals.selectors.texts import job_problem
from minerals.selectors.verdict_words import late_arrival, verdict_badge, verdict_line

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class UploadCard:
    """One file of an upload. ``problem`` and ``remedy`` of a file that was not let in or read;
    ``aside`` where another declaration than this newest arrival stays the current one."""

    job: Job
    declaration: Declaration | None
    known: bool
    stage: str
    sentence: str
    aside: str
    problem: str
    remedy: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class UploadBatch:
    batch: UUID
    cards: tuple[UploadCard, ...]

    @property
    def total(self) -> int:
        return len(self.cards)

    @property
    def done(self) -> int:
        return sum(not card.job.open for card in self.cards)

    @property
    def refused(self) -> int:
        return sum(card.job.state == JobState.FAILED for card in self.cards)

    @property
    def judged(self) -> int:
        return self.done - self.refused

    @property
    def open(self) -> bool:
        return self.done < self.total


def upload_batch(actor: User, batch: UUID) -> UploadBatch:
    """The files of an upload, in the order handed in. Own uploads; staff may see all."""
    jobs = Job.objects.filter(batch=batch).order_by("created_at", "title")
    if not actor.is_internal:
        jobs = jobs.filter(owner=actor)
    found = list(jobs)
    if not found:
        raise NotFound("upload_not_found", N_("There is no such upload, or it is not yours."))
    declarations = _declarations(actor, found)
    cards = (_card(job, declarations.get(job.subject_id), actor) for job in found)
    return UploadBatch(batch, tuple(cards))


def _declarations(actor: User, jobs: list[Job]) -> dict[str, Declaration]:
    keys = [int(job.subject_id) for job in jobs if job.subject_id]
    rows = Declaration.objects.visible_to(actor).select_related("supplier", "superseded_by")
    return {str(row.pk): row for row in rows.filter(pk__in=keys)}


def _card(job: Job, declaration: Declaration | None, actor: User) -> UploadCard:
    text = job_problem(job)
    judged = declaration is not None and declaration.judged and not job.open and not text
    return UploadCard(
        job=job,
        declaration=declaration,
        known=bool(job.result.get("known")),
        stage=gettext(job.stage) if job.stage else str(job.get_state_display()),
        sentence=verdict_line(declaration, decides=can_decide_matches(actor))
        if declaration and judged
        else "",
        aside=late_arrival(declaration) if declaration and judged else "",
        problem=text.message if text else "",
        remedy=text.remedy if text else "",
        badge=verdict_badge(declaration) if declaration and judged else None,
    )
