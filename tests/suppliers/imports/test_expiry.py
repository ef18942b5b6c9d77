"""What is kept of imports, and what the person who comes later is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.models import ActivityEntry
from suppliers.models import ImportBatch, Supplier
from suppliers.services.import_expiry import expire_imports
from suppliers.services.imports import check_again, undo_import
from suppliers.tasks.imports import expire_old_imports
from tests.suppliers.imports.files import checked, imported, undone, workbook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TABLE = [["code", "name"], ["N-1", "New Co."]]
KEEP = django_settings.IMPORT_KEEP_DAYS
UNDO = django_settings.IMPORT_UNDO_DAYS


def aged(batch: ImportBatch, days: float) -> ImportBatch:
    """As if all of it had happened so many days ago."""
    shift = dt.timedelta(days=days)
    for name in ("created_at", "checked_at", "imported_at"):
        moment = getattr(batch, name)
        setattr(batch, name, moment - shift if moment else None)
    batch.save()
    return batch


def verbs(batch: ImportBatch) -> list[str]:
    entries = ActivityEntry.objects.about(batch).filter(actor=None)
    return [entry.verb for entry in entries]


def test_what_nobody_imported_is_removed(
    sign_in: SignIn, buyer: User, django_capture_on_commit_callbacks: Any
) -> None:
    ready = aged(checked(buyer, workbook(TABLE)), KEEP + 0.1)
    faulty = aged(checked(buyer, workbook([["code", "name"], ["A", ""]])), KEEP + 0.1)
    young = aged(checked(buyer, workbook(TABLE)), KEEP - 0.1)
    storage, name = ready.file.storage, str(ready.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert expire_old_imports() == 2
    assert expire_old_imports() == 0
    for batch in (ready, faulty):
        batch.refresh_from_db()
        assert (batch.state, batch.rows.count(), verbs(batch)) == ("expired", 0, ["import.expired"])
    young.refresh_from_db()
    assert (young.state, young.rows.count()) == ("ready", 1)
    assert not storage.exists(name)
    page = sign_in(buyer).get(reverse("suppliers:import-detail", args=[ready.pk]))
    assert "Nobody imported it in time" in page.content.decode()
    with pytest.raises(DomainError) as refused:
        check_again(buyer, ready.pk)
    assert refused.value.code == "import_state"


def test_checking_again_begins_the_time_anew(buyer: User) -> None:
    batch = aged(checked(buyer, workbook(TABLE)), KEEP + 5)
    batch.checked_at = clock.now()
    batch.save()
    assert expire_imports(clock.now()) == 0


def test_rows_stay_as_long_as_an_import_can_be_undone(sign_in: SignIn, buyer: User) -> None:
    batch = aged(imported(buyer, workbook(TABLE)), UNDO - 0.1)
    address = reverse("suppliers:import-detail", args=[batch.pk])
    assert expire_imports(clock.now()) == 0
    page = sign_in(buyer).get(address).content.decode()
    assert "Can be undone until" in page
    assert reverse("suppliers:import-undo", args=[batch.pk]) in page
    assert undone(buyer, batch).state == "undone"
    assert not Supplier.objects.exists()


def test_after_that_undoing_says_why_not(sign_in: SignIn, buyer: User) -> None:
    batch = aged(imported(buyer, workbook(TABLE)), UNDO + 0.1)
    for removed in (0, 1):
        with pytest.raises(DomainError) as refused:
            undo_import(buyer, batch.pk)
        assert refused.value.code == "import_too_old"
        assert expire_imports(clock.now()) == 1 - removed
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), batch.counts["create"]) == ("imported", 0, 1)
    assert verbs(batch) == ["import.rows_removed"]
    page = sign_in(buyer).get(reverse("suppliers:import-detail", args=[batch.pk])).content.decode()
    assert "It can no longer be undone" in page
    assert reverse("suppliers:import-undo", args=[batch.pk]) not in page
    assert Supplier.objects.get().code == "N-1"


def test_a_longer_period_does_not_bring_rows_back(buyer: User, settings: Any) -> None:
    """Without its rows an undo would do nothing and say that it was done."""
    batch = aged(imported(buyer, workbook(TABLE)), UNDO + 0.1)
    expire_imports(clock.now())
    settings.IMPORT_UNDO_DAYS = 2 * UNDO
    with pytest.raises(DomainError) as refused:
        undo_import(buyer, batch.pk)
    assert refused.value.code == "import_too_old"
