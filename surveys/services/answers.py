"""Files of a survey: uploaded, judged at once by the same rules, corrected, submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.models import Job, JobState
from core.services.activity import record_activity
from core.words import words_of
from minerals.enums import DeclarationStatus, Source
from minerals.models import Declaration
from minerals.selectors.comparison import ComparedDeclarations, compared
from minerals.selectors.declarations import finding_counts, judging_job
from minerals.selectors.finding_lines import FindingSection, finding_lines, sections_of
from minerals.selectors.verdict_words import VerdictWords, verdict_words
from minerals.services.correction import current_correction, order_correction
from minerals.services.drafts import discard_draft, submit_draft
from minerals.services.receive import Delivery, IncomingFile, receive_files
from surveys.models import Participant
from surveys.rules.versions import is_new_enough
from surveys.services.responses import Respondent
from surveys.services.running import require_running

MAX_WORDS = 2000


class FileRefused(InvalidInput):
    """The upload guard did not let it in; the words are the guard's own."""

    def __init__(self, job: Job) -> None:
        error = job.error
        super().__init__(
            str(error.get("code", "file_refused")),
            str(error.get("message", "")),
            error.get("params") or {},
            field="files",
        )


@dataclass(frozen=True, slots=True)
class SeenFile:
    """``verdict`` None while the file is being checked. ``blocking``: errors and required fields
    that stand in the way of submitting without an explanation."""

    declaration: Declaration
    job: Job | None
    verdict: VerdictWords | None
    sections: list[FindingSection]
    correction: Job | None

    @property
    def is_draft(self) -> bool:
        return self.declaration.status == DeclarationStatus.DRAFT

    @property
    def blocking(self) -> int:
        return self.declaration.blocking_count

    @property
    def is_ready(self) -> bool:
        return self.correction is not None and self.correction.state == JobState.DONE


@transaction.atomic
def upload(by: Respondent, file: IncomingFile) -> Declaration:
    """Take the file in; the worker judges it at once. It counts only when it is submitted.

    Errors: survey_not_running, survey_file_of_before, a ZIP or what the upload guard refuses.
    """
    participant = _held(by.participant)
    require_running(participant.campaign)
    delivery = Delivery(by.user, Source.SURVEY, participant.supplier, is_draft=True)
    received = receive_files(delivery, [file])
    if len(received) != 1:
        raise InvalidInput(
            "one_file_at_a_time", N_("Upload one workbook, not an archive."), field="files"
        )
    declaration = received[0].declaration
    if declaration is None:
        raise FileRefused(received[0].job)
    _require_new(participant, declaration)
    if participant.started_at is None:
        participant.started_at = clock.now()
        participant.save(update_fields=["started_at"])
    record_activity(
        by.user,
        "survey.uploaded",
        participant.supplier,
        survey=participant.campaign_id,
        said_by=by.name,
        file=declaration.file_name,
    )
    return declaration


def _require_new(participant: Participant, declaration: Declaration) -> None:
    """The very file of last year says nothing about this one."""
    is_old = clock.day_of(declaration.received_at) < participant.campaign.counts_from
    if is_old and declaration.status != DeclarationStatus.DRAFT:
        raise DomainError(
            "survey_file_of_before",
            N_(
                "This is the very file we had before. Please bring it up to date, at least its"
                " date, and upload it again."
            ),
            field="files",
        )


def file_of(by: Respondent, declaration_id: int) -> Declaration:
    """One of the supplier's own files. Errors: declaration_not_found."""
    rows = Declaration.everything.select_related("workbook", "supplier")
    own = rows.filter(pk=declaration_id, supplier=by.participant.supplier_id)
    since = by.participant.campaign.counts_from
    found = own.first()
    if found is None or clock.day_of(found.received_at) < since:
        raise NotFound(
            "declaration_not_found",
            N_("There is no such declaration, or it belongs to somebody else."),
        )
    return found


def seen_file(by: Respondent, declaration_id: int) -> SeenFile:
    """What the page of one file shows: the judgement as staff see it."""
    declaration = file_of(by, declaration_id)
    if not declaration.judged:
        return SeenFile(declaration, judging_job(declaration), None, [], None)
    counts = finding_counts(declaration)
    words = verdict_words(declaration, counts, internal=False, decides=False)
    sections = sections_of(finding_lines(declaration))
    correction = None if declaration.error else current_correction(declaration)
    return SeenFile(declaration, None, words, sections, correction)


