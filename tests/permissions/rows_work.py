"""Saved views, changes of many suppliers, scopes of buyers."""

from __future__ import annotations

from tests.permissions.table import Row, api, editors, who

ADMIN = who(admin=200)
SAVED = who(staff=302)
# Views of others do not exist, whoever asks; suppliers have none at all.
OWN_VIEW = who(staff=404, csr_specialist=302)
VIEW = ("view",)
API_OWN_VIEW = api(staff=404, csr_specialist=200)
API_VIEW = {"name": "Chinese", "query": "country=CN"}

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
    Row("api-saved-view-list", "GET", api(staff=200)),
    Row("api-saved-view-list", "POST", api(staff=201), data=API_VIEW, json=True),
    Row("api-saved-view-detail", "PUT", API_OWN_VIEW, VIEW, {"name": "Renamed"}, json=True),
    Row("api-saved-view-detail", "DELETE", api(staff=404, csr_specialist=204), VIEW),
    Row("api-saved-view-filters", "PUT", API_OWN_VIEW, VIEW, {"query": "country=DE"}, json=True),
    Row("api-buyer-scope-list", "GET", api(admin=200)),
    Row("api-buyer-scope-detail", "GET", api(admin=200), ("limited_buyer",)),
    Row(
        "api-buyer-scope-detail",
        "PUT",
        api(admin=200),
        ("limited_buyer",),
        {"categories": [], "countries": ["CN"]},
        json=True,
    ),
)
