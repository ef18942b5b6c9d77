"""Saved views, changes of many suppliers, scopes of buyers."""

from __future__ import annotations

from tests.permissions.table import Row, editors, who

ADMIN = who(admin=200)
SAVED = who(staff=302)
# Views of others do not exist, whoever asks; suppliers have none at all.
OWN_VIEW = who(staff=404, csr_specialist=302)
VIEW = ("view",)

ROWS: tuple[Row, ...] = (
    Row("suppliers:view-save", "POST", SAVED, data={"name": "Mine", "query": "country=CN"}),
    Row("suppliers:view-change", "POST", OWN_VIEW, VIEW, {"name": "Renamed"}),
    Row("suppliers:view-update", "POST", OWN_VIEW, VIEW, {"query": "country=DE"}),
    Row("suppliers:view-delete", "POST", OWN_VIEW, VIEW),
    Row("suppliers:supplier-bulk-buyer", "GET", editors(200), query="?ids={supplier}"),
    Row(
        "suppliers:supplier-bulk-buyer",
        "POST",
        editors(302),
        data={"expected": 1, "buyer": "nobody"},
        query="?ids={supplier}",
    ),
    Row("suppliers:supplier-bulk-category", "GET", editors(200), query="?ids={supplier}"),
    Row(
        "suppliers:supplier-bulk-category",
        "POST",
        editors(302),
        data={"expected": 1, "category": "scope_category"},
        query="?ids={supplier}",
    ),
    Row("suppliers:scope-edit", "GET", ADMIN, ("person",)),
    Row("suppliers:scope-edit", "POST", who(admin=422), ("person",), {"countries": "CN"}),
)
