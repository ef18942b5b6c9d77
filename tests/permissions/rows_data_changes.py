"""What suppliers want changed in their own data."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Expected, Row, api, who

CONTACTS = who(contacts=200)
ASKED = who(contacts=302)
CHANGE = ("data_change",)
COMPANY = {"name": "Bright Tin Co.", "city": "Suzhou"}
PERSON = {"name": "Li Wei", "email": "li@example.test", "role": "minerals"}


def deciders(allowed: int, anonymous: int = 302) -> Expected:
    """The supplier knows of its change, but does not decide it."""
    return who(
        anonymous, 404, supplier_user=403, auditor=403, esg_reporter=403,
        buyer=allowed, csr_specialist=allowed, admin=allowed,
    )  # fmt: skip


ROWS: tuple[Row, ...] = (
    Row("suppliers:own-data", "GET", CONTACTS),
    Row("suppliers:own-company", "GET", CONTACTS),
    Row("suppliers:own-company", "POST", ASKED, data=COMPANY),
    Row("suppliers:own-person-new", "GET", CONTACTS),
    Row("suppliers:own-person-new", "POST", ASKED, data=PERSON),
    Row(
        "suppliers:own-person", "GET", who(supplier_user=200, other_supplier_user=404),
        ("own_contact",),
    ),
    Row(
        "suppliers:own-person", "POST", who(supplier_user=302, other_supplier_user=404),
        ("own_contact",), PERSON,
    ),
    Row(
        "suppliers:own-person-gone", "POST", who(supplier_user=302, other_supplier_user=404),
        ("own_contact",),
    ),
    Row(
        "suppliers:own-change-withdraw", "POST", who(supplier_user=302, other_supplier_user=404),
        CHANGE,
    ),
    Row("suppliers:data-change-list", "GET", who(staff=200)),
    Row("suppliers:data-change", "GET", who(staff=200), CHANGE),
    Row("suppliers:data-change-approve", "POST", deciders(302), CHANGE),
    Row("suppliers:data-change-decline", "POST", deciders(302), CHANGE, {"reason": "Invented."}),
    Row("api-data-change-list", "GET", api(rest=200)),
    Row(
        "api-data-change-list", "POST", api(contacts=201),
        data={"kind": "company", "values": {"city": "Suzhou"}}, json=True,
    ),
    Row("api-data-change-detail", "GET", api(rest=404, staff=200, supplier_user=200), CHANGE),
    Row(
        "api-data-change-withdraw", "POST",
        who(API_SIGN_IN, supplier_user=200, other_supplier_user=404), CHANGE, json=True,
    ),
    Row("api-data-change-approve", "POST", deciders(200, API_SIGN_IN), CHANGE, json=True),
    Row(
        "api-data-change-decline", "POST", deciders(200, API_SIGN_IN), CHANGE,
        {"reason": "Invented."}, json=True,
    ),
)  # fmt: skip
