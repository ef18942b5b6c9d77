"""Smelters, tasks about them and mines.

The register is for our own people; a supplier's contact opens the own task and nothing else.
"""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, editors, matchers, who

STAFF_ONLY = who(staff=200)
SMELTER = ("smelter_cid",)
TASK = ("smelter_task",)
NOTE = {"text": "Wrote to them.", "happened_on": "2026-01-15"}
CERTIFICATE = {
    "scheme": "lbma",
    "valid_from": "2026-01-01",
    "valid_until": "2027-01-01",
    "note": "https://list.example/",
}
CLOSE = {"state": "done", "note": "Settled."}
# Of the supplier of the contact: for whom there is no such thing.
HIDDEN = {"nobody": 404, "other_supplier_user": 404}
# The world's specialist recorded the certificate, so somebody else verifies it.
VERIFY = {"csr_specialist": 403}

ROWS: tuple[Row, ...] = (
    Row("minerals:smelter-list", "GET", STAFF_ONLY),
    Row("minerals:smelter-export", "GET", STAFF_ONLY),
    Row("minerals:smelter-countries", "GET", STAFF_ONLY),
    Row("minerals:smelter-detail", "GET", STAFF_ONLY, SMELTER),
    Row("minerals:smelter-note-add", "POST", editors(302), SMELTER, NOTE),
    Row("minerals:smelter-note-withdraw", "POST", matchers(302), ("smelter_note",)),
    Row("minerals:smelter-certificate-add", "GET", editors(200), SMELTER),
    Row("minerals:smelter-certificate-add", "POST", editors(302), SMELTER, CERTIFICATE),
    Row(
        "minerals:smelter-certificate-verify",
        "POST",
        matchers(302, **VERIFY),
        ("smelter_certificate",),
    ),
    Row("minerals:smelter-certificate-withdraw", "POST", editors(302), ("smelter_certificate",)),
    Row("minerals:task-list", "GET", STAFF_ONLY),
    Row("minerals:task-export", "GET", STAFF_ONLY),
    Row("minerals:task-close-many", "GET", matchers(200), query="?ids={smelter_task}"),
    Row("minerals:task-close-many", "POST", matchers(302), data=CLOSE, query="?ids={smelter_task}"),
    Row("minerals:task-detail", "GET", who(rest=404, staff=200, supplier_user=200), TASK),
    Row("minerals:task-close", "POST", matchers(302, **HIDDEN), TASK, CLOSE),
    Row("minerals:mine-list", "GET", STAFF_ONLY),
    Row("minerals:mine-export", "GET", STAFF_ONLY),
    Row("api-smelter-list", "GET", api(staff=200)),
    Row("api-smelter-detail", "GET", api(staff=200), SMELTER),
    Row("api-smelter-notes", "POST", editors(201, API_SIGN_IN), SMELTER, NOTE, json=True),
    Row(
        "api-smelter-certificates",
        "POST",
        editors(201, API_SIGN_IN),
        SMELTER,
        CERTIFICATE,
        json=True,
    ),
    Row("api-smelter-note-withdraw", "POST", matchers(200, API_SIGN_IN), ("smelter_note",)),
    Row(
        "api-smelter-certificate-verify",
        "POST",
        matchers(200, API_SIGN_IN, **VERIFY),
        ("smelter_certificate",),
    ),
    Row(
        "api-smelter-certificate-withdraw",
        "POST",
        editors(200, API_SIGN_IN),
        ("smelter_certificate",),
    ),
    Row("api-smelter-task-list", "GET", api(staff=200)),
    Row("api-smelter-task-detail", "GET", api(staff=200), TASK),
    Row("api-smelter-task-close", "POST", matchers(200, API_SIGN_IN), TASK, CLOSE, json=True),
    Row(
        "api-smelter-task-close-many",
        "POST",
        matchers(200, API_SIGN_IN),
        data={**CLOSE, "tasks": ["smelter_task"]},
        json=True,
    ),
    Row("api-mine-list", "GET", api(staff=200)),
)
