"""A program's view: a client with a token, and files handed in through it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from knox.models import AuthToken
from rest_framework.test import APIClient

from accounts.models import User
from core.models import Job
from minerals.enums import JobKind
from minerals.selectors import reference
from minerals.services.correction import write_correction
from minerals.services.judging import judge_received

ApiFor = Callable[[User], APIClient]


@pytest.fixture
def api_for() -> ApiFor:
    def client(user: User) -> APIClient:
        _token, secret = AuthToken.objects.create(user=user)
        made = APIClient()
        made.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        return made

    return client


@pytest.fixture(autouse=True)
def _no_reference_list_of_another_test() -> None:
    reference._built_list.cache_clear()


def upload(client: APIClient, *files: tuple[str, bytes], **data: Any) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/api/v1/declarations/", {"files": sent, **data}, format="multipart")


def work_off() -> None:
    """Do what the worker would do with the waiting jobs."""
    for job in Job.objects.filter(state="queued"):
        work = judge_received if job.kind == JobKind.JUDGE else write_correction
        work(int(job.subject_id), job.pk)
