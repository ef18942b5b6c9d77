"""Surveys: for our own people, for the asked supplier by link and signed in, for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.permissions.table import API_SIGN_IN, Expected, Row, api, who

STAFF = who(rest=404, staff=200)
EVERYBODY = who(anonymous=200, rest=200)
PREPARED = ("survey_prepared",)
RUNNING = ("survey",)
PART = ("participant",)
TOKEN = ("survey_token",)
WHY = {"reason": "Invented."}
CAMPAIGN = {
    "name": "New", "year": "2026", "counts_from": "today", "due_on": "survey_due",
    "families": "CMRT", "answer_scope": "product", "contact_person": "person",
    "scope_method": "everybody", "share": "95", "threshold": "0", "spend_year": "2025",
    "currency": "CNY", "mail_language": "reader",
}  # fmt: skip


API_OBJECT = api(rest=404, staff=200, supplier_user=200)
MANY = {"participants": ["participant"]}
API_CAMPAIGN = {
    "name": "New", "year": 2026, "counts_from": "today", "due_on": "survey_due",
    "forms": [{"family": "CMRT"}], "contact_person": "survey_owner", "spend_year": 2025,
}  # fmt: skip


def runners(allowed: int, anonymous: int = 302) -> Expected:
    """CSR specialists and administrators; who may not know of the survey is told there is none."""
    others = dict.fromkeys(("buyer", "auditor", "esg_reporter"), 403)
    return who(anonymous, 404, csr_specialist=allowed, admin=allowed, **others)


def chasers(allowed: int, anonymous: int = 302) -> Expected:
    others = dict.fromkeys(("auditor", "esg_reporter"), 403)
    return who(anonymous, 404, buyer=allowed, csr_specialist=allowed, admin=allowed, **others)


def part_chasers(allowed: int, anonymous: int = 302) -> Expected:
    """The supplier itself knows of its part, but not of this page."""
    return {**chasers(allowed, anonymous), "supplier_user": 403}


def post(name: str, expected: Expected, data: Mapping[str, Any], key: str = "survey") -> Row:
    return Row(f"api-survey-{name}", "POST", expected, (key,), data, json=True)


def part(name: str, expected: Expected, data: Mapping[str, Any]) -> Row:
    route = f"api-survey-participant-{name}"
    return Row(route, "POST", expected, ("participant",), data, json=True)


def by_either_door(
    name: str,
    verb: str,
    answer: int,
    args: tuple[str, ...] = (),
    data: Mapping[str, Any] | None = None,
) -> list[Row]:
    """By the personal link everybody who has it; signed in only the supplier's own people."""
    link = who(anonymous=answer, rest=answer)
    own = who(rest=403, supplier_user=answer, other_supplier_user=404)
    end = f"-{name}" if name else ""
    given = data or {}
    return [
        Row(f"surveys:answer{end}", verb, link, (*TOKEN, *args), given),
        Row(f"surveys:own{end}", verb, own, (*PART, *args), given),
    ]


FILE = ("survey_file",)
FORM = ("CMRT",)

