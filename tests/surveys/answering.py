"""The way of a supplier without an account, for tests."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.services.mail_delivery import deliver_mails
from core.services.outbox import pack_due_letters
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from minerals.selectors.declarations import judging_job
from minerals.services.judging import judge_received
from suppliers.models import Supplier
from surveys.models import Participant
from surveys.selectors.stages import with_stage


def send_mails() -> None:
    pack_due_letters()
    while deliver_mails():
        pass


def link_of_mail(number: int = -1) -> str:
    """The address in a mail, as a path."""
    send_mails()
    (found,) = re.findall(r"http://localhost:8000(/answer/\S+)", str(mail.outbox[number].body))
    return str(found)


def stage_of(supplier: Supplier) -> str:
    return str(with_stage(Participant.objects.filter(supplier=supplier)).get().stage)


def upload(client: Client, path: str, content: bytes, name: str = "cmrt.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{path}upload/", {"files": file})


def judged(declaration: Declaration) -> Declaration:
    job = judging_job(declaration)
    assert job is not None
    judge_received(declaration.pk, job.pk)
    return Declaration.everything.get(pk=declaration.pk)


def draft_of(supplier: Supplier) -> Declaration:
    return Declaration.everything.get(supplier=supplier, status=DeclarationStatus.DRAFT)
