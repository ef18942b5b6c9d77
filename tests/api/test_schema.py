"""The API describes itself completely, and its documentation keeps to our security policy."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts.models import User


def test_schema_is_complete_without_a_warning() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    text = out.getvalue()
    assert "/api/v1/declarations/{id}/correction/:" in text
    assert "multipart/form-data:" in text


@pytest.mark.django_db
def test_documentation_has_no_inline_code(auditor: User) -> None:
    client = Client()
    client.force_login(auditor)
    page = client.get("/api/v1/docs/").content.decode()
    assert "<style" not in page
    assert "<script>" not in page
    assert "cdn" not in page
    script = client.get("/api/v1/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")


def test_the_document_names_every_endpoint() -> None:
    out = StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    written = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z-]+/[^` ]*)`", written))
    found = {_short(path) for path in json.loads(out.getvalue())["paths"]}
    assert found - {_short(path) for path in named} - {"schema/"} == set()


def _short(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path.removeprefix("/api/v1/"))
