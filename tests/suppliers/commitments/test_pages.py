"""Pages of documents: matrix, request, versions, signing on the own phone, verifying."""

from __future__ import annotations

import datetime as dt
import html
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from suppliers.enums import ChangeKind
from suppliers.models import (
    BuyerScope,
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    Signature,
    Supplier,
    SupplierContact,
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
SignIn = Callable[[User], Client]
MATRIX = "suppliers:commitment-matrix"
FORM = {
    "signer_name": "王亮",
    "signer_title": "总经理",
    "is_confirmed": "on",
    "language": "zh-hans",
}
HOSTILE = "<script>alert(1)</script>"


def codes(page: Any) -> list[str]:
    return [supplier.code for supplier, _cells in page.context["rows"]]


def ahead(days: int) -> str:
    return (TODAY() + dt.timedelta(days=days)).isoformat()


# --- Matrix ---
def test_matrix_filters_by_state_document_and_the_rest(
    sign_in: SignIn,
    auditor: User,
    version: DocumentVersion,
    supplier: Supplier,
    other_supplier: Supplier,
) -> None:
    second = make_version(make_document("second-letter", order=200))
    make_signature(supplier, version)
    make_request(other_supplier, second, -1)
    client, address = sign_in(auditor), reverse(MATRIX)
    assert codes(client.get(address)) == ["S-1", "S-2"]
    assert codes(client.get(address, {"state": "signed"})) == ["S-1"]
    assert codes(client.get(address, {"state": "missing"})) == ["S-1", "S-2"]
    page = client.get(address, {"state": "missing", "document": "second-letter"})
    assert codes(page) == ["S-1"]
    assert [one.document.code for one in page.context["commitments"]] == ["second-letter"]
    assert codes(client.get(address, {"state": "overdue"})) == ["S-2"]
    assert codes(client.get(address, {"kind": "service"})) == []
    assert codes(client.get(address, {"search": "亮锡"})) == ["S-1"]
    assert codes(client.get(address, {"sort": "-name"})) == ["S-2", "S-1"]
    assert codes(client.get(address, {"status": "qualified"})) == []
    assert client.get(address, {"state": "odd", "document": "odd"}).status_code == 200


def test_matrix_leaves_out_merged_duplicates(
    sign_in: SignIn, auditor: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=other_supplier.pk).update(merged_into=supplier)
    assert codes(sign_in(auditor).get(reverse(MATRIX))) == ["S-1"]


@pytest.mark.parametrize("query", [{}, {"state": "signed"}])
def test_matrix_asks_as_often_for_thirty_rows_as_for_three(
    query: dict[str, str],
    sign_in: SignIn,
    auditor: User,
    version: DocumentVersion,
    django_assert_num_queries: Any,
) -> None:
    client = sign_in(auditor)
    for count in (3, 30):
        for number in range(Supplier.objects.count(), count):
            made = create_supplier(None, SupplierInput(f"C{number}", f"Company {number}"))
            make_signature(made, version)
        with django_assert_num_queries(13):
            page = client.get(reverse(MATRIX), query)
        assert len(page.context["rows"]) == count


def test_export_takes_the_filters_and_holds_no_formula(
    sign_in: SignIn, auditor: User, version: DocumentVersion, supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(name="=1+1")
    make_request(supplier, version, 5)
    create_supplier(None, SupplierInput("S-7", "Unasked"))
    client, address = sign_in(auditor), reverse("suppliers:commitment-export")
    content = client.get(address, {"state": "requested"}).getvalue()
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[1:]] == ["S-1"]
    assert sheet["B2"].data_type == "s"
    assert rows[0][6] == "Letter test-letter" and rows[1][6] == "Asked"
    assert str(rows[1][7]).startswith(ahead(5))
    text = client.get(address, {"format": "csv"}).getvalue().decode("utf-8-sig")
    assert "'=1+1" in text and "Unasked" in text


# --- Asking ---
def test_ask_in_bulk_by_filter(
    sign_in: SignIn,
    buyer: User,
    version: DocumentVersion,
    supplier: Supplier,
    other_supplier: Supplier,
) -> None:
    make_signature(other_supplier, version)
    client, address = sign_in(buyer), reverse("suppliers:commitment-request")
    document = version.document_id
    page = client.get(address, {"all": "1", "search": "S-"})
    assert "Will be asked" not in page.content.decode()
    asked: dict[str, Any] = {
        "all": "1",
        "search": "S-",
        "preview": "1",
        "ask": document,
        "due_on": ahead(5),
    }
    page = client.get(address, asked)
    assert [one.supplier for one in page.context["plan"].asked] == [supplier]
    assert "Signed and valid" in page.content.decode()
    assert not DocumentRequest.objects.exists()
    sent = client.post(
        address, {"suppliers": page.context["keys"], "ask": document, "due_on": ahead(5)}
    )
    assert sent.headers["Location"] == reverse("suppliers:commitment-supplier", args=[supplier.pk])
    assert [one.supplier for one in DocumentRequest.objects.all()] == [supplier]


def test_asking_for_a_passed_day_is_explained(
    sign_in: SignIn, buyer: User, version: DocumentVersion, supplier: Supplier
) -> None:
    client, address = sign_in(buyer), reverse("suppliers:commitment-request")
    query: dict[str, Any] = {"supplier": supplier.pk, "preview": "1", "ask": version.document_id}
    page = client.get(address, {**query, "due_on": ahead(-1)}).content.decode()
    assert "Choose a day that has not passed yet." in page
    assert client.get(address, {"supplier": "9" * 400, "preview": "1"}).status_code == 422
    assert client.get(address).status_code == 200
    sent = client.post(address, {"suppliers": "x", "ask": version.document_id, "due_on": ahead(1)})
    assert "Choose at least one supplier" in sent.content.decode()


def test_a_buyer_with_a_scope_asks_only_inside_it(
    sign_in: SignIn, buyer: User, version: DocumentVersion, supplier: Supplier
) -> None:
    BuyerScope.objects.create(user=buyer, countries=["DE"])
    client = sign_in(buyer)
    assert codes(client.get(reverse(MATRIX))) == []
    page = client.get(reverse("suppliers:commitment-supplier", args=[supplier.pk]))
    assert page.status_code == 404
    client.post(
        reverse("suppliers:commitment-request"),
        {"suppliers": supplier.pk, "ask": version.document_id, "due_on": ahead(5)},
    )
    assert not DocumentRequest.objects.exists()


# --- Versions ---
def test_an_administrator_writes_previews_and_publishes(
    sign_in: SignIn,
    admin: User,
    document: DocumentType,
    version: DocumentVersion,
    supplier: Supplier,
) -> None:
    make_signature(supplier, version)
    client = sign_in(admin)
    write = reverse("suppliers:document-version-create", args=[document.pk])
    assert version.text_en in client.get(write).context["form"]["text_en"].value()
    texts = {"text_en": f"{version.text_en}\n3. New.", "text_zh": f"{version.text_zh}\n3. 新。"}
    saved = client.post(write, {"change": "material", "note": "More", **texts})
    new = DocumentVersion.objects.get(number=2)
    publish = reverse("suppliers:document-version-publish", args=[new.pk])
    assert saved.headers["Location"] == publish
    page = client.get(publish).content.decode()
    assert "1 supplier will be asked to sign again." in page and "New clause" in page
    client.post(publish, {"due_on": ahead(20)})
    assert DocumentRequest.objects.get().version == new
    detail = reverse("suppliers:document-detail", args=[document.pk])
    assert "From version 1 to 2" in client.get(detail).content.decode()
    assert "不使用强迫劳动" in client.get(detail, {"language": "zh-hans"}).content.decode()
    assert client.get(detail, {"version": "1"}).context["version"] == version
    assert client.get(detail, {"version": "77"}).status_code == 404
    assert client.get(detail, {"version": "²"}).status_code == 200


def test_a_new_document_leads_to_its_first_version(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    data = {"code": "fresh", "name": "Fresh", "kinds": ["service"], "order": "5", "is_active": "on"}
    client.post(reverse("suppliers:document-create"), data)
    document = DocumentType.objects.get(code="fresh")
    write = reverse("suppliers:document-version-create", args=[document.pk])
    client.post(write, {"text_en": "1. A", "text_zh": "1. 一"})
    assert document.versions.get().change == ChangeKind.FIRST
    page = client.post(reverse("suppliers:document-create"), {**data, "code": "fresh"})
    assert "code" in page.context["form"].errors


# --- Signing ---
def test_signing_in_chinese(
    sign_in: SignIn, supplier_user: User, supplier: Supplier, version: DocumentVersion
) -> None:
    User.objects.filter(pk=supplier_user.pk).update(language="zh-hans")
    make_request(supplier, version)
    client = sign_in(supplier_user)
    address = reverse("suppliers:commitment-sign", args=[version.pk])
    page = client.get(address).content.decode()
    assert "不使用强迫劳动" in page and "Nobody works" not in page
    other = client.get(address, {"language": "en"}).content.decode()
    assert "Nobody works against their will" in other
    assert 'name="language" value="en"' in other
    answer = client.post(address, FORM, REMOTE_ADDR="203.0.113.7", headers={"User-Agent": "Phone"})
    assert answer.headers["Location"] == reverse("suppliers:commitment-own")
    signature = Signature.objects.get()
    assert (signature.ip_address, signature.user_agent) == ("203.0.113.7", "Phone")
    assert signature.language == "zh-hans"
    again = client.post(address, FORM)
    assert again.headers["Location"] == reverse("suppliers:commitment-own")
    assert Signature.objects.count() == 1


def test_the_address_behind_a_proxy(
    sign_in: SignIn, supplier_user: User, version: DocumentVersion, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    address = reverse("suppliers:commitment-sign", args=[version.pk])
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.8"}
    sign_in(supplier_user).post(address, FORM, REMOTE_ADDR="10.0.0.1", headers=forwarded)
    assert Signature.objects.get().ip_address == "203.0.113.8"


def test_signing_again_shows_what_changed(
    sign_in: SignIn, supplier_user: User, supplier: Supplier, version: DocumentVersion
) -> None:
    make_signature(supplier, version)
    text = "# Rules\n1. Nobody works against their will.\n2. Records are kept for ten years."
    new = make_version(version.document, 2, ChangeKind.MATERIAL, text_en=text)
    client = sign_in(supplier_user)
    page = client.get(reverse("suppliers:commitment-sign", args=[new.pk]))
    assert [one.kind for one in page.context["changes"]] == ["changed"]
    assert "<ins>ten</ins>" in page.content.decode()
    old = client.get(reverse("suppliers:commitment-sign", args=[version.pk])).content.decode()
    assert "replaced by version 2" in old and "Sign now" not in old
    refused = client.post(reverse("suppliers:commitment-sign", args=[version.pk]), FORM)
    assert "replaced by version 2" in refused.content.decode()
    assert Signature.objects.count() == 1


def test_who_may_not_sign_reads_and_learns_what_to_do(
    sign_in: SignIn, supplier_user: User, version: DocumentVersion
) -> None:
    SupplierContact.objects.update(may_sign=False)
    client = sign_in(supplier_user)
    address = reverse("suppliers:commitment-sign", args=[version.pk])
    page = client.get(address).content.decode()
    assert "Nobody works" in page and "Sign now" not in page and "Upload the scan" in page
    refused = client.post(address, FORM)
    assert refused.status_code == 403
    assert "Ask your buyer" in refused.content.decode()


@pytest.mark.parametrize("case", ["draft", "inactive", "other kind"])
def test_what_is_not_asked_is_not_found(
    case: str, sign_in: SignIn, supplier_user: User, version: DocumentVersion
) -> None:
    if case == "draft":
        version = make_version(version.document, 2, is_published=False)
    elif case == "inactive":
        DocumentType.objects.update(is_active=False)
    else:
        version = make_version(make_document("other", kinds=["service"]))
    address = reverse("suppliers:commitment-sign", args=[version.pk])
    assert sign_in(supplier_user).get(address).status_code == 404
    assert sign_in(supplier_user).post(address, FORM).status_code == 404


def test_texts_and_names_are_never_markup(
    sign_in: SignIn, supplier_user: User, csr_specialist: User, supplier: Supplier, admin: User,
    _only_own_documents: None,
) -> None:  # fmt: skip
    document = make_document("odd", name=HOSTILE, local_name=HOSTILE)
    version = make_version(document, text_en=f"1. {HOSTILE}", text_zh=f"1. {HOSTILE}")
    request = make_request(supplier, version)
    client = sign_in(supplier_user)
    refuse = reverse("suppliers:commitment-refuse", args=[request.pk])
    pages = [client.get(reverse("suppliers:commitment-sign", args=[version.pk]))]
    client.post(refuse, {"reason": HOSTILE})
    pages.append(client.get(reverse("suppliers:commitment-own")))
    signed = {**FORM, "signer_name": HOSTILE, "signer_title": HOSTILE}
    client.post(reverse("suppliers:commitment-sign", args=[version.pk]), signed)
    signature = Signature.objects.get()
    staff = sign_in(csr_specialist)
    pages += [
        staff.get(reverse(MATRIX)),
        staff.get(reverse("suppliers:commitment-supplier", args=[supplier.pk])),
        staff.get(reverse("suppliers:document-list")),
        staff.get(reverse("suppliers:document-detail", args=[document.pk])),
        staff.get(reverse("suppliers:signature-detail", args=[signature.pk])),
    ]
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_long_names_are_refused_in_the_form(
    sign_in: SignIn, supplier_user: User, version: DocumentVersion
) -> None:
    address = reverse("suppliers:commitment-sign", args=[version.pk])
    page = sign_in(supplier_user).post(address, {**FORM, "signer_name": "王" * 151})
    assert "signer_name" in page.context["form"].errors
    page = sign_in(supplier_user).post(address, {**FORM, "is_confirmed": ""})
    assert "is_confirmed" in page.context["form"].errors
    assert not Signature.objects.exists()


# --- A refused request keeps the choice ---
@pytest.mark.parametrize("wrong", [{"due_on": "2020-01-01"}, {"ask": []}])
@pytest.mark.parametrize("address", ["commitment-request", "commitment-request-selected"])
def test_a_refused_request_keeps_the_chosen_suppliers(
    sign_in: SignIn,
    buyer: User,
    version: DocumentVersion,
    supplier: Supplier,
    other_supplier: Supplier,
    address: str,
    wrong: dict[str, Any],
) -> None:
    client = sign_in(buyer)
    keys = [supplier.pk, other_supplier.pk]
    form = {"ask": [version.document_id], "due_on": ahead(10)}
    names: dict[str, Any] = {"supplier": keys, "ids": keys, **form, "preview": 1}
    preview = client.get(reverse(f"suppliers:{address}"), names)
    target = preview.content.decode().split('<form method="post" action="')[-1].split('"')[0]
    answer = client.post(
        html.unescape(target), {"suppliers": f"{keys[0]},{keys[1]}", **form, **wrong}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2 suppliers chosen" in text
    assert f'name="supplier" value="{supplier.pk}"' in text
    assert not DocumentRequest.objects.exists()


def test_a_preview_with_a_day_gone_by_keeps_them_too(
    sign_in: SignIn, buyer: User, version: DocumentVersion, supplier: Supplier
) -> None:
    wrong: dict[str, Any] = {
        "supplier": supplier.pk,
        "ask": version.document_id,
        "due_on": "2020-01-01",
    }
    answer = sign_in(buyer).get(reverse("suppliers:commitment-request"), {**wrong, "preview": 1})
    assert answer.status_code == 422
    assert "1 supplier chosen" in answer.content.decode()
