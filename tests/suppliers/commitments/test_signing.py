"""Signing online: who may, what is kept, what is refused; the sealed PDF; revoking."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from accounts.roles import Role
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.models import ActivityEntry, Notification
from suppliers.enums import ChangeKind, RequestState, SignatureState
from suppliers.models import DocumentVersion, Signature, Supplier, SupplierContact
from suppliers.pdf.commitment import PdfFailed
from suppliers.selectors.commitments import standing_of
from suppliers.services import signature_pdf as pdf_service
from suppliers.services.sealing import content_sha256, has_true_seal
from suppliers.services.signature_pdf import (
    blank_pdf,
    make_signature_pdf,
    signatures_without_pdf,
)
from suppliers.services.signing import (
    Circumstances,
    SigningInput,
    revoke_signature,
    sign_document,
)
from suppliers.services.verifying import verify_file, verify_signature
from suppliers.tasks.commitments import make_missing_pdfs
from tests.conftest import MakeUser
from tests.factories.commitments import (
    TODAY,
    make_document,
    make_request,
    make_signature,
    make_version,
)

pytestmark = pytest.mark.django_db
FROM = Circumstances("203.0.113.9", "Browser/1.0")


def signing(version: DocumentVersion, **fields: Any) -> SigningInput:
    facts = {
        "signer_name": "  Wang   Liang ",
        "signer_title": "总经理",
        "is_confirmed": True,
        "language": "zh-hans",
    }
    return SigningInput(version_id=version.pk, **{**facts, **fields})


@pytest.fixture
def signed(supplier_user: User, version: DocumentVersion) -> Signature:
    return sign_document(supplier_user, signing(version), FROM)


def test_what_is_kept(
    supplier_user: User, supplier: Supplier, version: DocumentVersion, buyer: User
) -> None:
    request = make_request(supplier, version, requested_by=buyer)
    version.document.validity_months = 12
    version.document.save()
    signature = sign_document(supplier_user, signing(version), FROM)
    signature.refresh_from_db()
    assert (signature.supplier, signature.version, signature.state) == (
        supplier, version, SignatureState.VALID,
    )  # fmt: skip
    assert (signature.signer_name, signature.signer_title) == ("Wang Liang", "总经理")
    assert (signature.ip_address, signature.user_agent) == ("203.0.113.9", "Browser/1.0")
    assert (signature.language, signature.document_sha256) == ("zh-hans", version.sha256)
    assert signature.contact == supplier_user.supplier_contact
    assert signature.company_name == "Bright Tin Co. · 亮锡有限公司"
    assert signature.company_code == supplier.code
    assert signature.signed_on == TODAY()
    assert signature.valid_until is not None and signature.valid_until > TODAY()
    assert has_true_seal(signature)
    request.refresh_from_db()
    assert request.state == RequestState.DONE and request.closed_at is not None
    entry = ActivityEntry.objects.get(verb="document.signed")
    assert (entry.actor, entry.data["sha256"]) == (supplier_user, version.sha256)
    assert Notification.objects.get().recipient == buyer


def test_a_double_click_signs_once(
    signed: Signature, supplier_user: User, version: DocumentVersion
) -> None:
    with pytest.raises(DomainError) as refused:
        sign_document(supplier_user, signing(version), FROM)
    assert refused.value.code == "already_signed"
    assert Signature.objects.count() == 1


def test_renewing_is_possible_while_it_expires(
    supplier_user: User, supplier: Supplier, version: DocumentVersion
) -> None:
    make_signature(supplier, version, valid_until=TODAY() + dt.timedelta(days=60))
    sign_document(supplier_user, signing(version), FROM)
    assert standing_of(supplier, version.document).state == "signed"


def test_a_replaced_wording_is_not_signed(supplier_user: User, version: DocumentVersion) -> None:
    make_version(version.document, 2, ChangeKind.COSMETIC)
    with pytest.raises(DomainError) as refused:
        sign_document(supplier_user, signing(version), FROM)
    assert (refused.value.code, refused.value.params) == ("version_superseded", {"number": 2})


@pytest.mark.parametrize("case", ["draft", "inactive", "other kind", "none"])
def test_what_is_not_asked_does_not_exist(
    case: str, supplier_user: User, version: DocumentVersion
) -> None:
    if case == "draft":
        version = make_version(version.document, 2, ChangeKind.MATERIAL, is_published=False)
    if case == "inactive":
        version.document.is_active = False
        version.document.save()
    if case == "other kind":
        version = make_version(make_document("other", kinds=["service"]))
    data = signing(version) if case != "none" else SigningInput(0, "A", "B", True, "en")
    with pytest.raises(NotFound):
        sign_document(supplier_user, data, FROM)
    assert not Signature.objects.exists()


def test_what_is_asked_can_be_signed_though_not_required(
    supplier_user: User, supplier: Supplier, _only_own_documents: None
) -> None:
    version = make_version(make_document("other", kinds=["service"]))
    make_request(supplier, version)
    assert sign_document(supplier_user, signing(version), FROM).pk


def test_only_who_may_sign_signs(
    supplier_user: User, version: DocumentVersion, csr_specialist: User, make_user: MakeUser
) -> None:
    SupplierContact.objects.update(may_sign=False)
    with pytest.raises(NotAllowed) as refused:
        sign_document(supplier_user, signing(version), FROM)
    assert refused.value.code == "may_not_sign"
    assert "upload the scan" in refused.value.message
    with pytest.raises(NotAllowed):
        sign_document(csr_specialist, signing(version), FROM)
    with pytest.raises(NotFound):
        sign_document(make_user(Role.SUPPLIER_CONTACT, "nobody"), signing(version), FROM)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"signer_name": " "}, "signer_name_missing", "signer_name"),
        ({"signer_title": ""}, "signer_title_missing", "signer_title"),
        ({"signer_name": "A" * 151}, "signer_text_too_long", "signer_name"),
        ({"signer_title": "A" * 121}, "signer_text_too_long", "signer_title"),
        ({"is_confirmed": False}, "signing_not_confirmed", "is_confirmed"),
        ({"language": "fr"}, "language_unknown", "language"),
    ],
)
def test_odd_input(
    fields: dict[str, Any], code: str, field: str, supplier_user: User, version: DocumentVersion
) -> None:
    with pytest.raises(InvalidInput) as refused:
        sign_document(supplier_user, signing(version, **fields), FROM)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Signature.objects.exists()


# --- Seal -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signer_name", "Li Na"),
        ("signed_on", dt.date(2020, 1, 1)),
        ("ip_address", "203.0.113.10"),
        ("company_name", "Other Co."),
        ("valid_until", dt.date(2099, 1, 1)),
        ("document_sha256", "0" * 64),
        ("seal", "0" * 64),
    ],
)
def test_a_changed_fact_breaks_the_seal(name: str, value: object, signed: Signature) -> None:
    Signature.objects.filter(pk=signed.pk).update(**{name: value})
    assert not verify_signature(Signature.objects.get(pk=signed.pk)).is_genuine


def test_a_state_or_a_merge_does_not_break_the_seal(
    signed: Signature, other_supplier: Supplier
) -> None:
    Signature.objects.filter(pk=signed.pk).update(
        state=SignatureState.REVOKED, supplier=other_supplier, contact=None
    )
    assert has_true_seal(Signature.objects.get(pk=signed.pk))


def test_a_replaced_key_needs_the_old_one_beside_it(
    signed: Signature,
    settings: django_settings,  # type: ignore[valid-type]
) -> None:
    old = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-key" * 6  # type: ignore[attr-defined]
    assert not has_true_seal(signed)
    settings.SECRET_KEY_FALLBACKS = ["unrelated", old]  # type: ignore[attr-defined]
    assert has_true_seal(signed)


def test_one_spelling_of_an_address(supplier_user: User, version: DocumentVersion) -> None:
    signature = sign_document(supplier_user, signing(version), Circumstances("2001:DB8::00A", ""))
    assert has_true_seal(Signature.objects.get(pk=signature.pk))


# --- PDF ------------------------------------------------------------------------------------------
def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def test_the_sealed_pdf(signed: Signature, csr_specialist: User) -> None:
    made = make_signature_pdf(signed.pk)
    assert made is not None
    with made.pdf.open("rb") as stream:
        content = stream.read()
    assert content_sha256(content) == made.pdf_sha256
    text = text_of(content)
    flat = "".join(text.split())
    for words in (
        "承诺书test-letter", "不使用强迫劳动", "WangLiang", "总经理",
        "BrightTinCo.·亮锡有限公司(S-1)",
        "示例电子有限公司", signed.document_sha256, signed.seal, "203.0.113.9", "1/1",
        signed.signed_at.astimezone(dt.UTC).strftime("%H:%M:%SUTC"),
    ):  # fmt: skip
        assert words in flat, words
    assert make_signature_pdf(signed.pk) is None
    result = verify_file(csr_specialist, ContentFile(content))
    assert result.is_genuine and result.signature == signed
    assert verify_file(csr_specialist, ContentFile(content + b" ")).signature is None


def test_a_stranger_verifies_nothing(signed: Signature, other_supplier_user: User) -> None:
    made = make_signature_pdf(signed.pk)
    assert made is not None
    with made.pdf.open("rb") as stream:
        assert verify_file(other_supplier_user, stream).signature is None


def test_a_changed_or_lost_file_is_noticed(signed: Signature) -> None:
    made = make_signature_pdf(signed.pk)
    assert made is not None
    assert verify_signature(made).file is True
    with made.pdf.storage.open(str(made.pdf.name), "wb") as stream:
        stream.write(b"%PDF other")
    assert verify_signature(Signature.objects.get(pk=signed.pk)).file is False
    made.pdf.storage.delete(str(made.pdf.name))
    assert not verify_signature(Signature.objects.get(pk=signed.pk)).is_genuine


def test_markup_stays_text(supplier_user: User, _only_own_documents: None) -> None:
    odd = '#panic() *b* $x$ <b>bold</b> \\ "quoted" `raw`'
    document = make_document("odd-letter", name=odd)
    version = make_version(document, text_en=f"1. {odd}", text_zh=f"1. {odd}")
    signature = sign_document(supplier_user, signing(version, signer_name=odd, language="en"), FROM)
    made = make_signature_pdf(signature.pk)
    assert made is not None
    with made.pdf.open("rb") as stream:
        flat = "".join(text_of(stream.read()).split())
    assert flat.count("".join(odd.split())) == 3


def test_a_failing_pdf_never_loses_the_signature(
    supplier_user: User,
    version: DocumentVersion,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def fail(*args: object) -> bytes:
        raise PdfFailed("no font")

    with monkeypatch.context() as broken:
        broken.setattr(pdf_service, "commitment_pdf", fail)
        with django_capture_on_commit_callbacks(execute=True):
            signature = sign_document(supplier_user, signing(version), FROM)
        assert make_missing_pdfs() == 0
    signature.refresh_from_db()
    assert (signature.state, signature.pdf.name) == (SignatureState.VALID, "")
    Signature.objects.update(signed_at=timezone.now() - dt.timedelta(minutes=5))
    assert signatures_without_pdf(timezone.now()) == [signature.pk]
    assert make_missing_pdfs() == 1
    assert make_missing_pdfs() == 0


def test_the_pdf_is_there_when_the_page_answers(
    supplier_user: User, version: DocumentVersion, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        signature = sign_document(supplier_user, signing(version), FROM)
    signature.refresh_from_db()
    assert signature.pdf


def test_the_blank_pdf_has_both_languages(version: DocumentVersion, supplier: Supplier) -> None:
    flat = "".join(text_of(blank_pdf(version, supplier)).split())
    for words in ("Nobodyworksagainsttheirwill", "不使用强迫劳动", "BrightTinCo.", "Company/"):
        assert words in flat
    assert "BrightTinCo." not in "".join(text_of(blank_pdf(version, None)).split())


# --- Revoking -------------------------------------------------------------------------------------
def test_a_revoked_signature_no_longer_counts(
    signed: Signature, csr_specialist: User, supplier: Supplier, supplier_user: User
) -> None:
    with pytest.raises(InvalidInput):
        revoke_signature(csr_specialist, signed.pk, "  ")
    revoked = revoke_signature(csr_specialist, signed.pk, "Wrong person")
    assert (revoked.state, revoked.check_note) == (SignatureState.REVOKED, "Wrong person")
    assert standing_of(supplier, signed.version.document).state == "missing"
    told = Notification.objects.get(kind="document.signature_revoked")
    assert (told.recipient, told.is_urgent) == (supplier_user, True)
    with pytest.raises(DomainError):
        revoke_signature(csr_specialist, signed.pk, "again")


def test_who_may_revoke(
    signed: Signature, auditor: User, supplier_user: User, other_supplier_user: User
) -> None:
    for person, error in (
        (auditor, NotAllowed),
        (supplier_user, NotAllowed),
        (other_supplier_user, NotFound),
    ):
        with pytest.raises(error):
            revoke_signature(person, signed.pk, "x")
