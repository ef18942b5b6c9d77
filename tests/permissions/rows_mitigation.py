"""Mitigation plans and the evidence of the five steps: pages and API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.permissions.table import API_SIGN_IN, SIGN_IN, Expected, Row, api, who

STAFF_ONLY = who(staff=200)
API_STAFF = api(staff=200)
OBJECT = who(rest=404, staff=200, supplier_user=200)
API_OBJECT = api(rest=404, staff=200, supplier_user=200)
PLAN = ("mitigation",)
WHY = {"reason": "Invented.", "note": "Invented."}


def managers(allowed: int, anonymous: int = SIGN_IN) -> Expected:
    """Who may not see the plan is told that there is none."""
    return _of_plan(anonymous, buyer=allowed, csr_specialist=allowed, admin=allowed)


def deciders(allowed: int, anonymous: int = SIGN_IN) -> Expected:
    return _of_plan(anonymous, csr_specialist=allowed, admin=allowed)


def answerers(allowed: int, anonymous: int = SIGN_IN) -> Expected:
    return {**managers(allowed, anonymous), "supplier_user": allowed}


def _of_plan(anonymous: int, **named: int) -> Expected:
    return who(anonymous, rest=403, nobody=404, other_supplier_user=404, **named)


def page(code: str, expected: Expected, data: Mapping[str, Any], thing: str = "") -> Row:
    route = "minerals:measure-action" if thing else "minerals:mitigation-action"
    return Row(route, "POST", expected, (thing or "mitigation", code), data)


def post(name: str, expected: Expected, data: Mapping[str, Any], thing: str = "") -> Row:
    kind = "measure" if thing else "mitigation"
    return Row(
        f"api-{kind}-{name}", "POST", expected, (thing or "mitigation",), data=data, json=True
    )


ADD = {"kind": "policy", "due_on": "later"}
MOVE = {"which": "close_due_on", "day": "later", "reason": "Invented."}
RESULT = {"kind": "training", "done_on": "today", "result": "passed", "note": "Invented."}
TAKE_UP = {"action": "restrict", "conditions": "Invented.", "explanation": "Invented."}
LATER = {"due_on": "later", "reason": "Invented."}

ROWS: tuple[Row, ...] = (
    Row("minerals:mitigation-list", "GET", STAFF_ONLY),
    Row("minerals:mitigation-export", "GET", STAFF_ONLY),
    Row("minerals:mitigation-own", "GET", who(contacts=200)),
    Row("minerals:mitigation-detail", "GET", OBJECT, PLAN),
    Row("minerals:mitigation-action", "GET", managers(200), ("mitigation", "add")),
    page("offer", managers(422), {}),
    page("agree", answerers(302), WHY),
    page("refuse", answerers(302), WHY),
    page("add", managers(302), ADD),
    page("result", deciders(302), RESULT),
    page("move", managers(302), MOVE),
    page("owner", managers(302), {}),
    page("propose", managers(422), {"wanted": "restrict", **WHY}),
    page("take-up", managers(302), TAKE_UP),
    page("drop", managers(302), WHY),
    page("close", managers(422), WHY),
    page("decide-close", deciders(302), {"decision": "close"}),
    Row("minerals:measure-action", "GET", answerers(200), ("measure", "hand-in")),
    page("hand-in", answerers(302), WHY, "measure"),
    page("accept", answerers(302), WHY, "measure_audit"),
    page("verify", deciders(302), {}, "measure_in"),
    page("doubt", deciders(302), WHY, "measure_in"),
    page("move", managers(302), LATER, "measure"),
    page("cancel", managers(302), WHY, "measure"),
    Row("minerals:oecd-company", "GET", STAFF_ONLY),
    Row("minerals:oecd-company-export", "GET", STAFF_ONLY),
    Row("minerals:oecd-supplier", "GET", STAFF_ONLY, ("supplier",)),
    Row("minerals:oecd-supplier-export", "GET", STAFF_ONLY, ("supplier",)),
    Row("api-mitigation-list", "GET", api(rest=200)),
    Row("api-mitigation-detail", "GET", API_OBJECT, PLAN),
    Row("api-mitigation-steps", "GET", API_OBJECT, PLAN),
    post("offer", managers(409, API_SIGN_IN), {}),
    post("agree", answerers(200, API_SIGN_IN), {"note": "Invented."}),
    post("refuse", answerers(200, API_SIGN_IN), WHY),
    post("measures", managers(201, API_SIGN_IN), ADD),
    post(
        "results",
        deciders(201, API_SIGN_IN),
        {"kind": "training", "done_on": "today", "note": "Invented."},
    ),
    post("move", managers(200, API_SIGN_IN), MOVE),
    post("propose", managers(409, API_SIGN_IN), {"wanted": "restrict", "reason": "Invented."}),
    post("take-up", managers(201, API_SIGN_IN), TAKE_UP),
    post("drop", managers(200, API_SIGN_IN), WHY),
    post("close", managers(409, API_SIGN_IN), WHY),
    post("decide-close", deciders(200, API_SIGN_IN), {"approve": True}),
    Row("api-measure-detail", "GET", API_OBJECT, ("measure",)),
    post("hand-in", answerers(200, API_SIGN_IN), {"note": "Invented."}, "measure"),
    post("accept", answerers(200, API_SIGN_IN), WHY, "measure_audit"),
    post("verify", deciders(200, API_SIGN_IN), {}, "measure_in"),
    post("doubt", deciders(200, API_SIGN_IN), WHY, "measure_in"),
    post("move", managers(200, API_SIGN_IN), LATER, "measure"),
    post("cancel", managers(200, API_SIGN_IN), WHY, "measure"),
    Row("api-oecd-company", "GET", API_STAFF),
    Row("api-oecd-removals", "GET", API_STAFF),
    Row("api-oecd-supplier", "GET", API_STAFF, ("supplier",)),
)