ROWS: tuple[Row, ...] = (
    Row("surveys:campaign-list", "GET", who(staff=200)),
    Row("surveys:campaign-create", "GET", who(csr_specialist=200, admin=200)),
    Row("surveys:campaign-create", "POST", who(csr_specialist=302, admin=302), data=CAMPAIGN),
    Row("surveys:campaign-detail", "GET", STAFF, RUNNING),
    Row("surveys:campaign-export", "GET", STAFF, RUNNING),
    Row("surveys:campaign-edit", "GET", runners(200), PREPARED),
    Row("surveys:campaign-edit", "POST", runners(302), PREPARED, CAMPAIGN),
    Row("surveys:campaign-scope", "GET", STAFF, PREPARED),
    Row("surveys:campaign-scope-export", "GET", STAFF, PREPARED),
    Row("surveys:campaign-choose", "GET", runners(200), (*PREPARED, "supplier", "in")),
    Row("surveys:campaign-choose", "POST", runners(302), (*PREPARED, "supplier", "out"), WHY),
    Row("surveys:campaign-start", "GET", runners(200), PREPARED),
    Row("surveys:campaign-start", "POST", runners(302), PREPARED),
    Row("surveys:campaign-delete", "POST", runners(302), PREPARED),
    Row("surveys:campaign-act", "POST", runners(302), ("survey", "pause")),
    Row("surveys:campaign-add", "GET", runners(200), RUNNING),
    Row("surveys:campaign-add", "POST", runners(422), RUNNING, {"code": "none", **WHY}),
    Row("surveys:campaign-bulk", "GET", chasers(200), ("survey", "remind")),
    Row(
        "surveys:campaign-bulk",
        "POST",
        chasers(302),
        ("survey", "extend"),
        {"expected": "1", "due_on": "survey_due", **WHY},
        query="?ids={participant}",
    ),
    Row("surveys:text-list", "GET", STAFF, RUNNING),
    Row("surveys:text-edit", "GET", runners(200), ("survey", "due", "en")),
    Row(
        "surveys:text-edit",
        "POST",
        runners(302),
        ("survey", "due", "en"),
        {"title": "Invented", "body": "Invented."},
    ),
    Row("surveys:text-drop", "POST", runners(302), ("survey", "due", "en")),
    Row("surveys:participant-detail", "GET", who(rest=403, staff=200), PART),
    Row("surveys:participant-contact", "GET", part_chasers(200), PART),
    Row(
        "surveys:participant-contact",
        "POST",
        part_chasers(302),
        PART,
        {"contact": "", "name": "Li Wei", "email": "li@example.test"},
    ),
    Row("surveys:participant-hold", "GET", part_chasers(200), PART),
    Row("surveys:participant-hold", "POST", part_chasers(302), PART, {"until": "survey_due"}),
    Row("surveys:participant-act", "POST", part_chasers(302), ("participant", "revoke")),
    Row("surveys:message-answer", "POST", chasers(302), ("survey_message",), {"text": "Yes."}),
    Row("surveys:check", "GET", EVERYBODY),
    Row("surveys:check", "POST", who(anonymous=422, rest=422)),
    Row("surveys:blank", "GET", EVERYBODY, ("snapshot",)),
    Row("surveys:answer-renew", "POST", who(anonymous=302, rest=302), TOKEN),
    *by_either_door("", "GET", 200),
    *by_either_door("opened", "POST", 204),
    *by_either_door("say", "GET", 200, ("question",)),
    *by_either_door("say", "POST", 302, ("question",), {"text": "Invented?"}),
    *by_either_door("take-back", "POST", 302),
    *by_either_door("upload", "POST", 302),
    *by_either_door("file", "GET", 200, FILE),
    *by_either_door("before", "GET", 200, ("survey_before",)),
    *by_either_door("questions", "GET", 200, ("survey_questions",)),
    *by_either_door("questions", "POST", 302, ("survey_questions",), {"answer-1": "Invented."}),
    *by_either_door("compare", "GET", 200, FILE),
    *by_either_door("submit", "POST", 302, FILE),
    *by_either_door("discard", "POST", 302, FILE),
    *by_either_door("correction", "GET", 200, FILE),
    *by_either_door("correction", "POST", 302, FILE),
    *by_either_door("form", "GET", 200, FORM),
    *by_either_door("form", "POST", 302, FORM, {"company-address": "Invented"}),
    *by_either_door("form-check", "POST", 302, FORM),
    *by_either_door("form-former", "POST", 404, FORM),
    *by_either_door("form-remove", "POST", 200, FORM, {"row": "smelters-a"}),
    *by_either_door("form-lookup", "GET", 200, FORM),
    # The installed form of the small world is no workbook.
    *by_either_door("form-download", "GET", 409, FORM),
    Row("api-survey-list", "GET", api(staff=200)),
    Row(
        "api-survey-list",
        "POST",
        api(csr_specialist=201, admin=201),
        data=API_CAMPAIGN,
        json=True,
    ),
    Row("api-survey-detail", "GET", api(rest=404, staff=200), RUNNING),
    Row("api-survey-detail", "PUT", runners(200, API_SIGN_IN), PREPARED, API_CAMPAIGN, json=True),
    Row("api-survey-detail", "DELETE", runners(204, API_SIGN_IN), PREPARED),
    Row("api-survey-scope", "GET", api(rest=404, staff=200), PREPARED),
    Row("api-survey-board", "GET", api(rest=404, staff=200), RUNNING),
    post(
        "choose",
        runners(200, API_SIGN_IN),
        {"supplier": "supplier", "is_included": True, **WHY},
        "survey_prepared",
    ),
    post("start", runners(409, API_SIGN_IN), {}, "survey_prepared"),
    post("pause", runners(200, API_SIGN_IN), {}),
    post("resume", runners(409, API_SIGN_IN), {}),
    post("close", runners(200, API_SIGN_IN), {}),
    post("add", runners(409, API_SIGN_IN), {"supplier": "supplier", **WHY}),
    post("remind", chasers(200, API_SIGN_IN), MANY),
    post("extend", chasers(200, API_SIGN_IN), {**MANY, "due_on": "survey_due", **WHY}),
    post("hand-over", chasers(200, API_SIGN_IN), {**MANY, "owner": "survey_owner"}),
    post("take-out", {**chasers(200, API_SIGN_IN), "buyer": 403}, {**MANY, **WHY}),
    post("put-back", {**chasers(200, API_SIGN_IN), "buyer": 403}, MANY),
    Row("api-survey-participant-list", "GET", api(rest=200)),
    Row("api-survey-participant-detail", "GET", API_OBJECT, PART),
    Row("api-survey-participant-messages", "GET", API_OBJECT, PART),
    part("contact", part_chasers(200, API_SIGN_IN), {"name": "Li", "email": "li@example.test"}),
    part("hold", part_chasers(200, API_SIGN_IN), {"until": "survey_due"}),
    part("renew-link", part_chasers(200, API_SIGN_IN), {}),
    part("revoke-links", part_chasers(200, API_SIGN_IN), {}),
    part("write", part_chasers(200, API_SIGN_IN), {"text": "Invented."}),
    Row(
        "api-survey-message-answer",
        "POST",
        chasers(200, API_SIGN_IN),
        ("survey_message",),
        {"text": "Invented."},
        json=True,
    ),
)
