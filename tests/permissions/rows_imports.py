"""Imports: one's own, for people who manage suppliers; administrators see all."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, editors, who

STAFF_ONLY = who(staff=200)
OWN = who(rest=404, csr_specialist=200, admin=200)
READY, FAULTY, DONE = ("ready_import",), ("faulty_import",), ("done_import",)
ACT = who(csr_specialist=302, admin=302, buyer=404)
API_OWN = api(rest=404, csr_specialist=200, admin=200)
UPLOAD = {"file": "FILE", "kind": "suppliers"}
SPEND = {"amount": "12.50"}


def api_act(status: int) -> dict[str, int]:
    return api(csr_specialist=status, admin=status, buyer=404)


ROWS: tuple[Row, ...] = (
    Row("suppliers:import-list", "GET", STAFF_ONLY),
    Row("suppliers:import-list-export", "GET", STAFF_ONLY),
    Row("suppliers:import-upload", "GET", editors(200)),
    Row("suppliers:import-upload", "POST", editors(422), data=UPLOAD),
    Row("suppliers:import-template", "GET", editors(200), query="?kind=suppliers"),
    Row("suppliers:import-detail", "GET", OWN, READY),
    Row("suppliers:import-problems", "GET", OWN, READY),
    Row("suppliers:import-marked", "GET", OWN, FAULTY),
    Row("suppliers:import-confirm", "POST", ACT, READY),
    Row("suppliers:import-check-again", "POST", ACT, READY),
    Row("suppliers:import-discard", "POST", ACT, READY),
    Row("suppliers:import-undo", "POST", ACT, DONE),
    Row("suppliers:import-export", "GET", STAFF_ONLY, ("contacts",)),
    Row("api-import-list", "GET", api(rest=200)),
    Row("api-import-list", "POST", editors(400, API_SIGN_IN), data=UPLOAD),
    Row("api-import-detail", "GET", API_OWN, READY),
    Row("api-import-rows", "GET", API_OWN, READY),
    Row("api-import-problems", "GET", API_OWN, READY),
    Row("api-import-marked", "GET", API_OWN, FAULTY),
    Row("api-import-confirm", "POST", api_act(202), READY),
    Row("api-import-check", "POST", api_act(202), READY),
    Row("api-import-discard", "POST", api_act(200), READY),
    Row("api-import-undo", "POST", api_act(202), DONE),
    Row(
        "api-supplier-by-code",
        "PUT",
        editors(201, API_SIGN_IN),
        ("ERP-1",),
        {"name": "Pushed Co."},
        json=True,
    ),
    Row(
        "api-supplier-spend",
        "PUT",
        editors(201, API_SIGN_IN) | {"nobody": 404, "other_supplier_user": 404},
        ("supplier_code", "2025", "CNY"),
        SPEND,
        json=True,
    ),
    Row(
        "api-supplier-spend",
        "DELETE",
        editors(204, API_SIGN_IN) | {"nobody": 404, "other_supplier_user": 404},
        ("supplier_code", "spend_year", "spend_currency"),
    ),
    Row("api-spend", "GET", api(staff=200)),
    Row("api-spend", "POST", editors(400, API_SIGN_IN), data={"items": ""}, json=True),
)
