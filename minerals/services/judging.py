"""Judging a received declaration: read it apart from us, apply the rules, record the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.models import Job
from core.queue import enqueue_after_commit
from core.services.jobs import (
    fail_job,
    finish_job,
    hold_open_job,
    report_progress,
    start_job,
)
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.isolated import read_isolated
from minerals.models import Declaration
from minerals.rules.catalogue import check
from minerals.rules.compare import ComparableDeclaration, comparable
from minerals.rules.declaration import Declaration as ReadDeclaration
from minerals.rules.declaration import Note
from minerals.selectors.country_lists import areas_named
from minerals.selectors.documents import document_of
from minerals.selectors.reference import active_decisions, reference_list
from minerals.services.judgement import Judgement, Surroundings, judge
from minerals.services.recording import record_again, record_first, record_unreadable
from minerals.services.supersession import lock_suppliers
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_by_company_name

JUDGING_FAILED = "judging_failed"
REJUDGE_TASK = "minerals.tasks.judging.rejudge_declaration"


def judge_received(declaration_id: int, job_id: UUID) -> None:
    """Read and judge one received file, telling the job how far it is. Safe to run twice."""
    job = start_job(job_id)
    rows = Declaration.everything.select_related("workbook", "supplier")
    declaration = rows.get(pk=declaration_id)
    if job is None:
        return
    report_progress(job_id, 1, N_("Reading the workbook"))
    try:
        found = read_isolated(Path(declaration.workbook.content.path))
    except UnreadableWorkbook as error:
        record_unreadable(declaration, error.code, error.params)
        entry = check(error.code)
        fail_job(job_id, error.code, entry.message, dict(error.params), remedy=entry.remedy)
        return
    if declaration.workbook.macros_removed:
        # The kept copy cannot tell any more; the supplier shall hear of it all the same.
        found = replace(found, notes=(*found.notes, Note("macros_present")))
    report_progress(job_id, 2, N_("Checking answers and smelters"))
    _judge_and_record(declaration, found, job)


@transaction.atomic
def give_up_judging(declaration_id: int, job_id: UUID) -> None:
    """Something failed that is not the file's fault: say so instead of waiting for ever.

    Handing in the same file again lets it be judged again.
    """
    if not hold_open_job(job_id):
        return
    declaration = Declaration.everything.filter(pk=declaration_id, judged_at=None).first()
    if declaration is not None:
        record_unreadable(declaration, JUDGING_FAILED, {})
    entry = check(JUDGING_FAILED)
    fail_job(job_id, entry.code, entry.message, remedy=entry.remedy)


def _judge_and_record(declaration: Declaration, found: ReadDeclaration, job: Job) -> None:
    supplier = declaration.supplier or _supplier_named(declaration, found)
    judgement = judge(found, _surroundings(declaration, found, supplier))
    report_progress(job.pk, 3, N_("Storing the result"))
    with transaction.atomic():
        if not hold_open_job(job.pk):
            return  # delivered twice, and the other worker was quicker
        record_first(declaration, supplier, found, judgement)
        finish_job(job.pk, verdict=judgement.verdict.state)


def _supplier_named(declaration: Declaration, found: ReadDeclaration) -> Supplier | None:
    """Whose file this is by the company name in it, unless that supplier has it already."""
    entry = found.company.get("company_name")
    supplier = supplier_by_company_name(entry.text) if entry else None
    if supplier is None:
        return None
    twin = supplier.declarations.filter(workbook=declaration.workbook)
    return None if twin.exclude(pk=declaration.pk).exists() else supplier


def _surroundings(
    declaration: Declaration, found: ReadDeclaration, supplier: Supplier | None
) -> Surroundings:
    return Surroundings(
        today=clock.today(),
        reference=reference_list(),
        decisions=active_decisions(),
        supplier_names=supplier.names if supplier else (),
        previous=_previous(declaration, found.family, supplier),
        known_elsewhere=_known_elsewhere(declaration, supplier),
        cahra_countries=areas_named(found, _declared_on(declaration, found)),
    )


def _declared_on(declaration: Declaration, found: ReadDeclaration) -> dt.date:
    """The day whose lists an answer is held against: a country that joins a list later makes no
    answer of before wrong. A date after arrival is a mistake of the file and does not count."""
    arrived = clock.day_of(declaration.received_at)
    said = dt.date.fromisoformat(found.effective_on) if found.effective_on else arrived
    return min(said, arrived)


def _previous(
    declaration: Declaration, family: str, supplier: Supplier | None
) -> ComparableDeclaration | None:
    """The supplier's declaration of the same family received before this one."""
    if supplier is None:
        return None
    earlier = Declaration.objects.filter(
        supplier=supplier, family=family, pk__lt=declaration.pk, judged_at__isnull=False
    ).exclude(workbook=declaration.workbook)
    latest = earlier.order_by("-received_at", "-pk").first()
    document = document_of(latest) if latest else None
    return comparable(document) if document else None


def _known_elsewhere(declaration: Declaration, supplier: Supplier | None) -> bool:
    """Did another supplier hand in the very same bytes?"""
    others = Declaration.objects.filter(workbook=declaration.workbook, supplier__isnull=False)
    if supplier is not None:
        others = others.exclude(supplier=supplier)
    return others.exclude(pk=declaration.pk).exists()


def rejudge(declaration_id: int) -> Judgement | None:
    """Judge a declaration again from what was read, with today's list and decisions.

    None when it was never read (unreadable or still waiting).
    """
    with transaction.atomic():
        owner = Declaration.objects.filter(pk=declaration_id).values_list("supplier_id", flat=True)
        lock_suppliers(owner.first())
        rows = Declaration.objects.select_for_update(of=("self",)).select_related(
            "supplier", "workbook"
        )
        declaration = rows.filter(pk=declaration_id).first()
        found = document_of(declaration) if declaration else None
        if declaration is None or found is None:
            return None
        judgement = judge(found, _surroundings(declaration, found, declaration.supplier))
        record_again(declaration, found, judgement)
    return judgement


def rejudge_current(family: str) -> int:
    """Hold every current declaration of the family against the newest list; how many there are.

    Superseded ones keep the answer of their time.
    """
    keys = list(Declaration.objects.current().filter(family=family).values_list("pk", flat=True))
    for key in keys:
        enqueue_after_commit(REJUDGE_TASK, key)
    return len(keys)


def rejudge_declarations(
    declarations: Sequence[Declaration], *, first: Declaration | None = None
) -> None:
    """Judge again: ``first`` at once, because somebody looks at it, the others by the worker."""
    if first is not None:
        rejudge(first.pk)
    for declaration in declarations:
        if first is None or declaration.pk != first.pk:
            enqueue_after_commit(REJUDGE_TASK, declaration.pk)
