"""Checking a file without an account: the same rules, nothing stored, not too often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from minerals.models import WorkbookFile
from minerals.services.precheck import precheck
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form
from tests.factories.surveys import in_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget() -> None:
    cache.clear()


def check(content: bytes, name: str = "cmrt.xlsx") -> Any:
    return Client().post("/check/", {"files": SimpleUploadedFile(name, content)})


def rows() -> int:
    own = (apps.get_app_config(name).get_models() for name in ("minerals", "core", "surveys"))
    return sum(model._default_manager.count() for models in own for model in models)


def test_the_page_says_what_is_to_be_corrected_and_keeps_nothing() -> None:
    before, files = rows(), len(list(Path(django_settings.MEDIA_ROOT).rglob("*")))
    answer = check(form(answers={("Q1", "Tin"): ""}))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Declaration!D" in text
    assert answer["Cache-Control"] == "no-store"
    assert rows() == before
    assert len(list(Path(django_settings.MEDIA_ROOT).rglob("*"))) == files


def test_the_same_rules_as_for_a_file_that_is_handed_in(
    csr_specialist: User, tmp_path: Path
) -> None:
    supplier: Supplier = in_scope()
    desk = Desk(tmp_path, csr_specialist)
    desk.install()
    content = form(answers={("Q1", "Tin"): ""}, misspelt=True, company={"contact_email": "nobody"})
    kept = desk.hand_in(supplier, content)
    path = tmp_path / "same.xlsx"
    path.write_bytes(content)
    seen = precheck(path, "same.xlsx")
    shown = [
        (line.row.code, line.row.cell)
        for section in seen.sections
        for group in section.groups
        for line in (*group.shown, *group.folded)
    ]
    # What only the record of the supplier tells cannot be known here.
    stored = [
        (one.code, one.cell) for one in kept.findings.all() if one.code != "company_name_differs"
    ]
    assert sorted(shown) == sorted(stored)
    assert seen.declaration.verdict == kept.verdict
    assert seen.blocking == kept.blocking_count


@pytest.mark.parametrize("content", [b"no workbook", b"", b"PK\x03\x04broken"])
def test_broken_files(content: bytes) -> None:
    answer = check(content)
    assert answer.status_code == 422
    assert not WorkbookFile.objects.exists()


def test_not_more_often_than_allowed(settings: Any) -> None:
    settings.CHECKS_PER_HOUR = 2
    assert [check(b"x").status_code for _time in range(3)] == [422, 422, 429]


def test_others_wait_while_the_places_are_taken() -> None:
    cache.set("place:check:0", 1)
    cache.set("place:check:1", 1)
    assert check(form()).status_code == 429


def test_without_a_file_and_by_looking() -> None:
    assert Client().post("/check/").status_code == 422
    assert Client().get("/check/").status_code == 200
