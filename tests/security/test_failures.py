"""When something of ours fails: nothing hangs, nothing is half stored, the rest goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from core.models import Job, JobState
from minerals.enums import DeclarationStatus, Source
from minerals.models import Declaration, SmelterLine, WorkbookFile
from minerals.services.correction import request_correction
from minerals.services.judgement import judge
from minerals.services.judging import judge_received
from minerals.services.receive import Delivery, IncomingFile, Received, receive_files
from minerals.tasks.judging import abandon_judging, judge_declaration, write_correction_workbook
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form

UPLOAD = "/minerals/declarations/upload/"


@cache
def same_form() -> bytes:
    """The very same bytes each time; a workbook made anew has another time of day in it."""
    return form()


def hand_in(
    folder: Path, actor: User, supplier: Supplier | None, data: bytes | None = None
) -> Received:
    path = folder / f"{uuid4()}.xlsx"
    path.write_bytes(data or same_form())
    return receive_files(Delivery(actor, Source.WEB, supplier), [IncomingFile(path, "a.xlsx")])[0]


def judge_as_worker(received: Received) -> None:
    """As Celery does it, with what it does when a task fails."""
    assert received.declaration is not None
    judge_declaration.apply((received.declaration.pk, str(received.job.pk)))
    received.job.refresh_from_db()
    received.declaration.refresh_from_db()


def broken(*_args: Any, **_more: Any) -> None:
    raise RuntimeError("a fault nobody foresaw")


def full(*_args: Any, **_more: Any) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.django_db
class TestJudging:
    @pytest.fixture(autouse=True)
    def _start(self, tmp_path: Path, csr_specialist: User, supplier: Supplier) -> None:
        self.folder, self.actor, self.supplier = tmp_path, csr_specialist, supplier

    def test_a_fault_of_ours_ends_job_and_declaration(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        received = hand_in(self.folder, self.actor, self.supplier)
        assert received.declaration is not None
        monkeypatch.setattr("minerals.services.judging.judge", broken)
        judge_as_worker(received)
        assert (received.job.state, received.job.error["code"]) == ("failed", "judging_failed")
        assert received.declaration.status == DeclarationStatus.UNREADABLE
        client = Client()
        client.force_login(self.actor)
        page = client.get(received.declaration.get_absolute_url()).content.decode()
        assert "Judging the file ended with a fault of the portal." in page
        assert "nobody foresaw" not in page

    def test_handing_in_again_judges_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = hand_in(self.folder, self.actor, self.supplier)
        with monkeypatch.context() as patch:
            patch.setattr("minerals.services.judging.judge", broken)
            judge_as_worker(first)
        second = hand_in(self.folder, self.actor, self.supplier)
        assert second.declaration == first.declaration
        assert second.job.state == JobState.QUEUED
        judge_as_worker(second)
        assert second.declaration is not None
        assert second.declaration.status == DeclarationStatus.STRUCTURALLY_VALID
        assert second.declaration.error == {}

    def test_a_file_gone_from_the_disk_is_said_and_comes_back(self) -> None:
        first = hand_in(self.folder, self.actor, self.supplier)
        workbook = WorkbookFile.objects.get()
        workbook.content.storage.delete(str(workbook.content.name))
        judge_as_worker(first)
        assert (first.job.state, first.job.error["code"]) == ("failed", "judging_failed")
        second = hand_in(self.folder, self.actor, self.supplier)
        judge_as_worker(second)
        assert second.job.state == JobState.DONE
        assert Declaration.objects.count() == WorkbookFile.objects.count() == 1

    def test_a_worker_that_died_again_and_again_ends_the_declaration_too(self) -> None:
        received = hand_in(self.folder, self.actor, self.supplier)
        assert received.declaration is not None
        abandon_judging(received.declaration.pk, str(received.job.pk))
        received.declaration.refresh_from_db()
        assert received.declaration.error["code"] == "judging_failed"

    def test_a_late_failure_spoils_nothing_that_was_judged(self) -> None:
        received = hand_in(self.folder, self.actor, self.supplier)
        judge_as_worker(received)
        assert received.declaration is not None
        abandon_judging(received.declaration.pk, str(received.job.pk))
        received.declaration.refresh_from_db()
        received.job.refresh_from_db()
        assert received.declaration.status == DeclarationStatus.STRUCTURALLY_VALID
        assert received.job.state == JobState.DONE

    def test_a_busy_database_is_tried_again_and_fails_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        received = hand_in(self.folder, self.actor, self.supplier)
        calls: list[JobState] = []

        def busy_once(declaration_id: int, job_id: UUID) -> None:
            calls.append(JobState(Job.objects.get(pk=job_id).state))
            if len(calls) == 1:
                raise OperationalError("database is locked")
            judge_received(declaration_id, job_id)

        monkeypatch.setattr("minerals.tasks.judging.judge_received", busy_once)
        judge_as_worker(received)
        assert calls == [JobState.QUEUED, JobState.QUEUED]
        assert received.job.state == JobState.DONE

    @pytest.mark.parametrize("state", [JobState.CANCELLED, JobState.DONE])
    def test_a_job_that_ended_meanwhile_records_nothing(
        self, state: JobState, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        received = hand_in(self.folder, self.actor, self.supplier)
        assert received.declaration is not None
        real = judge

        def ended_meanwhile(*args: Any) -> Any:
            Job.objects.filter(pk=received.job.pk).update(state=state)
            return real(*args)

        monkeypatch.setattr("minerals.services.judging.judge", ended_meanwhile)
        judge_received(received.declaration.pk, received.job.pk)
        received.declaration.refresh_from_db()
        assert received.declaration.status == DeclarationStatus.RECEIVED
        assert not SmelterLine.objects.exists()

    def test_a_correction_that_fails_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declaration = Desk(self.folder, self.actor).hand_in(
            self.supplier, form(company={"contact_email": ""})
        )
        job = request_correction(self.actor, declaration.pk)
        monkeypatch.setattr("minerals.services.correction.write_correction_workbook", broken)
        write_correction_workbook.apply((declaration.pk, str(job.pk)))
        job.refresh_from_db()
        assert (job.state, job.error["code"]) == ("failed", "correction_failed")
        assert request_correction(self.actor, declaration.pk) != job


@pytest.mark.django_db
class TestFullDisk:
    @pytest.mark.parametrize("address", [UPLOAD, "/api/v1/declarations/"])
    def test_the_upload_says_so_and_keeps_nothing(
        self, address: str, csr_specialist: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(csr_specialist)
        with monkeypatch.context() as patch:
            patch.setattr(FileSystemStorage, "_save", full)
            answer = client.post(
                address, {"files": [SimpleUploadedFile("a.xlsx", form())]}, follow=True
            )
        assert answer.status_code in (200, 202)
        assert "The file arrived, but the portal could not store it." in answer.content.decode()
        assert not WorkbookFile.objects.exists()
        assert not Declaration.objects.exists()

    def test_half_a_file_is_never_taken_for_the_whole(
        self,
        tmp_path: Path,
        csr_specialist: User,
        supplier: Supplier,
        settings: django_settings,  # type: ignore[valid-type]
    ) -> None:
        """A worker killed while it wrote leaves a beginning under the right name."""
        whole = form()
        first = hand_in(tmp_path, csr_specialist, supplier, whole)
        workbook = WorkbookFile.objects.get()
        name = str(workbook.content.name)
        assert first.declaration is not None
        first.declaration.delete()
        workbook.delete()
        Path(settings.MEDIA_ROOT, name).write_bytes(whole[:100])  # type: ignore[attr-defined]
        hand_in(tmp_path, csr_specialist, supplier, whole)
        with WorkbookFile.objects.get().content.open("rb") as stream:
            assert stream.read() == whole


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    """On SQLite writers wait for each other anyway; PostgreSQL shows the difference."""

    @staticmethod
    def together(*work: Callable[[], object]) -> list[BaseException]:
        errors: list[BaseException] = []
        gate = threading.Barrier(len(work))

        def run(action: Callable[[], object]) -> None:
            gate.wait()
            try:
                action()
            except BaseException as error:  # noqa: BLE001 - what a thread hides is what we look for
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(action,)) for action in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return errors

    @pytest.mark.parametrize("known_elsewhere", [False, True])
    def test_one_file_from_several_people_is_one_declaration(
        self,
        tmp_path: Path,
        csr_specialist: User,
        supplier: Supplier,
        other_supplier: Supplier,
        known_elsewhere: bool,
    ) -> None:
        data = form()
        if known_elsewhere:
            hand_in(tmp_path, csr_specialist, other_supplier, data)
        for round_number in range(3):
            Declaration.objects.filter(supplier=supplier).delete()
            errors = self.together(*[lambda: hand_in(tmp_path, csr_specialist, supplier, data)] * 4)
            assert errors == [], round_number
            assert Declaration.objects.filter(supplier=supplier).count() == 1
        assert WorkbookFile.objects.count() == 1

    def test_a_task_delivered_twice_records_once(
        self, tmp_path: Path, csr_specialist: User, supplier: Supplier
    ) -> None:
        received = hand_in(tmp_path, csr_specialist, supplier)
        declaration = received.declaration
        assert declaration is not None
        twice = [lambda: judge_received(declaration.pk, received.job.pk)] * 2
        assert self.together(*twice) == []
        declaration.refresh_from_db()
        assert declaration.status == DeclarationStatus.STRUCTURALLY_VALID
        assert declaration.smelters.count() == declaration.smelter_count
        assert Job.objects.get(pk=received.job.pk).state == JobState.DONE
