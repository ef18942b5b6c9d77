"""The REST API: 401 without sign-in; what one may not see does not exist (404)."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, editors, matchers, who

SIGNED_IN = api(rest=200)
OBJECT = api(rest=404, staff=200, supplier_user=200)
STAFF_ONLY = api(staff=200)
SUPPLIER = {"code": "S-9", "name": "New Supplier"}
PK = ("declaration",)

ROWS = (
    Row("api-schema", "GET", SIGNED_IN),
    Row("api-docs", "GET", who(rest=200)),
    Row("api-supplier-list", "GET", SIGNED_IN),
    Row("api-supplier-list", "POST", editors(201, API_SIGN_IN), data=SUPPLIER, json=True),
    Row("api-supplier-detail", "GET", OBJECT, ("supplier",)),
    Row(
        "api-supplier-detail", "PUT", editors(200, API_SIGN_IN), ("supplier",), SUPPLIER, json=True
    ),
    Row(
        "api-supplier-detail",
        "PATCH",
        editors(200, API_SIGN_IN) | {"nobody": 404, "other_supplier_user": 404},
        ("supplier",),
        {"name": "Renamed"},
        json=True,
    ),
    Row("api-supplier-detail", "DELETE", editors(409, API_SIGN_IN), ("supplier",)),
    Row("api-declaration-list", "GET", SIGNED_IN),
    Row(
        "api-declaration-list",
        "POST",
        api(contacts=202, buyer=202, csr_specialist=202, admin=202),
        data={"files": "FILE"},
    ),
    Row("api-declaration-detail", "GET", OBJECT, PK),
    Row("api-declaration-original", "GET", OBJECT, PK),
    Row("api-declaration-correction", "GET", OBJECT, PK),
    Row("api-declaration-correction", "POST", api(rest=404, staff=202, supplier_user=202), PK),
    Row(
        "api-declaration-compare",
        "GET",
        api(rest=404, staff=409, supplier_user=409),
        ("declaration", "old_declaration"),
    ),
    Row("api-job", "GET", OBJECT, ("job",)),
    Row("api-batch", "GET", OBJECT, ("batch",)),
    Row(
        "api-decide",
        "POST",
        matchers(201, API_SIGN_IN),
        ("line",),
        {"cid": "cid", "kind": "confirmed"},
        json=True,
    ),
    Row("api-decision-list", "GET", STAFF_ONLY),
    Row("api-decision-undo", "POST", matchers(200, API_SIGN_IN), ("decision",)),
    Row("api-snapshot-list", "GET", SIGNED_IN),
    Row("api-snapshot-list", "POST", api(admin=400), data={"file": "FILE"}),
    Row("api-snapshot-detail", "GET", api(rest=200, nobody=404), ("snapshot",)),
    Row("api-snapshot-entries", "GET", STAFF_ONLY, ("snapshot",)),
    Row("api-timeline", "GET", STAFF_ONLY, ("supplier",)),
    Row("api-notification-list", "GET", SIGNED_IN),
    Row("api-notification-read", "POST", api(rest=404, csr_specialist=200), ("notification",)),
    Row("api-notification-read-all", "POST", api(rest=200)),
    Row("api-token-list", "GET", SIGNED_IN),
    Row("api-token-list", "POST", api(rest=201), data={"days": 5}, json=True),
    Row("api-token", "DELETE", api(rest=404, csr_specialist=204), ("token",)),
)
