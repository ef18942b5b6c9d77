"""A worker killed while it sends invitations, or judges answers: nothing lost or doubled."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from core.models import Job, JobState, Letter, LetterState, Mail, MailState
from core.queue import send
from core.services.outbox import DELIVER
from core.tasks import requeue_waiting_jobs
from minerals.enums import DeclarationStatus, JobKind
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration
from minerals.services.receive import IncomingFile
from surveys.models import Participant
from surveys.services.answers import submit, upload
from surveys.services.responses import Respondent
from tests.factories.surveys import many_in_scope, running
from tests.support.mail_server import MailServer, mail_server
from tests.support.worker import running_worker, wait_for

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
# The full number where production's database is; fewer on SQLite, where one writes at a time.
REAL = connection.vendor == "postgresql"
INVITATIONS = 1_505 if REAL else 450
# All 1,505 take some minutes: SURVEY_ANSWERS=1505.
ANSWERS = int(os.environ.get("SURVEY_ANSWERS", "60" if REAL else "30"))


def mail_settings(server: MailServer) -> dict[str, str]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server.port),
        "MAIL_LEASE_SECONDS": "2",
    }


def as_the_scheduler_does() -> None:
    """Its timetable, faster."""
    send("core.tasks.pack_letters")
    send(DELIVER)
    time.sleep(2)


def test_killed_twice_while_sending_the_invitations(csr_specialist: User) -> None:
    suppliers = many_in_scope(INVITATIONS)
    with mail_server() as server:
        # Once while letters are packed into mails, once in the middle of handing them over.
        with running_worker(2, **mail_settings(server)) as worker:
            running(csr_specialist)
            assert Letter.objects.count() == INVITATIONS
            wait_for(
                lambda: Mail.objects.count() > INVITATIONS // 5, seconds=60, what="the packing"
            )
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        assert Letter.objects.filter(state=LetterState.WAITING).exists()
        with running_worker(2, **mail_settings(server)) as worker:
            as_the_scheduler_does()
            wait_for(lambda: len(server.taken) > INVITATIONS // 4, seconds=90, what="some mails")
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        assert len(server.taken) < INVITATIONS
        with running_worker(2, **mail_settings(server)):
            deadline = time.monotonic() + 150
            while time.monotonic() < deadline:
                if Mail.objects.filter(state=MailState.SENT).count() == INVITATIONS:
                    break
                as_the_scheduler_does()
    assert Mail.objects.count() == INVITATIONS
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
    addresses = {f"{one.code.lower()}@supplier.test" for one in suppliers}
    assert {address for address, _key in server.taken} == addresses
    # One mail to each: a second delivery of the same one carries the same key.
    assert len(set(server.taken)) == INVITATIONS
    again = sum(count - 1 for count in Counter(server.taken).values())
    assert again <= 4, "only what was being handed over when it was killed may come twice"


def test_killed_while_judging_the_answers(csr_specialist: User, tmp_path: Path) -> None:
    many_in_scope(ANSWERS)
    campaign = running(csr_specialist)
    people = [Respondent(one) for one in campaign.participants.select_related("supplier")]
    with running_worker(2) as worker:
        for place, by in enumerate(people):
            upload(by, IncomingFile(_answer(tmp_path, place), f"{place}.xlsx"))
        wait_for(lambda: _judged() > ANSWERS // 6, seconds=120, what="some judgements")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    assert _judged() < ANSWERS
    # What the sweep of the scheduler does after its minutes.
    waiting = Job.objects.filter(kind=JobKind.JUDGE, state__in=Job.OPEN_STATES)
    waiting.filter(state=JobState.RUNNING).update(state=JobState.QUEUED)
    with running_worker(2):
        waiting.update(created_at="2020-01-01T00:00:00Z")
        deadline = time.monotonic() + 60 + 2 * ANSWERS
        while time.monotonic() < deadline and _judged() < ANSWERS:
            requeue_waiting_jobs()
            time.sleep(1)
    drafts = Declaration.everything.filter(status=DeclarationStatus.DRAFT)
    assert drafts.exclude(judged_at=None).count() == ANSWERS
    assert drafts.count() == drafts.values("supplier").distinct().count() == ANSWERS
    assert not Declaration.objects.exists()
    for by in people:
        submit(by, drafts.get(supplier=by.participant.supplier_id).pk)
    assert Declaration.objects.count() == ANSWERS
    assert Participant.objects.exclude(started_at=None).count() == ANSWERS


def _answer(folder: Path, place: int) -> Path:
    content = complete_answers("cmrt_6.5")
    content["company"]["company_name"] = f"Many Supplier {place} (test)"
    path = folder / f"{place}.xlsx"
    path.write_bytes(build_workbook(**content))
    return path


def _judged() -> int:
    return Declaration.everything.exclude(judged_at=None).count()
