"""Surveys: for our own people, for the asked supplier by link and signed in, for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.permissions.table import Expected, Row, who

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


def runners(allowed: int) -> Expected:
    """CSR specialists and administrators; who may not know of the survey is told there is none."""
    others = dict.fromkeys(("buyer", "auditor", "esg_reporter"), 403)
    return who(rest=404, csr_specialist=allowed, admin=allowed, **others)


def chasers(allowed: int, rest: int = 404) -> Expected:
    others = dict.fromkeys(("auditor", "esg_reporter"), 403)
    return who(rest=rest, buyer=allowed, csr_specialist=allowed, admin=allowed, **others)


def part_chasers(allowed: int) -> Expected:
    """The supplier itself knows of its part, but not of this page."""
    return {**chasers(allowed), "supplier_user": 403}


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
)
