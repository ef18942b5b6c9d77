"""Notes, outreach and certificates of a smelter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from minerals.models import Smelter, SmelterCertificate, SmelterNote
from minerals.selectors.smelter_certificates import certificate_lines, running_out, to_verify
from minerals.services.smelter_certificates import (
    CertificateInput,
    record_certificate,
    verify_certificate,
    withdraw_certificate,
)
from minerals.services.smelter_notes import NoteInput, add_note, withdraw_note
from suppliers.models import BuyerScope, Supplier
from tests.factories.smelters import make_smelter

pytestmark = pytest.mark.django_db
A = "CID900001"
TODAY = clock.today()
PDF = b"%PDF-1.4\n%%EOF\n"
SignIn = Callable[[User], Client]


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


@pytest.fixture
def smelter(db: None) -> Smelter:
    return make_smelter(A)


def given(**changes: object) -> CertificateInput:
    facts: dict[str, object] = {
        "scheme": "lbma",
        "valid_from": days(-10),
        "valid_until": days(300),
        "number": "L-1",
        "note": "https://list.example/l-1",
    }
    return CertificateInput(**{**facts, **changes})  # type: ignore[arg-type]


def state(actor: User, smelter: Smelter) -> str:
    return certificate_lines(actor, smelter)[0].badge.label


def test_notes_are_added_and_withdrawn_on_the_page(
    smelter: Smelter, buyer: User, sign_in: SignIn
) -> None:
    client = sign_in(buyer)
    address = f"/minerals/smelters/{A}/notes/"
    sent = {"text": "Wrote to them.", "is_outreach": "on", "happened_on": TODAY.isoformat()}
    assert client.post(address, {**sent, "result": "They enrol."}).status_code == 302
    note = SmelterNote.objects.get()
    assert (note.is_outreach, note.result, note.written_by) == (True, "They enrol.", buyer)
    refused = client.post(address, {**sent, "text": " "})
    assert refused.status_code == 422
    assert SmelterNote.objects.count() == 1
    assert client.post(f"/minerals/smelter-notes/{note.pk}/withdraw/").status_code == 302
    note.refresh_from_db()
    assert note.withdrawn_at is not None
    assert "Withdrawn" in client.get(smelter.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (NoteInput("  "), "note_empty"),
        (NoteInput("x" * 4001), "note_too_long"),
        (NoteInput("x", result="y" * 501), "note_too_long"),
        (NoteInput("x", happened_on=days(1)), "note_in_future"),
    ],
)
def test_wrong_notes(wrong: NoteInput, code: str, smelter: Smelter, buyer: User) -> None:
    with pytest.raises(InvalidInput) as error:
        add_note(buyer, A, wrong)
    assert error.value.code == code


def test_only_the_writer_or_a_specialist_withdraws_a_note(
    smelter: Smelter, buyer: User, auditor: User, csr_specialist: User
) -> None:
    note = add_note(buyer, A, NoteInput("Seen."))
    with pytest.raises(NotAllowed):
        withdraw_note(auditor, note.pk)
    with pytest.raises(NotAllowed):
        add_note(auditor, A, NoteInput("Seen."))
    assert withdraw_note(csr_specialist, note.pk).withdrawn_at is not None


def test_a_certificate_waits_for_a_second_look(
    smelter: Smelter, csr_specialist: User, admin: User, buyer: User
) -> None:
    made = record_certificate(csr_specialist, A, given())
    assert state(csr_specialist, smelter) == "Waits for a second look"
    assert list(to_verify(admin)) == [made]
    assert not to_verify(csr_specialist).exists()
    for person, code in (
        (csr_specialist, "own_certificate"),
        (buyer, "may_not_verify_certificates"),
    ):
        with pytest.raises(NotAllowed) as refused:
            verify_certificate(person, made.pk)
        assert refused.value.code == code
    verify_certificate(admin, made.pk)
    assert state(admin, smelter) == "Verified"
    with pytest.raises(DomainError) as again:
        verify_certificate(admin, made.pk)
    assert again.value.code == "certificate_verified"
    withdraw_certificate(buyer, made.pk)
    assert state(admin, smelter) == "Withdrawn"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-400, -1, "Expired"),
        (-10, 60, "Expires soon"),
        (-10, 61, "Verified"),
        (1, 99, "Not valid yet"),
    ],
)
def test_validity(
    first: int, last: int, words: str, smelter: Smelter, csr_specialist: User, admin: User
) -> None:
    made = record_certificate(
        csr_specialist, A, given(valid_from=days(first), valid_until=days(last))
    )
    SmelterCertificate.objects.filter(pk=made.pk).update(verified_by=admin, verified_at=clock.now())
    assert state(admin, smelter) == words
    assert running_out(admin).exists() is (words == "Expires soon")


def test_a_newer_certificate_follows_one_that_runs_out(
    smelter: Smelter, csr_specialist: User, admin: User
) -> None:
    old = record_certificate(csr_specialist, A, given(valid_until=days(20)))
    verify_certificate(admin, old.pk)
    assert list(running_out(admin)) == [old]
    record_certificate(csr_specialist, A, given())
    assert not running_out(admin).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scheme": "none"}, "certificate_scheme_unknown"),
        ({"valid_until": None}, "certificate_period"),
        ({"valid_until": days(-11)}, "certificate_period"),
        ({"valid_until": days(3000)}, "certificate_period"),
        ({"note": " "}, "certificate_without_proof"),
        ({"evidence": [SimpleUploadedFile("c.pdf", PDF)]}, "evidence_needs_supplier"),
        ({"supplier": "S-99"}, "supplier_not_found"),
    ],
)
def test_wrong_certificates(
    changes: dict[str, object], code: str, smelter: Smelter, buyer: User
) -> None:
    with pytest.raises(DomainError) as error:
        record_certificate(buyer, A, given(**changes))
    assert error.value.code == code
    assert not SmelterCertificate.objects.exists()


def test_the_file_is_kept_with_the_supplier_and_hidden_with_it(
    smelter: Smelter, supplier: Supplier, csr_specialist: User, buyer: User, sign_in: SignIn
) -> None:
    sent = {
        "scheme": "rjc",
        "valid_from": days(-1).isoformat(),
        "valid_until": days(200).isoformat(),
        "supplier": supplier.code,
        "evidence": SimpleUploadedFile("c.pdf", PDF),
    }
    client = sign_in(csr_specialist)
    assert client.post(f"/minerals/smelters/{A}/certificates/", sent).status_code == 302
    made = SmelterCertificate.objects.get()
    (line,) = certificate_lines(csr_specialist, smelter)
    assert [file.supplier for file in line.files] == [supplier]
    assert "c.pdf" in client.get(smelter.get_absolute_url()).content.decode()
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    assert certificate_lines(buyer, smelter) == []
    with pytest.raises(NotFound):
        withdraw_certificate(buyer, made.pk)
