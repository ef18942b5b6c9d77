"""A survey being prepared and one that runs, with a supplier in it: things of the small world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from core import clock
from core.models import JobState
from core.services.jobs import create_job
from minerals.enums import DeclarationStatus, JobKind, Source, VerdictState
from minerals.models import Clarification, ClarificationItem, Declaration, WorkbookFile
from suppliers.models import DataChange, Supplier
from surveys.models import AccessLink, AskedForm, Campaign, Participant, SurveyMessage
from surveys.services.links import token_of


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    today = clock.today()
    own = supplier.contacts.get(user=contact)
    facts = {
        "year": today.year,
        "counts_from": today - dt.timedelta(days=1),
        "due_on": today + dt.timedelta(days=30),
        "spend_year": today.year - 1,
        "scope_method": "everybody",
        "contact_person": specialist,
    }
    prepared = Campaign.objects.create(name="Prepared", **facts)
    survey = Campaign.objects.create(name="Running", state="running", started_on=today, **facts)
    for one in (prepared, survey):
        AskedForm.objects.create(campaign=one, family="CMRT")
    participant = Participant.objects.create(
        campaign=survey,
        supplier=supplier,
        contact=own,
        asked_on=today,
        due_on=survey.due_on,
    )
    participant.forms.create(family="CMRT")
    link = AccessLink.objects.create(
        participant=participant, contact=own, address="dana@example.test", nonce="n" * 24,
        expires_on=survey.due_on,
    )  # fmt: skip
    said = SurveyMessage.objects.create(
        participant=participant, kind="question", text="Invented?", said_by="Dana"
    )
    file = _file(supplier, "7", "draft")
    before = _file(supplier, "8", "structurally_valid")
    Declaration.objects.filter(pk=before.pk).update(
        received_at=clock.now() - dt.timedelta(days=300)
    )
    name = default_storage.save("corrections/survey.xlsx", ContentFile(b"PK\x03\x04"))
    job = create_job(JobKind.CORRECTION, "survey.xlsx", owner=None, subject=file)
    job.state, job.result = JobState.DONE, {"file": name, "name": "survey.xlsx"}
    job.save()
    asked = Clarification.objects.create(
        declaration=before, supplier=supplier, owner=specialist, due_on=survey.due_on
    )
    ClarificationItem.objects.create(
        clarification=asked, position=1, finding_key="k", code="answer_missing", cell="", params={}
    )
    change = DataChange.objects.create(
        supplier=supplier, kind="company", values={"city": "Wuxi"}, asked_by=contact
    )
    return {
        "survey_prepared": prepared.pk,
        "survey": survey.pk,
        "participant": participant.pk,
        "survey_token": token_of(link),
        "survey_message": said.pk,
        "survey_file": file.pk,
        "survey_before": before.pk,
        "survey_questions": asked.pk,
        "data_change": change.pk,
        "own_contact": own.pk,
        "survey_owner": specialist.email,
        "survey_due": str(today + dt.timedelta(days=60)),
        "today": str(today),
    }


def _file(supplier: Supplier, mark: str, status: str) -> Declaration:
    file = WorkbookFile(sha256=f"{mark}e" * 32, size=4, kind="xlsx")
    file.content.save(f"survey-{mark}.xlsx", ContentFile(b"PK\x03\x04"))
    return Declaration.objects.create(
        supplier=supplier,
        workbook=file,
        file_name=f"survey-{mark}.xlsx",
        source=Source.SURVEY,
        status=DeclarationStatus(status),
        verdict=VerdictState.CLEAN,
        judged_at=clock.now(),
        family="CMRT",
        version="6.5",
    )
