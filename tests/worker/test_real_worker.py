"""The whole way of a file through the broker and a real worker process."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from core.models import Job, JobState
from core.tasks import requeue_waiting_jobs
from minerals.enums import DeclarationStatus, Source
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration
from minerals.services.correction import request_correction
from minerals.services.receive import Delivery, IncomingFile, Received, receive_files
from suppliers.models import Supplier
from tests.support.worker import running_worker, wait_for

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def hand_in(folder: Path, actor: User, supplier: Supplier, *contents: bytes) -> list[Received]:
    files = []
    for number, content in enumerate(contents):
        path = folder / f"file-{number}.xlsx"
        path.write_bytes(content)
        files.append(IncomingFile(path, path.name))
    return receive_files(Delivery(actor, Source.WEB, supplier), files)


def all_ended(received: list[Received]) -> bool:
    keys = [item.job.pk for item in received]
    return not Job.objects.filter(pk__in=keys, state__in=Job.OPEN_STATES).exists()


def workbooks(count: int) -> list[bytes]:
    """Different bytes each, complete, one day newer each."""
    found = []
    for number in range(count):
        content = complete_answers("cmrt_6.5")
        content["company"]["effective_date"] = dt.date(2026, 3, 1 + number)
        found.append(build_workbook(**content))
    return found


def test_worker_judges_files_and_writes_the_correction_workbook(
    tmp_path: Path, csr_specialist: User, supplier: Supplier
) -> None:
    with running_worker():
        received = hand_in(tmp_path, csr_specialist, supplier, *workbooks(3), b"")
        wait_for(lambda: all_ended(received), seconds=30, what="the judgements")
        states = [Job.objects.get(pk=item.job.pk).state for item in received]
        assert states == [JobState.DONE] * 3 + [JobState.FAILED]
        statuses = sorted(Declaration.objects.values_list("status", flat=True))
        assert statuses == [
            DeclarationStatus.STRUCTURALLY_VALID,
            DeclarationStatus.SUPERSEDED,
            DeclarationStatus.SUPERSEDED,
        ]
        newest = Declaration.objects.current().get()
        job = request_correction(csr_specialist, newest.pk)
        wait_for(
            lambda: not Job.objects.get(pk=job.pk).open, seconds=30, what="the correction workbook"
        )
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert default_storage.open(job.result["file"]).read(2) == b"PK"


def test_killed_worker_loses_no_file(
    tmp_path: Path, csr_specialist: User, supplier: Supplier
) -> None:
    with running_worker(processes=1) as worker:
        received = hand_in(tmp_path, csr_specialist, supplier, *workbooks(6))
        wait_for(
            lambda: Job.objects.filter(state=JobState.DONE).exists(),
            seconds=30,
            what="one file",
        )
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        assert not all_ended(received)
    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.QUEUED)
    with running_worker(processes=1):
        Job.objects.filter(state=JobState.QUEUED).update(created_at="2020-01-01T00:00:00Z")
        requeue_waiting_jobs()
        wait_for(lambda: all_ended(received), seconds=60, what="the rest of the files")
    assert Job.objects.filter(state=JobState.DONE).count() == 6
    assert Declaration.objects.exclude(judged_at=None).count() == 6
