"""The sourcing check."""

from __future__ import annotations

from tests.permissions.table import Row, api, who

STAFF_ONLY = who(staff=200)
API_STAFF = api(staff=200)
CODES = {"supplier": "S-1\nS-2"}

ROWS: tuple[Row, ...] = (
    Row("suppliers:sourcing-check", "GET", STAFF_ONLY, query="?supplier=S-1"),
    Row("suppliers:sourcing-bulk", "GET", STAFF_ONLY),
    Row("suppliers:sourcing-bulk", "POST", STAFF_ONLY, data=CODES),
    Row("suppliers:sourcing-export", "POST", STAFF_ONLY, data=CODES),
    Row("api-sourcing-check", "GET", API_STAFF, query="?supplier=S-1"),
    Row("api-sourcing-check", "POST", API_STAFF, data={"suppliers": "codes"}, json=True),
)
