"""Correction workbook, comparison, reference list and blank forms."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core.models import Job
from minerals.excel.sample import build_workbook
from minerals.models import Declaration, ReferenceSnapshot
from minerals.services.correction import write_correction
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form, make_declaration
from tests.minerals.web.pages import in_order, page, part

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def faulty(desk: Desk, supplier: Supplier) -> Declaration:
    return desk.hand_in(supplier, form(company={"contact_email": ""}))


# --- Correction workbook -------------------------------------------------------------------------
def order(client: Client, declaration: Declaration) -> Job:
    address = reverse("minerals:declaration-correction", args=[declaration.pk])
    response = client.post(address)
    job = Job.objects.get(kind="declaration.correction")
    assert response["Location"] == f"{address}?job={job.pk}"
    return job


def test_correction_is_ordered_watched_and_downloaded(contact: Client, faulty: Declaration) -> None:
    job = order(contact, faulty)
    query = f"?job={job.pk}"
    assert "Writing the correction workbook" in page(
        contact, "declaration-correction", faulty.pk, query=query
    )
    page(contact, "declaration-correction-download", faulty.pk, query=query, status=404)
    write_correction(faulty.pk, job.pk)
    text = part(contact, "declaration-correction", faulty.pk, target="correction", query=query)
    assert "data-start-download" in text
    assert "hx-trigger" not in text
    address = reverse("minerals:declaration-correction-download", args=[faulty.pk])
    response = contact.get(f"{address}{query}")
    assert response["Content-Disposition"] == 'attachment; filename="cmrt-corrections.xlsx"'
    book = load_workbook(io.BytesIO(b"".join(response)))
    assert book.sheetnames[0] == "Corrections"


def test_correction_of_an_unjudged_declaration(staff: Client, supplier: Supplier) -> None:
    declaration = make_declaration(supplier, judged_at=None, verdict="")
    address = reverse("minerals:declaration-correction", args=[declaration.pk])
    response = staff.post(address, headers=HTMX)
    assert response.status_code == 204
    assert "has not been judged yet" in response["HX-Trigger"]


def test_job_of_another_declaration_opens_nothing(
    staff: Client, faulty: Declaration, supplier: Supplier
) -> None:
    job = order(staff, faulty)
    other = make_declaration(supplier)
    page(staff, "declaration-correction", other.pk, query=f"?job={job.pk}", status=404)
    page(staff, "declaration-correction", faulty.pk, query="?job=nonsense", status=404)


# --- Comparison ----------------------------------------------------------------------------------
@pytest.fixture
def pair(desk: Desk, supplier: Supplier) -> tuple[Declaration, Declaration]:
    old = desk.hand_in(supplier, form(company={"effective_date": "2025-06-30"}))
    data = form(
        answers={("Q3", "Tin"): "Yes"}, company={"contact_name": "Somebody Else"}, misspelt=True
    )
    return old, desk.hand_in(supplier, data, "newer.xlsx")


def test_comparison_names_every_change(
    staff: Client, pair: tuple[Declaration, Declaration]
) -> None:
    old, new = pair
    text = page(staff, "declaration-compare", new.pk, old.pk)
    assert in_order(text, 'id="answers"', "From covered countries", "Tin", "Yes")
    assert in_order(text, 'id="company"', "Contact name", "Somebody Else")
    assert in_order(text, 'id="added"', "Brigth Tin Smelting Co. (demo)")
    assert 'id="gone"' not in text


def test_sides_are_swapped(staff: Client, pair: tuple[Declaration, Declaration]) -> None:
    old, new = pair
    text = page(staff, "declaration-compare", old.pk, new.pk)
    assert in_order(text, 'id="gone"', "Brigth Tin Smelting Co. (demo)")


def test_other_side_is_chosen_from_a_list(
    staff: Client, pair: tuple[Declaration, Declaration], supplier: Supplier
) -> None:
    old, new = pair
    third = make_declaration(supplier)
    address = reverse("minerals:declaration-compare", args=[new.pk, old.pk])
    assert f'<option value="{third.pk}">' in page(staff, "declaration-compare", new.pk, old.pk)
    response = staff.get(f"{address}?against={third.pk}")
    assert response["Location"] == reverse("minerals:declaration-compare", args=[new.pk, third.pk])


def test_only_like_is_compared(
    staff: Client, contact: Client, supplier: Supplier, other_supplier: Supplier
) -> None:
    mine, other = make_declaration(supplier), make_declaration(other_supplier)
    page(staff, "declaration-compare", mine.pk, other.pk, status=400)
    page(staff, "declaration-compare", mine.pk, mine.pk, status=404)
    page(contact, "declaration-compare", mine.pk, other.pk, status=404)


# --- Reference list ------------------------------------------------------------------------------
@pytest.fixture
def snapshot(desk: Desk) -> ReferenceSnapshot:
    return desk.install()


def test_administrator_installs_a_template(
    admin: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    client = sign_in(admin)
    assert "No template installed yet" in page(client, "snapshot-list")
    content = build_workbook("cmrt_6.5")
    for words in ("Installed. New declarations", "This very file was installed before"):
        file = SimpleUploadedFile("cmrt.xlsx", content)
        response = client.post(reverse("minerals:snapshot-list"), {"file": file}, follow=True)
        assert words in response.content.decode()
    assert ReferenceSnapshot.objects.count() == 1


def test_refused_template_says_why(admin: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(admin)
    file = SimpleUploadedFile("cmrt.xlsx", b"")
    response = client.post(reverse("minerals:snapshot-list"), {"file": file})
    assert response.status_code == 422
    assert ReferenceSnapshot.objects.count() == 0


def test_others_do_not_install(staff: Client) -> None:
    file = SimpleUploadedFile("cmrt.xlsx", build_workbook("cmrt_6.5"))
    assert staff.post(reverse("minerals:snapshot-list"), {"file": file}).status_code == 403
    assert ReferenceSnapshot.objects.count() == 0


def test_look_up_rows_are_searched_and_exported(staff: Client, snapshot: ReferenceSnapshot) -> None:
    text = page(staff, "snapshot-detail", snapshot.pk, query="?metal=Tin&search=bright+port")
    rows = re.findall(r'<th scope="row">([^<]+)</th>', text)
    assert rows == ["Bright Tin (demo)", "Bright Tin Smelting Co. (demo)", "PT Bright Tin Demo"]
    address = reverse("minerals:snapshot-export", args=[snapshot.pk])
    response = staff.get(f"{address}?metal=Tin&search=bright+port")
    book = load_workbook(io.BytesIO(b"".join(response)))
    assert [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)] == rows


def test_supplier_gets_the_blank_form_and_no_list(
    contact: Client, snapshot: ReferenceSnapshot
) -> None:
    text = page(contact, "snapshot-list")
    address = reverse("minerals:template-download", args=[snapshot.pk])
    assert address in text
    assert f'href="{reverse("minerals:snapshot-detail", args=[snapshot.pk])}"' not in text
    page(contact, "snapshot-detail", snapshot.pk, status=403)
    response = contact.get(address)
    with snapshot.workbook.content.open() as stream:
        assert b"".join(response) == stream.read()


def test_supplier_gets_only_forms_in_force(
    contact: Client, desk: Desk, snapshot: ReferenceSnapshot
) -> None:
    newer = desk.install("cmrt_6.4", "newer.xlsx")
    page(contact, "template-download", snapshot.pk, status=404)
    assert f"CMRT {newer.version}" in page(contact, "snapshot-list")
