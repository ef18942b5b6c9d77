"""Requests that a second person decides."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, matchers, who

STAFF_ONLY = who(staff=200)
API_STAFF = api(staff=200)
# The world's request is a waiver of a colleague's: procurement does not decide those.
DECISION = {"verdict": "approve"}
REJECTION = {"approve": False, "note": "No."}
NOT_STAFF = {"nobody": 404, "supplier_user": 404, "other_supplier_user": 404}

ROWS: tuple[Row, ...] = (
    Row("suppliers:approval-list", "GET", STAFF_ONLY),
    Row("suppliers:approval-export", "GET", STAFF_ONLY),
    Row("suppliers:approval-detail", "GET", STAFF_ONLY, ("approval",)),
    Row("suppliers:approval-decide", "POST", matchers(302, **NOT_STAFF), ("approval",), DECISION),
    Row(
        "suppliers:approval-withdraw",
        "POST",
        who(rest=403, csr_specialist=302, **NOT_STAFF),
        ("own_approval",),
    ),
    Row("api-approval-list", "GET", API_STAFF),
    Row("api-approval-detail", "GET", API_STAFF, ("approval",)),
    Row(
        "api-approval-decide",
        "POST",
        matchers(200, API_SIGN_IN, **NOT_STAFF),
        ("approval",),
        REJECTION,
        json=True,
    ),
    Row(
        "api-approval-withdraw",
        "POST",
        api(rest=403, csr_specialist=200, **NOT_STAFF),
        ("own_approval",),
    ),
)
