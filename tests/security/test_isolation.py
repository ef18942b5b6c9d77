"""One supplier learns nothing about another, whichever door it tries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import User
from minerals.selectors import reference
from minerals.services.correction import request_correction, write_correction
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _no_reference_list_of_another_test() -> None:
    reference._built_list.cache_clear()


@pytest.fixture
def desk(tmp_path: Path, csr_specialist: User) -> Desk:
    return Desk(tmp_path, csr_specialist)


def test_the_same_file_of_two_suppliers_names_neither_to_the_other(
    desk: Desk,
    supplier: Supplier,
    other_supplier: Supplier,
    other_supplier_user: User,
    sign_in: SignIn,
) -> None:
    """The finding is read by the supplier, by programs and in the correction workbook."""
    supplier.name = "Secret Customer Friend"
    supplier.save()
    data = form()
    desk.hand_in(supplier, data)
    second = desk.hand_in(other_supplier, data)
    assert second.findings.filter(code="same_file_other_supplier").exists()
    contact = sign_in(other_supplier_user)
    for tab in ("findings", "file", "history"):
        page = contact.get(f"/minerals/declarations/{second.pk}/?tab={tab}").content.decode()
        assert "Secret Customer Friend" not in page
    answer = contact.get(f"/api/v1/declarations/{second.pk}/").content.decode()
    assert "also sent for another supplier" in answer
    assert "Secret Customer Friend" not in answer
    job = request_correction(other_supplier_user, second.pk)
    write_correction(second.pk, job.pk)
    job.refresh_from_db()
    with default_storage.open(job.result["file"]) as stream:
        book = openpyxl.load_workbook(stream)
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("also sent for another supplier" in text for text in texts)
    assert not any("Secret Customer Friend" in text for text in texts)


def test_staff_see_whose_file_it_is_too(
    desk: Desk,
    supplier: Supplier,
    other_supplier: Supplier,
    csr_specialist: User,
    sign_in: SignIn,
) -> None:
    data = form()
    first = desk.hand_in(supplier, data)
    second = desk.hand_in(other_supplier, data)
    page = sign_in(csr_specialist).get(f"/minerals/declarations/{second.pk}/?tab=file")
    assert f'<a href="{first.get_absolute_url()}">S-1 · Bright Tin Co.</a>' in page.content.decode()


def test_programs_of_a_supplier_see_no_suggestions_either(
    desk: Desk,
    supplier: Supplier,
    supplier_user: User,
    csr_specialist: User,
    sign_in: SignIn,
) -> None:
    address = f"/api/v1/declarations/{desk.hand_in(supplier, form(misspelt=True)).pk}/"
    ours = sign_in(csr_specialist).get(address).json()["smelters"]
    theirs = sign_in(supplier_user).get(address).json()["smelters"]
    assert any(row["suggestions"] for row in ours)
    assert [row["suggestions"] for row in theirs] == [[]] * len(ours)
    assert [row["decision"] for row in theirs] == [None] * len(ours)
