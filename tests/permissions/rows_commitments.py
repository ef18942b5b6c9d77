"""Documents that suppliers sign."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, editors, who

STAFF_ONLY = who(staff=200)
ADMIN = who(admin=200)
# A contact of another company, and somebody without a role, learn nothing.
CONTACTS_ONLY = who(contacts=200)
OWN = who(rest=404, staff=200, supplier_user=200)
ACT_ON_OWN = who(
    rest=404, auditor=403, esg_reporter=403, buyer=302, csr_specialist=302, admin=302,
    supplier_user=403,
)  # fmt: skip
DOCUMENT = {
    "code": "new-letter", "name": "New letter", "kinds": "service", "order": "5", "is_active": "on",
}  # fmt: skip
CHANGED = {"name": "Other letter", "kinds": "service", "order": "5", "is_active": "on"}
TEXTS = {"change": "material", "text_en": "1. One.", "text_zh": "1. 一。"}
SIGNING = {
    "signer_name": "Wang", "signer_title": "Director", "is_confirmed": "on", "language": "en",
}  # fmt: skip
PAPER = {
    "signed_on": "today", "signer_name": "Wang", "signer_title": "Director", "evidence": "FILE",
}  # fmt: skip
REASON = {"reason": "Because"}
ASK = {"suppliers": "other_supplier", "ask": "document", "due_on": "soon"}
API_SIGNING = {
    "version": "version", "signer_name": "Wang", "signer_title": "Director", "confirmed": True,
    "language": "en",
}  # fmt: skip
SIGNED_IN = api(rest=200)
API_ADMIN = api(admin=200)
API_DOCUMENT = {"code": "new-letter", "name": "New letter", "kinds": ["service"]}
API_OWN = api(rest=404, staff=200, supplier_user=200)

ROWS: tuple[Row, ...] = (
    Row("suppliers:commitment-matrix", "GET", STAFF_ONLY),
    Row("suppliers:commitment-export", "GET", STAFF_ONLY),
    Row("suppliers:commitment-supplier", "GET", STAFF_ONLY, ("supplier",)),
    Row(
        "suppliers:commitment-request",
        "GET",
        editors(200),
        query="?supplier={supplier}&ask={document}&due_on={soon}&preview=1",
    ),
    Row("suppliers:commitment-request", "POST", editors(302), data=ASK),
    Row("suppliers:commitment-request-selected", "GET", editors(200), query="?ids={supplier}"),
    Row("suppliers:commitment-request-selected", "POST", editors(302), data=ASK),
    Row("suppliers:commitment-cancel", "POST", editors(302), ("document_request",)),
    Row("suppliers:commitment-own", "GET", CONTACTS_ONLY),
    Row("suppliers:commitment-sign", "GET", CONTACTS_ONLY, ("version",)),
    Row("suppliers:commitment-sign", "POST", who(contacts=302), ("version",), SIGNING),
    Row("suppliers:commitment-paper", "GET", CONTACTS_ONLY, ("version",)),
    # The file of the table is no scan: the form says so.
    Row("suppliers:commitment-paper", "POST", who(contacts=422), ("version",), PAPER),
    Row(
        "suppliers:commitment-refuse",
        "POST",
        who(rest=404, staff=403, supplier_user=302),
        ("document_request",),
        REASON,
    ),
    Row(
        "suppliers:commitment-refuse",
        "POST",
        who(rest=404, staff=403, other_supplier_user=302),
        ("foreign_document_request",),
        REASON,
    ),
    Row("suppliers:document-blank", "GET", who(staff=200, contacts=200), ("version",)),
    Row("suppliers:document-list", "GET", STAFF_ONLY),
    Row("suppliers:document-export", "GET", STAFF_ONLY),
    Row("suppliers:document-create", "GET", ADMIN),
    Row("suppliers:document-create", "POST", who(admin=302), data=DOCUMENT),
    Row("suppliers:document-detail", "GET", STAFF_ONLY, ("document",)),
    Row("suppliers:document-edit", "GET", ADMIN, ("document",)),
    Row("suppliers:document-edit", "POST", who(admin=302), ("document",), CHANGED),
    Row("suppliers:document-version-create", "GET", ADMIN, ("document",)),
    Row("suppliers:document-version-create", "POST", who(admin=302), ("document_to_draft",), TEXTS),
    Row("suppliers:document-version-publish", "GET", ADMIN, ("draft_version",)),
    Row(
        "suppliers:document-version-publish",
        "POST",
        who(admin=302),
        ("draft_version",),
        {"due_on": "soon"},
    ),
    Row("suppliers:document-version-discard", "POST", who(admin=302), ("draft_version",)),
    Row("suppliers:signature-detail", "GET", OWN, ("signature",)),
    Row("suppliers:signature-pdf", "GET", OWN, ("signature",)),
    Row("suppliers:signature-check-list", "GET", STAFF_ONLY),
    Row("suppliers:signature-check-export", "GET", STAFF_ONLY),
    Row("suppliers:signature-check", "POST", ACT_ON_OWN, ("scan",), {"decision": "valid"}),
    Row("suppliers:signature-revoke", "POST", ACT_ON_OWN, ("signature",), REASON),
    Row("suppliers:signature-record", "GET", editors(200), ("supplier",)),
    Row(
        "suppliers:signature-record",
        "POST",
        editors(422),
        ("supplier",),
        {**PAPER, "version": "version"},
    ),
    Row("suppliers:signature-verify", "GET", STAFF_ONLY),
    Row("suppliers:signature-verify", "POST", STAFF_ONLY, data={"file": "FILE"}),
    Row("api-document-list", "GET", SIGNED_IN),
    Row("api-document-detail", "GET", api(rest=200, nobody=404), ("document",)),
    Row("api-document-list", "POST", api(admin=201), data=API_DOCUMENT, json=True),
    Row("api-document-detail", "PATCH", API_ADMIN, ("document",), {"name": "Other"}, json=True),
    Row("api-document-draft", "PUT", API_ADMIN, ("document_to_draft",), TEXTS, json=True),
    Row("api-document-version-list", "GET", SIGNED_IN),
    Row("api-document-version-detail", "GET", api(rest=200, nobody=404), ("version",)),
    Row("api-document-version-detail", "GET", api(rest=404, staff=200), ("draft_version",)),
    Row("api-document-version-detail", "DELETE", api(admin=204), ("draft_version",)),
    Row(
        "api-document-version-publish",
        "POST",
        API_ADMIN,
        ("draft_version",),
        {"due_on": "soon"},
        json=True,
    ),
    Row("api-document-version-blank", "GET", api(staff=200, contacts=200), ("version",)),
    Row("api-commitment-matrix", "GET", api(staff=200)),
    Row("api-evidence", "GET", API_OWN, ("scan_file",)),
    Row("api-document-request-list", "GET", SIGNED_IN),
    Row(
        "api-document-request-list",
        "POST",
        editors(201, API_SIGN_IN),
        data={"suppliers": ["supplier"], "documents": ["document"], "due_on": "soon"},
        json=True,
    ),
    Row("api-document-request-detail", "GET", API_OWN, ("document_request",)),
    Row("api-document-request-cancel", "POST", editors(200, API_SIGN_IN), ("document_request",)),
    Row(
        "api-document-request-refuse",
        "POST",
        api(rest=404, staff=403, supplier_user=200),
        ("document_request",),
        REASON,
        json=True,
    ),
    Row("api-signature-list", "GET", SIGNED_IN),
    Row("api-signature-list", "POST", api(contacts=201), data=API_SIGNING, json=True),
    Row(
        "api-signature-check",
        "POST",
        editors(200, API_SIGN_IN) | {"nobody": 404, "other_supplier_user": 404},
        ("scan",),
        {"valid": True},
        json=True,
    ),
    Row(
        "api-signature-revoke",
        "POST",
        editors(200, API_SIGN_IN) | {"nobody": 404, "other_supplier_user": 404},
        ("signature",),
        REASON,
        json=True,
    ),
    Row("api-signature-detail", "GET", API_OWN, ("signature",)),
    Row("api-signature-pdf", "GET", API_OWN, ("signature",)),
    # The file of the table is no scan, and our own people name no supplier.
    Row(
        "api-signature-paper",
        "POST",
        editors(400, API_SIGN_IN) | {"supplier_user": 409, "other_supplier_user": 400},
        data={**PAPER, "version": "version"},
    ),
)
