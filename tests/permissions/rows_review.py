"""Reviews: CSR specialists and administrators review, others of ours see, suppliers answer."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, matchers, who

STAFF_ONLY = who(staff=200)
API_STAFF_ONLY = api(staff=200, nobody=404, other_supplier_user=404)
OWN = who(rest=404, staff=200, supplier_user=200)
# Whoever does not see the thing is told that there is none.
HIDDEN = {"nobody": 404, "other_supplier_user": 404}
ANSWER = who(rest=403, supplier_user=302, **HIDDEN)
REVIEWED = ("reviewed",)
STEP = {"step": "take_over"}
DECIDE = {"key": "finding_key", "kind": "waived", "reason": "seen"}
ASK = {"due_on": "in_ten_days", "owner": "reviewer"}
OPEN, ANSWERED = ("clarification",), ("answered_clarification",)

ROWS: tuple[Row, ...] = (
    Row("minerals:declaration-accept-selected", "GET", matchers(200)),
    Row(
        "minerals:declaration-accept-selected",
        "POST",
        matchers(302),
        data={"ids": "clean_declaration"},
    ),
    Row("minerals:declaration-review", "POST", matchers(302), REVIEWED, STEP),
    Row("minerals:finding-decide", "POST", matchers(302), REVIEWED, DECIDE),
    Row("minerals:finding-decision-undo", "POST", matchers(302), ("finding_decision",)),
    Row("minerals:questions-send", "GET", matchers(200, **HIDDEN), REVIEWED),
    Row("minerals:questions-send", "POST", matchers(302, **HIDDEN), REVIEWED, ASK),
    Row("minerals:clarification-list", "GET", STAFF_ONLY),
    Row("minerals:clarification-export", "GET", STAFF_ONLY),
    Row("minerals:clarification-detail", "GET", OWN, OPEN),
    Row("minerals:clarification-answer", "POST", ANSWER, OPEN, {"answer-1": "It is so."}),
    Row("minerals:clarification-file", "POST", ANSWER, OPEN, {"files": "FILE"}),
    Row("minerals:clarification-close", "POST", matchers(302, **HIDDEN), ANSWERED),
    Row("minerals:clarification-take-back", "POST", matchers(302, **HIDDEN), OPEN),
    Row("minerals:product-link", "POST", matchers(302), ("line",), {"link": "confirmed"}),
    Row("api-accept-many", "POST", matchers(200, API_SIGN_IN),
        data={"declarations": ["clean_declaration"]}, json=True),
    Row("api-review", "GET", API_STAFF_ONLY, REVIEWED),
    Row("api-review", "POST", matchers(200, API_SIGN_IN), REVIEWED, STEP, json=True),
    Row("api-finding-decisions", "GET", API_STAFF_ONLY, REVIEWED),
    Row(
        "api-finding-decisions",
        "POST",
        matchers(201, API_SIGN_IN),
        REVIEWED,
        {"findings": ["finding_key"], "kind": "waived", "reason": "seen"},
        json=True,
    ),
    Row(
        "api-finding-decision-undo", "POST", matchers(200, API_SIGN_IN), ("finding_decision",)
    ),
    Row("api-questions", "POST", matchers(201, API_SIGN_IN), REVIEWED, json=True),
    Row("api-product-link", "POST", matchers(200, API_SIGN_IN), ("line",), {"link": "excluded"},
        json=True),
    Row("api-clarification-list", "GET", api(rest=200)),
    Row("api-clarification-detail", "GET", api(rest=404, staff=200, supplier_user=200), OPEN),
    Row(
        "api-clarification-answer",
        "POST",
        api(rest=403, supplier_user=200, **HIDDEN),
        OPEN,
        {"answers": [{"position": 1, "answer": "It is so."}]},
        json=True,
    ),
    Row(
        "api-clarification-close", "POST", matchers(200, API_SIGN_IN, **HIDDEN), ANSWERED
    ),
    Row(
        "api-clarification-take-back", "POST", matchers(200, API_SIGN_IN, **HIDDEN), OPEN
    ),
)  # fmt: skip