@transaction.atomic
def submit(by: Respondent, declaration_id: int, explanation: str = "") -> Declaration:
    """From now on it is the supplier's answer.

    Errors: survey_not_running, declaration_not_found, draft_not_found, draft_not_judged,
    draft_unreadable, form_not_asked, form_too_old, explanation_missing, words_too_long.
    """
    participant = _held(by.participant)
    require_running(participant.campaign)
    declaration = file_of(by, declaration_id)
    words = words_of(explanation, MAX_WORDS, "explanation")
    _require_asked(participant, declaration)
    if declaration.judged and declaration.blocking_count and not words:
        raise InvalidInput(
            "explanation_missing",
            N_(
                "Something is still to be corrected. Correct it, or say why it cannot be corrected"
                " before you submit."
            ),
            field="explanation",
        )
    done = submit_draft(declaration.pk, actor=by.user, note=words)
    changes = ["started_at"]
    participant.started_at = participant.started_at or clock.now()
    if words:
        participant.explanation = words
        changes.append("explanation")
    participant.save(update_fields=changes)
    record_activity(
        by.user,
        "survey.submitted",
        participant.supplier,
        survey=participant.campaign_id,
        said_by=by.name,
        file=done.file_name,
        note=words,
    )
    return done


def _require_asked(participant: Participant, declaration: Declaration) -> None:
    if not declaration.judged or declaration.error:
        return  # the draft's own service says what is wrong
    if declaration.family not in participant.forms.values_list("family", flat=True):
        raise DomainError(
            "form_not_asked",
            N_("This is a %(family)s, which is not asked of you in this survey."),
            {"family": declaration.family},
        )
    form = participant.campaign.forms.filter(family=declaration.family).first()
    if form is not None and not is_new_enough(declaration.version, form.minimum_version):
        raise DomainError(
            "form_too_old",
            N_("This is version %(version)s; please use %(minimum)s or a newer one."),
            {"version": declaration.version, "minimum": form.minimum_version},
        )


def former_file(by: Respondent, declaration_id: int) -> tuple[IO[bytes], Declaration]:
    """A file of earlier years, to begin this year's with; the supplier's own.

    Errors: declaration_not_found, file_missing.
    """
    found = _former(by).filter(pk=declaration_id).first()
    if found is None:
        raise NotFound(
            "declaration_not_found",
            N_("There is no such declaration, or it belongs to somebody else."),
        )
    storage = found.workbook.content.storage
    if not storage.exists(str(found.workbook.content.name)):
        raise NotFound("file_missing", N_("This file is not there any more."))
    return found.workbook.content.open("rb"), found


def compared_with_before(
    by: Respondent, declaration_id: int
) -> tuple[Declaration, Declaration, ComparedDeclarations | None]:
    """This year's file against the last one of earlier years.

    Errors: declaration_not_found, nothing_to_compare.
    """
    new = file_of(by, declaration_id)
    old = former_of(by, new.family)
    if old is None or not new.judged or new.error:
        raise NotFound("nothing_to_compare", N_("There is no earlier file to compare with."))
    return old, new, compared(old, new)


def former_of(by: Respondent, family: str) -> Declaration | None:
    """The last judged file of the form from before this survey."""
    return _former(by).filter(family=family).exclude(family="").first()


def _former(by: Respondent) -> QuerySet[Declaration]:
    since = by.participant.campaign.counts_from
    rows = Declaration.objects.filter(
        supplier=by.participant.supplier_id, received_at__date__lt=since, judged_at__isnull=False
    )
    return rows.select_related("workbook").order_by("-received_at", "-pk")


@transaction.atomic
def discard(by: Respondent, declaration_id: int) -> None:
    """Errors: declaration_not_found, draft_not_found."""
    discard_draft(file_of(by, declaration_id).pk, actor=by.user)


@transaction.atomic
def order_correction_of(by: Respondent, declaration_id: int) -> Job:
    """Errors: declaration_not_found, declaration_not_judged."""
    return order_correction(file_of(by, declaration_id), by.user)


def correction_of(by: Respondent, declaration_id: int) -> tuple[IO[bytes], str]:
    """The written workbook and its name. Errors: declaration_not_found, correction_missing."""
    declaration = file_of(by, declaration_id)
    job = current_correction(declaration) if declaration.judged else None
    name = str(job.result.get("file", "")) if job is not None else ""
    if job is None or job.state != JobState.DONE or not default_storage.exists(name):
        raise NotFound("correction_missing", N_("The correction workbook is not ready."))
    return default_storage.open(name), str(job.result["name"])


def _held(participant: Participant) -> Participant:
    rows = Participant.objects.select_for_update(of=("self",)).select_related(
        "campaign", "supplier"
    )
    return rows.get(pk=participant.pk)
