"""Handing in files and watching them being judged."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import User
from core.models import Job
from core.services.jobs import fail_job
from core.services.sweep import GAVE_UP
from minerals.models import Declaration
from minerals.services.judging import judge_received
from suppliers.models import Supplier
from tests.factories.minerals import form
from tests.minerals.web.pages import page, part

pytestmark = pytest.mark.django_db


def upload(client: Client, *files: tuple[str, bytes], **data: object) -> UUID:
    """Hand in the files; the key of the batch."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    response = client.post(reverse("minerals:declaration-upload"), {"files": sent, **data})
    assert response.status_code == 302, response.content.decode()[:2000]
    batch: UUID = resolve(response["Location"]).kwargs["batch"]
    return batch


def judge_all(batch: UUID) -> None:
    for job in Job.objects.filter(batch=batch):
        if job.open:
            judge_received(int(job.subject_id), job.pk)


def test_several_files_become_cards(staff: Client, supplier: Supplier) -> None:
    batch = upload(staff, ("one.xlsx", form()), ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(99)))
    text = page(staff, "upload-batch", batch)
    assert "1 of 2 judged" in text
    assert "its content is: PNG" in text
    assert "Send the template itself as .xlsx" in text
    assert 'hx-trigger="load delay:700ms"' in text


def test_cards_end_in_the_verdict_and_stop_asking(staff: Client, supplier: Supplier) -> None:
    batch = upload(staff, ("one.xlsx", form(company={"contact_email": ""})))
    judge_all(batch)
    text = part(staff, "upload-batch-cards", batch, target="upload")
    declaration = Declaration.objects.get()
    assert "Cannot be accepted yet: 1 required field open" in text
    assert f'href="{declaration.get_absolute_url()}"' in text
    assert "hx-trigger" not in text
    assert "<html" not in text


def test_supplier_is_found_by_the_company_name(staff: Client, supplier: Supplier) -> None:
    judge_all(upload(staff, ("one.xlsx", form())))
    assert Declaration.objects.get().supplier == supplier


def test_supplier_can_be_chosen(staff: Client, other_supplier: Supplier) -> None:
    upload(staff, ("one.xlsx", form()), supplier=other_supplier.pk)
    assert Declaration.objects.get().supplier == other_supplier


def test_known_file_says_so(staff: Client, supplier: Supplier) -> None:
    data = form()
    judge_all(upload(staff, ("one.xlsx", data), supplier=supplier.pk))
    text = page(staff, "upload-batch", upload(staff, ("two.xlsx", data), supplier=supplier.pk))
    assert "The same file was received before, on " in text
    assert Declaration.objects.count() == 1


def test_a_job_given_up_says_why(staff: Client, supplier: Supplier) -> None:
    batch = upload(staff, ("one.xlsx", form()), supplier=supplier.pk)
    job = Job.objects.get()
    fail_job(job.pk, "job_given_up", GAVE_UP, {"attempts": 5})
    text = page(staff, "upload-batch", batch)
    assert "The work was interrupted 5 times and has been given up." in text
    assert "job_given_up" not in text


def test_without_files_the_form_says_so(staff: Client) -> None:
    response = staff.post(reverse("minerals:declaration-upload"), {})
    assert response.status_code == 422
    assert "This field is required." in response.content.decode()
    assert Job.objects.count() == 0


def test_contact_hands_in_for_the_own_company(contact: Client, supplier: Supplier) -> None:
    text = page(contact, "declaration-upload")
    assert f'<input type="hidden" name="supplier" value="{supplier.pk}"' in text
    upload(contact, ("one.xlsx", form()), supplier=supplier.pk)
    assert Declaration.objects.get().supplier == supplier


def test_contact_cannot_name_another_company(
    contact: Client, supplier: Supplier, other_supplier: Supplier
) -> None:
    data = {"files": [SimpleUploadedFile("one.xlsx", form())], "supplier": other_supplier.pk}
    response = contact.post(reverse("minerals:declaration-upload"), data)
    assert response.status_code == 422
    assert Declaration.objects.count() == 0


def test_auditor_may_not_upload(auditor: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(auditor)
    page(client, "declaration-upload", status=403)
    data = {"files": [SimpleUploadedFile("one.xlsx", form())]}
    assert client.post(reverse("minerals:declaration-upload"), data).status_code == 403
    assert Declaration.objects.count() == 0


def test_upload_of_somebody_else_does_not_exist(
    staff: Client, contact: Client, supplier: Supplier
) -> None:
    batch = upload(staff, ("one.xlsx", form()), supplier=supplier.pk)
    page(contact, "upload-batch", batch, status=404)
    assert (
        contact.get(
            reverse("minerals:upload-batch-cards", args=[batch]), headers={"HX-Request": "true"}
        ).status_code
        == 404
    )
