"""Smelter lists: seen by our own people, brought in by CSR specialists and administrators."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, matchers, who

STAFF_ONLY = who(staff=200)
API_STAFF = api(staff=200)
READY, IN_FORCE = ("ready_list",), ("list_in_force",)
UPLOAD = {"file": "FILE", "source": "list_source", "listed_on": "list_day"}
COLUMNS = {"cid": "0", "name": "1", "status": "2"}
EXPLAIN = {"text": "Paused", "status": "active"}

ROWS: tuple[Row, ...] = (
    Row("minerals:list-list", "GET", STAFF_ONLY),
    Row("minerals:list-export", "GET", STAFF_ONLY),
    Row("minerals:list-upload", "GET", matchers(200)),
    Row("minerals:list-upload", "POST", matchers(422), data=UPLOAD),
    Row("minerals:list-detail", "GET", STAFF_ONLY, READY),
    Row("minerals:list-original", "GET", STAFF_ONLY, READY),
    Row("minerals:list-columns", "POST", matchers(302), READY, COLUMNS),
    Row("minerals:list-confirm", "POST", matchers(302), READY),
    Row("minerals:list-discard", "POST", matchers(302), READY),
    Row("minerals:list-entries-export", "GET", STAFF_ONLY, IN_FORCE),
    Row("minerals:list-changes-export", "GET", STAFF_ONLY, IN_FORCE),
    Row("minerals:list-problems-export", "GET", STAFF_ONLY, IN_FORCE),
    Row("minerals:status-word-list", "GET", STAFF_ONLY),
    Row("minerals:status-word-list", "POST", matchers(302), data=EXPLAIN),
    Row("minerals:status-word-export", "GET", STAFF_ONLY),
    Row("api-smelter-list-list", "GET", API_STAFF),
    Row("api-smelter-list-list", "POST", matchers(400, API_SIGN_IN), data=UPLOAD),
    Row("api-smelter-list-detail", "GET", API_STAFF, READY),
    Row("api-smelter-list-entries", "GET", API_STAFF, IN_FORCE),
    Row("api-smelter-list-problems", "GET", API_STAFF, READY),
    Row("api-smelter-list-changes", "GET", API_STAFF, READY),
    Row(
        "api-smelter-list-columns",
        "POST",
        matchers(202, API_SIGN_IN),
        READY,
        {"cid": 0, "name": 1, "status": 2},
        json=True,
    ),
    Row("api-smelter-list-confirm", "POST", matchers(200, API_SIGN_IN), READY, json=True),
    Row("api-smelter-list-discard", "POST", matchers(200, API_SIGN_IN), READY, json=True),
    Row("api-status-word-list", "GET", API_STAFF),
    Row("api-status-word-list", "POST", matchers(201, API_SIGN_IN), data=EXPLAIN, json=True),
    Row("api-status-word-waiting", "GET", API_STAFF),
)
