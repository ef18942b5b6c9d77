"""The correction workbook: the supplier's own file with a remark at every cell to look at."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from core.errors import DomainError
from core.models import Job, JobState
from core.services.activity import record_activity
from core.services.jobs import (
    create_job,
    enqueue_job,
    fail_job,
    finish_job,
    report_progress,
    start_job,
)
from minerals.enums import JobKind
from minerals.excel.correction import (
    CannotAnnotate,
    CorrectionRow,
    CorrectionSheet,
    Remark,
    write_correction_workbook,
)
from minerals.excel.correction.findings_workbook import write_findings_workbook
from minerals.models import Declaration, Finding
from minerals.policies import declarations as policies
from minerals.selectors.declarations import declaration_for
from minerals.selectors.texts import text_of_row

if TYPE_CHECKING:
    from accounts.models import User

# The same in every language and round: earlier remarks are found, and replaced, by it.
AUTHOR = "Supplier portal"
NOT_JUDGED = N_("The declaration has not been judged yet, so there is nothing to correct.")


@transaction.atomic
def request_correction(actor: User, declaration_id: int) -> Job:
    """Order the correction workbook; a current one that exists already is reused.

    Errors: declaration_not_found, declaration_not_judged.
    """
    declaration = declaration_for(actor, declaration_id)
    if not policies.can_request_correction(actor, declaration):
        raise DomainError("declaration_not_judged", NOT_JUDGED)
    return order_correction(declaration, actor)


def order_correction(declaration: Declaration, actor: User | None) -> Job:
    """The same without asking who it is: the caller knows that the file is the actor's own.

    Errors: declaration_not_judged.
    """
    if not declaration.judged or declaration.error:
        raise DomainError("declaration_not_judged", NOT_JUDGED)
    current = current_correction(declaration)
    if current is not None:
        return current
    job = create_job(
        JobKind.CORRECTION, declaration.file_name, owner=actor, subject=declaration, total=2
    )
    record_activity(actor, "correction.requested", declaration, job=str(job.pk))
    enqueue_job(job)
    return job


def current_correction(declaration: Declaration) -> Job | None:
    """The job that wrote, or is writing, the workbook for the present judgement."""
    jobs = Job.objects.about(declaration).filter(
        kind=JobKind.CORRECTION, created_at__gte=declaration.judged_at
    )
    return jobs.exclude(state__in=[JobState.FAILED, JobState.CANCELLED]).first()


def write_correction(declaration_id: int, job_id: UUID) -> None:
    """Write the workbook in the language of the supplier's file. Safe to run twice."""
    job = start_job(job_id)
    if job is None:
        return
    report_progress(job_id, 1, N_("Writing remarks into the workbook"))
    declaration = Declaration.everything.select_related("workbook").get(pk=declaration_id)
    with TemporaryDirectory() as folder, translation.override(language_of(declaration)):
        target = Path(folder) / "correction.xlsx"
        annotated = _write(declaration, target)
        name = f"corrections/{declaration.pk}/{job_id}.xlsx"
        if default_storage.exists(name):
            default_storage.delete(name)
        with target.open("rb") as stream:
            default_storage.save(name, File(stream))
    finish_job(job_id, file=name, name=correction_name(declaration), annotated=annotated)


def give_up_correction(job_id: UUID) -> None:
    """Something failed that nobody foresaw; ordering the workbook again starts a new job."""
    fail_job(job_id, "correction_failed", N_("The workbook could not be written."))


def language_of(declaration: Declaration) -> str:
    """Chinese for a Chinese file, English for every other."""
    return "zh-hans" if "中文" in declaration.language else "en"


def correction_name(declaration: Declaration) -> str:
    return f"{Path(declaration.file_name).stem}-corrections.xlsx"


def _write(declaration: Declaration, target: Path) -> bool:
    """True when the supplier's own file was annotated, False when only the list was written."""
    findings = list(declaration.findings.all())
    sheet = _sheet(declaration, findings)
    source = Path(declaration.workbook.content.path)
    try:
        write_correction_workbook(source, target, sheet, _remarks(findings))
    except CannotAnnotate:
        write_findings_workbook(target, sheet)
        return False
    return True


def _remarks(findings: list[Finding]) -> list[Remark]:
    remarks: list[Remark] = []
    for finding in findings:
        text = text_of_row(finding)
        body = f"{finding.get_severity_display()}: {text.message}\n{text.remedy}"
        remarks += [Remark(cell, body, finding.severity) for cell in finding.cells]  # type: ignore[arg-type]
    return remarks


def _sheet(declaration: Declaration, findings: list[Finding]) -> CorrectionSheet:
    rows = []
    for finding in findings:
        text = text_of_row(finding)
        rows.append(
            CorrectionRow(
                finding.severity,  # type: ignore[arg-type]
                finding.get_severity_display(),
                finding.cell,
                text.message,
                text.remedy,
            )
        )
    return CorrectionSheet(
        name=_("Corrections"),
        title=_("What needs your attention in this file"),
        headings=(_("Kind"), _("Cell"), _("What we found"), _("What to do")),
        rows=tuple(rows),
        author=AUTHOR,
        intro=_intro(declaration, findings),
        note=_(
            "Correct the cells in this workbook, save it and hand it in again. This sheet may stay "
            "in the file; it is ignored."
        ),
    )


def _intro(declaration: Declaration, findings: list[Finding]) -> tuple[str, ...]:
    severities = [finding.severity for finding in findings]
    what = f"{declaration.family} {declaration.version} · {declaration.file_name}"
    errors, warnings = severities.count("error"), severities.count("warning")
    counts = (
        (errors, ngettext("%(count)s error to correct.", "%(count)s errors to correct.", errors)),
        (
            warnings,
            ngettext(
                "%(count)s warning to check or explain.",
                "%(count)s warnings to check or explain.",
                warnings,
            ),
        ),
    )
    return (what, *(words % {"count": number} for number, words in counts if number))
