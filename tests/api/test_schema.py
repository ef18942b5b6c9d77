"""The API describes itself completely, and its documentation keeps to our security policy."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from accounts.models import User


def test_schema_is_complete_without_a_warning() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    text = out.getvalue()
    assert "/api/v1/declarations/{id}/correction/:" in text
    assert "multipart/form-data:" in text


def test_every_address_is_in_the_documentation() -> None:
    """By its collection and its last word: the table groups the addresses of one thing."""
    documented = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    generator: Any = SchemaGenerator
    schema = generator().get_schema(request=None, public=True)
    missing = []
    for path in schema["paths"]:
        words = [word for word in path.removeprefix("/api/v1/").split("/") if word[:1] != "{"]
        named = [word for word in words if word]
        if f"`{named[0]}/" not in documented or f"{named[-1]}/" not in documented:
            missing.append(path)
    assert missing == []


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
