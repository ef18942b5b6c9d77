"""Alerts about implausible lists: our own people see them, reviewers decide; suppliers see none."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, matchers, who

STAFF_ONLY = who(staff=200)
ALERT = ("alert",)
# They speak of other suppliers, so for a supplier's people there is no such thing.
HIDDEN = {"nobody": 404, "supplier_user": 404, "other_supplier_user": 404}
DECISION = {"state": "explained", "note": "One distributor."}

ROWS: tuple[Row, ...] = (
    Row("minerals:alert-list", "GET", STAFF_ONLY),
    Row("minerals:alert-export", "GET", STAFF_ONLY),
    Row("minerals:over-reporting", "GET", STAFF_ONLY),
    Row("minerals:over-reporting-export", "GET", STAFF_ONLY),
    Row("minerals:alert-detail", "GET", who(rest=404, staff=200), ALERT),
    Row("minerals:alert-decide", "POST", matchers(302, **HIDDEN), ALERT, DECISION),
    Row("minerals:alert-reopen", "POST", matchers(302, **HIDDEN), ("decided_alert",)),
    Row("api-alert-list", "GET", api(staff=200)),
    Row("api-alert-detail", "GET", api(staff=200), ALERT),
    Row(
        "api-alert-decide", "POST", matchers(200, API_SIGN_IN, **HIDDEN), ALERT, DECISION, json=True
    ),
    Row(
        "api-alert-reopen",
        "POST",
        matchers(200, API_SIGN_IN, **HIDDEN),
        ("decided_alert",),
        json=True,
    ),
)
