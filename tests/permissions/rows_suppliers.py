"""Supplier pages: for the company's own people."""

from __future__ import annotations

from tests.permissions.table import Row, editors, who

STAFF_ONLY = who(staff=200)
SUPPLIER = {"code": "S-9", "name": "New Supplier"}
CONTACT = {"email": "new@example.test", "name": "New Contact"}

ROWS = (
    Row("suppliers:evidence-download", "GET", who(rest=404), ("none",)),
    Row("suppliers:supplier-list", "GET", STAFF_ONLY),
    Row("suppliers:supplier-export", "GET", STAFF_ONLY),
    Row("suppliers:supplier-detail", "GET", STAFF_ONLY, ("supplier",)),
    Row("suppliers:supplier-detail", "POST", editors(200), ("supplier",), CONTACT),
    Row("suppliers:supplier-timeline-export", "GET", STAFF_ONLY, ("supplier",)),
    Row("suppliers:supplier-create", "GET", editors(200)),
    Row("suppliers:supplier-create", "POST", editors(302), data=SUPPLIER),
    Row("suppliers:supplier-edit", "GET", editors(200), ("supplier",)),
    Row("suppliers:supplier-edit", "POST", editors(302), ("supplier",), SUPPLIER),
    Row("suppliers:supplier-delete", "POST", editors(302), ("supplier",)),
    Row("suppliers:contact-remove", "POST", editors(302), ("supplier", "contact")),
)
