"""New versions: nobody or exactly the earlier signers; a published wording never changes."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import ActivityEntry, Notification
from suppliers.enums import ChangeKind, RequestState, SignatureState, SupplierStatus
from suppliers.models import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    Signature,
    Supplier,
)
from suppliers.rules.documents import text_sha256
from suppliers.services.document_types import (
    DocumentTypeInput,
    create_document_type,
    update_document_type,
)
from suppliers.services.document_versions import (
    VersionInput,
    discard_draft,
    publish_version,
    write_draft,
)
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.factories.commitments import (
    TODAY,
    make_document,
    make_request,
    make_signature,
    make_version,
)

pytestmark = pytest.mark.django_db
TEXTS = {"text_en": "1. New rule.", "text_zh": "1. 新规则。"}


def draft(admin: User, document: DocumentType, change: str) -> DocumentVersion:
    return write_draft(admin, document.pk, VersionInput(change, **TEXTS))


def cast(version: DocumentVersion) -> dict[str, Supplier]:
    """One supplier in each situation; those named ``asked…`` are to be asked by a material one."""
    today = TODAY()
    yesterday = today - dt.timedelta(days=1)
    made = {}
    for name, status, fields in (
        ("asked", SupplierStatus.QUALIFIED, {}),
        ("asked_limited", SupplierStatus.LIMITED, {"valid_until": today}),
        ("unsigned", SupplierStatus.QUALIFIED, None),
        ("expired", SupplierStatus.QUALIFIED, {"valid_until": yesterday}),
        ("revoked", SupplierStatus.QUALIFIED, {"state": SignatureState.REVOKED}),
        ("unchecked", SupplierStatus.QUALIFIED, {"state": SignatureState.TO_CHECK}),
        ("disqualified", SupplierStatus.DISQUALIFIED, {}),
        ("not_introduced", SupplierStatus.NOT_INTRODUCED, {}),
        ("phased_out", SupplierStatus.PHASED_OUT, {}),
        ("merged", SupplierStatus.QUALIFIED, {}),
    ):
        supplier = create_supplier(None, SupplierInput(name, f"Company {name}"))
        Supplier.objects.filter(pk=supplier.pk).update(status=status)
        if fields is not None:
            make_signature(supplier, version, **fields)
        made[name] = supplier
    Supplier.objects.filter(code="merged").update(merged_into=made["asked"])
    # Signed another document, not this one.
    other = create_supplier(None, SupplierInput("elsewhere", "Company elsewhere"))
    make_signature(other, make_version(make_document("other-letter")))
    return made


def test_a_material_version_asks_exactly_the_earlier_signers(
    admin: User, document: DocumentType, version: DocumentVersion
) -> None:
    cast(version)
    due_on = TODAY() + dt.timedelta(days=14)
    new = draft(admin, document, ChangeKind.MATERIAL)
    assert not DocumentRequest.objects.exists()
    done = publish_version(admin, new.pk, due_on)
    requests = DocumentRequest.objects.select_related("supplier")
    assert {one.supplier.code for one in requests} == {"asked", "asked_limited"}
    assert {(one.version_id, one.due_on, one.state) for one in requests} == {
        (new.pk, due_on, RequestState.OPEN)
    }
    assert (done.asked, done.moved) == (2, 0)
    told = ActivityEntry.objects.filter(verb="document.asked_again")
    assert told.count() == 2


def test_a_cosmetic_version_asks_nobody(
    admin: User, document: DocumentType, version: DocumentVersion
) -> None:
    cast(version)
    new = draft(admin, document, ChangeKind.COSMETIC)
    assert publish_version(admin, new.pk).asked == 0
    assert not DocumentRequest.objects.exists()
    assert not Notification.objects.exists()


def test_signers_of_older_versions_are_asked_too_once(
    admin: User, document: DocumentType, version: DocumentVersion, supplier: Supplier
) -> None:
    make_signature(supplier, version)
    second = make_version(document, 2, ChangeKind.COSMETIC)
    make_signature(supplier, second)
    new = draft(admin, document, ChangeKind.MATERIAL)
    assert publish_version(admin, new.pk).asked == 1
    assert DocumentRequest.objects.get().version == new


def test_open_requests_ask_for_the_newest_wording(
    admin: User,
    document: DocumentType,
    version: DocumentVersion,
    supplier: Supplier,
    other_supplier: Supplier,
) -> None:
    """Nobody signs a replaced text, and a signer with an open request is asked once."""
    waiting = make_request(other_supplier, version, days=3)
    make_signature(supplier, version)
    renewing = make_request(supplier, version, days=5)
    new = draft(admin, document, ChangeKind.MATERIAL)
    done = publish_version(admin, new.pk)
    assert (done.asked, done.moved) == (1, 2)
    for request in (waiting, renewing):
        before = request.due_on
        request.refresh_from_db()
        assert (request.version, request.due_on) == (new, before)
    assert DocumentRequest.objects.count() == 2


def test_authorised_people_are_told_in_their_language(
    admin: User,
    document: DocumentType,
    version: DocumentVersion,
    supplier: Supplier,
    supplier_user: User,
) -> None:
    User.objects.filter(pk=supplier_user.pk).update(language="zh-hans")
    make_signature(supplier, version)
    publish_version(admin, draft(admin, document, ChangeKind.MATERIAL).pk)
    told = Notification.objects.get()
    assert told.recipient == supplier_user
    assert document.local_name in told.text_in("zh-hans")


def test_a_published_version_never_changes(
    admin: User, document: DocumentType, version: DocumentVersion
) -> None:
    with pytest.raises(DomainError) as refused:
        discard_draft(admin, version.pk)
    assert refused.value.code == "version_published"
    with pytest.raises(DomainError):
        publish_version(admin, version.pk)
    before = version.text_en, version.sha256
    new = draft(admin, document, ChangeKind.MATERIAL)
    again = write_draft(admin, document.pk, VersionInput(ChangeKind.COSMETIC, "1. X", "1. Y"))
    assert (again.pk, again.number, again.change) == (new.pk, 2, ChangeKind.COSMETIC)
    assert again.sha256 == text_sha256(2, "1. X", "1. Y")
    version.refresh_from_db()
    assert (version.text_en, version.sha256) == before


def test_the_first_version_is_the_first_whatever_is_said(
    admin: User, _only_own_documents: None
) -> None:
    document = make_document("fresh")
    assert draft(admin, document, "material").change == ChangeKind.FIRST


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (VersionInput("odd", "1. A", "1. B"), "change_unknown"),
        (VersionInput("material", " \n#\n", "1. B"), "text_missing"),
        (VersionInput("material", "1. A", "x" * 60_001), "text_too_long"),
    ],
)
def test_odd_drafts(
    admin: User, document: DocumentType, version: DocumentVersion, data: VersionInput, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_draft(admin, document.pk, data)
    assert refused.value.code == code


def test_the_day_to_sign_lies_ahead(
    admin: User, document: DocumentType, version: DocumentVersion
) -> None:
    new = draft(admin, document, ChangeKind.MATERIAL)
    with pytest.raises(InvalidInput):
        publish_version(admin, new.pk, TODAY() - dt.timedelta(days=1))
    new.refresh_from_db()
    assert new.published_at is None


def test_only_administrators_write_documents(
    csr_specialist: User, document: DocumentType, version: DocumentVersion
) -> None:
    for act in (
        lambda: draft(csr_specialist, document, "material"),
        lambda: publish_version(csr_specialist, version.pk),
        lambda: create_document_type(csr_specialist, DocumentTypeInput("a", "A", "", ["service"])),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_document_type_keeps_its_code_and_leaves_a_trail(admin: User) -> None:
    made = create_document_type(admin, DocumentTypeInput(" New-Letter ", "Letter", "", ["service"]))
    changed = update_document_type(
        admin, made.pk, DocumentTypeInput("other", "Letter two", "", ["production"])
    )
    assert (changed.code, changed.name, changed.kinds) == (
        "new-letter",
        "Letter two",
        ["production"],
    )
    entry = ActivityEntry.objects.get(verb="document.changed")
    assert entry.data["changes"]["name"] == ["Letter", "Letter two"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (DocumentTypeInput("Bad Code", "A", "", ["service"]), "document_code_wrong"),
        (DocumentTypeInput("supplier-csr-agreement", "A", "", ["service"]), "document_code_taken"),
        (DocumentTypeInput("a", " ", "", ["service"]), "document_name_missing"),
        (DocumentTypeInput("a", "A", "", []), "document_kinds_missing"),
        (DocumentTypeInput("a", "A", "", ["planet"]), "document_kind_unknown"),
        (
            DocumentTypeInput("a", "A", "", ["service"], validity_months=121),
            "document_months_wrong",
        ),
    ],
)
def test_odd_document_types(admin: User, data: DocumentTypeInput, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_document_type(admin, data)
    assert refused.value.code == code


def test_the_migration_brought_the_documents_of_the_domain(db: None) -> None:
    found = {one.code: one for one in DocumentType.objects.all()}
    at_certification = {code for code, one in found.items() if one.at_certification}
    assert len(found) == 8
    assert at_certification == {
        "supplier-csr-agreement",
        "supplier-security-agreement",
        "anti-bribery-commitment",
        "environmental-commitment",
    }
    assert found["conflict-minerals-declaration"].minerals_only
    assert found["subcontractor-ehs-letter"].kinds == ["subcontractor"]
    for version in DocumentVersion.objects.all():
        assert version.sha256 == text_sha256(1, version.text_en, version.text_zh)
        assert version.published_at is not None
    assert not Signature.objects.exists()
