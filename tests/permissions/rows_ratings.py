"""Ratings and tables of risk."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, matchers, who

STAFF_ONLY = who(staff=200)
ADMIN_CHANGES = who(admin=302)
SUPPLIER = ("supplier",)
RESULT = {
    "kind": "audit",
    "score": "80",
    "dated_on": "2026-01-15",
    "valid_until": "2028-01-15",
}
HIDDEN = {"nobody": 404, "other_supplier_user": 404}

ROWS: tuple[Row, ...] = (
    Row("suppliers:rating-detail", "GET", STAFF_ONLY, SUPPLIER),
    Row("suppliers:rating-export", "GET", STAFF_ONLY, SUPPLIER),
    Row("suppliers:rating-record", "GET", matchers(200), SUPPLIER),
    Row("suppliers:rating-record", "POST", matchers(302), SUPPLIER, RESULT),
    Row("suppliers:risk-tables", "GET", STAFF_ONLY),
    Row("suppliers:risk-export", "GET", STAFF_ONLY),
    Row("suppliers:risk-country", "POST", ADMIN_CHANGES, ("country",), {"points": "3"}),
    Row("suppliers:risk-category", "POST", ADMIN_CHANGES, ("risk_category",), {"points": "3"}),
    Row("suppliers:risk-kind", "POST", ADMIN_CHANGES, ("kind",), {"points": "2"}),
    Row("api-rating-part-list", "GET", api(staff=200)),
    Row(
        "api-rating-part-list",
        "POST",
        matchers(201, API_SIGN_IN, **HIDDEN),
        data={"supplier": "supplier", **RESULT},
        json=True,
    ),
    Row("api-supplier-rating", "GET", api(staff=200, **HIDDEN), SUPPLIER),
    Row("api-risk-countries", "GET", api(staff=200)),
    Row("api-risk-categories", "GET", api(staff=200)),
    Row("api-risk-kinds", "GET", api(staff=200)),
    Row("api-risk-country", "PUT", api(admin=200), ("country",), {"points": 3}, json=True),
    Row("api-risk-category", "PUT", api(admin=200), ("risk_category",), {"points": 3}, json=True),
    Row("api-risk-kind", "PUT", api(admin=200), ("kind",), {"points": 2}, json=True),
)
