"""Scans of documents signed on paper: handed in, checked, rejected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import Notification
from suppliers.enums import ChangeKind, RequestState
from suppliers.models import (
    DocumentType,
    DocumentVersion,
    EvidenceFile,
    Signature,
    Supplier,
    SupplierContact,
)
from suppliers.selectors.commitments import standing_of
from suppliers.services.paper_signatures import (
    check_paper_signature,
    hand_in_own_scan,
    record_paper_signature,
)
from tests.factories.commitments import (
    PDF,
    TODAY,
    make_request,
    make_version,
    paper,
)

pytestmark = pytest.mark.django_db


def day(number: int) -> dt.date:
    return TODAY() + dt.timedelta(days=number)


def test_a_scan_counts_after_a_second_look(
    version: DocumentVersion, supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    request = make_request(supplier, version)
    SupplierContact.objects.update(may_sign=False)
    signature = hand_in_own_scan(supplier_user, paper(version))
    assert standing_of(supplier, version.document).state == "to_check"
    request.refresh_from_db()
    assert request.state == RequestState.OPEN
    scan = signature.scan
    assert scan is not None and not scan.is_internal
    assert scan in EvidenceFile.objects.visible_to(supplier_user)
    check_paper_signature(buyer, signature.pk, is_valid=True)
    request.refresh_from_db()
    assert request.state == RequestState.DONE
    assert standing_of(supplier, version.document).state == "signed"
    with pytest.raises(DomainError) as again:
        check_paper_signature(buyer, signature.pk, is_valid=False, note="x")
    assert again.value.code == "signature_checked"


def test_one_scan_waits_at_a_time(
    version: DocumentVersion, supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    make_request(supplier, version)
    first = hand_in_own_scan(supplier_user, paper(version))
    with pytest.raises(DomainError) as refused:
        hand_in_own_scan(supplier_user, paper(version))
    assert refused.value.code == "scan_waits"
    check_paper_signature(buyer, first.pk, is_valid=False, note="No seal")
    hand_in_own_scan(supplier_user, paper(version))
    assert Signature.objects.count() == 2


def test_nobody_checks_the_own_scan(
    version: DocumentVersion, supplier: Supplier, buyer: User, csr_specialist: User, auditor: User
) -> None:
    signature = record_paper_signature(buyer, supplier.pk, paper(version))
    for person, code in ((buyer, "own_scan_not_checked"), (auditor, "may_not_request_signatures")):
        with pytest.raises(NotAllowed) as refused:
            check_paper_signature(person, signature.pk, is_valid=True)
        assert refused.value.code == code
    assert check_paper_signature(csr_specialist, signature.pk, is_valid=True).checked_by


def test_a_rejected_scan_says_why(
    version: DocumentVersion, supplier: Supplier, supplier_user: User, buyer: User
) -> None:
    signature = hand_in_own_scan(supplier_user, paper(version))
    with pytest.raises(InvalidInput):
        check_paper_signature(buyer, signature.pk, is_valid=False, note=" ")
    check_paper_signature(buyer, signature.pk, is_valid=False, note="No company seal")
    told = Notification.objects.get(kind="document.scan_rejected")
    assert (told.recipient, told.params["note"]) == (supplier_user, "No company seal")
    assert standing_of(supplier, version.document).state == "missing"


def test_an_old_wording_on_paper_leaves_the_request_open(
    version: DocumentVersion, supplier: Supplier, buyer: User, csr_specialist: User
) -> None:
    new = make_version(version.document, 2, ChangeKind.MATERIAL)
    request = make_request(supplier, new)
    signature = record_paper_signature(buyer, supplier.pk, paper(version))
    check_paper_signature(csr_specialist, signature.pk, is_valid=True)
    request.refresh_from_db()
    assert request.state == RequestState.OPEN
    assert standing_of(supplier, version.document).state == "outdated"


def test_an_older_wording_on_paper_that_still_counts_closes_the_request(
    version: DocumentVersion, supplier: Supplier, buyer: User, csr_specialist: User
) -> None:
    request = make_request(supplier, make_version(version.document, 2, ChangeKind.COSMETIC))
    signature = record_paper_signature(buyer, supplier.pk, paper(version))
    check_paper_signature(csr_specialist, signature.pk, is_valid=True)
    request.refresh_from_db()
    assert request.state == RequestState.DONE


def test_a_scan_out_of_date_leaves_the_request_open(
    version: DocumentVersion, supplier: Supplier, buyer: User, csr_specialist: User
) -> None:
    DocumentType.objects.filter(pk=version.document_id).update(validity_months=12)
    request = make_request(supplier, version)
    signature = record_paper_signature(buyer, supplier.pk, paper(version, signed_on=day(-800)))
    check_paper_signature(csr_specialist, signature.pk, is_valid=True)
    request.refresh_from_db()
    assert request.state == RequestState.OPEN


@pytest.mark.parametrize(
    ("content", "fields", "code"),
    [
        (b"PK\x03\x04 office", {}, "scan_kind"),
        (b"<html><script>", {}, "scan_kind"),
        (b"", {}, "evidence_empty"),
        (PDF, {"signed_on": dt.date(2999, 1, 1)}, "signed_on_wrong"),
        (PDF, {"signed_on": dt.date(1800, 1, 1)}, "signed_on_wrong"),
        (PDF, {"signer_name": " "}, "signer_name_missing"),
    ],
)
def test_odd_scans(
    content: bytes,
    fields: dict[str, Any],
    code: str,
    version: DocumentVersion,
    supplier: Supplier,
    buyer: User,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        record_paper_signature(buyer, supplier.pk, paper(version, content, **fields))
    assert refused.value.code == code
