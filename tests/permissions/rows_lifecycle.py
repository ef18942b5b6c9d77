"""Lifecycle, qualifications, limits, waivers."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, editors, who

STAFF_ONLY = who(staff=200)
API_STAFF = api(staff=200)
SUPPLIER = ("supplier",)
# What one may not see does not exist; the own company's things one may not change.
STRANGERS = {"nobody": 404, "other_supplier_user": 404}
PHASE_OUT = {"explanation": "Product ends.", "phase_out_on": "today"}
RESULT = {"result": "passed", "dated_on": "today", "note": "Report 7"}
ENDING = {"reason_code": "quality"}
MORE = {"category": "category", "valid_months": 12}
WAIVER = {
    "starts_on": "today",
    "ends_on": "until",
    "reason_code": "capacity",
    "explanation": "Only source.",
}
AUDITORS = {"csr_specialist", "auditor", "admin"}


def auditing(allowed: int, anonymous: int, **named: int) -> dict[str, int]:
    return who(anonymous, **{**dict.fromkeys(AUDITORS, allowed), **named})


ROWS: tuple[Row, ...] = (
    Row("suppliers:supplier-action", "GET", editors(200), ("supplier", "phase_out")),
    Row("suppliers:supplier-action", "POST", editors(302), ("supplier", "phase_out"), PHASE_OUT),
    Row(
        "suppliers:supplier-gate-record",
        "GET",
        auditing(200, 302),
        ("supplier", "certification_audit"),
    ),
    Row(
        "suppliers:supplier-gate-record",
        "POST",
        auditing(302, 302),
        ("supplier", "certification_audit"),
        RESULT,
    ),
    Row(
        "suppliers:supplier-gate-record",
        "POST",
        who(csr_specialist=302, admin=302),
        ("supplier", "training"),
        RESULT,
    ),
    Row(
        "suppliers:supplier-gate-withdraw",
        "POST",
        auditing(302, 302, **STRANGERS),
        ("supplier", "gate_record"),
    ),
    Row("suppliers:qualification-list", "GET", STAFF_ONLY),
    Row("suppliers:qualification-export", "GET", STAFF_ONLY),
    Row("suppliers:supplier-qualification-export", "GET", STAFF_ONLY, SUPPLIER),
    Row("suppliers:qualification-request", "GET", editors(200), SUPPLIER),
    Row("suppliers:qualification-request", "POST", editors(302), SUPPLIER, MORE),
    Row("suppliers:qualification-withdraw", "GET", editors(200), ("qualification",)),
    Row("suppliers:qualification-withdraw", "POST", editors(302), ("qualification",), ENDING),
    Row("suppliers:supplier-waiver-request", "GET", editors(200), SUPPLIER),
    # One waits for a decision already.
    Row("suppliers:supplier-waiver-request", "POST", editors(422), SUPPLIER, WAIVER),
    Row("suppliers:supplier-waiver-end", "POST", editors(302), ("waiver",)),
    Row("api-lifecycle", "GET", API_STAFF, SUPPLIER),
    Row(
        "api-supplier-action",
        "POST",
        editors(200, API_SIGN_IN) | STRANGERS,
        SUPPLIER,
        {"action": "phase_out", **PHASE_OUT},
        json=True,
    ),
    Row("api-gate-records", "GET", API_STAFF, SUPPLIER),
    Row(
        "api-gate-records",
        "POST",
        auditing(201, API_SIGN_IN, **STRANGERS),
        SUPPLIER,
        {"kind": "certification_audit", **RESULT},
        json=True,
    ),
    Row(
        "api-gate-withdraw",
        "POST",
        auditing(200, API_SIGN_IN, **STRANGERS),
        ("gate_record",),
    ),
    Row("api-status-change-list", "GET", API_STAFF),
    Row("api-qualification-list", "GET", API_STAFF),
    Row(
        "api-qualification-list",
        "POST",
        editors(201, API_SIGN_IN) | STRANGERS,
        data={"supplier": "S-1", **MORE},
        json=True,
    ),
    Row(
        "api-qualification-withdraw",
        "POST",
        editors(200, API_SIGN_IN) | STRANGERS,
        ("qualification",),
        ENDING,
        json=True,
    ),
    Row("api-restriction-list", "GET", API_STAFF),
    Row("api-waiver-list", "GET", API_STAFF),
    Row(
        "api-waiver-list",
        "POST",
        editors(409, API_SIGN_IN) | STRANGERS,
        data={"supplier": "S-1", **WAIVER},
        json=True,
    ),
    Row("api-waiver-end", "POST", editors(200, API_SIGN_IN) | STRANGERS, ("waiver",)),
)
