"""Findings about the content of single answers: coverage and the supplier's own programme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from minerals.rules.catalogue.labels import WHOLE_COMPANY
from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.consistency.roles import Role, all_with_role, said
from minerals.rules.declaration import Answer, Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import normalised

LOW_SHARES = frozenset({"50orless", "none", "didnotsurvey"})
_CODES_OF_NO: Mapping[Role, str] = {
    "all_identified": "smelters_not_all_identified",
    "all_reported": "smelters_not_all_reported",
    "policy": "policy_missing",
    "validated_smelters": "validated_smelters_not_required",
    "due_diligence": "due_diligence_missing",
    "reviews": "reviews_missing",
    "corrective_action": "corrective_action_missing",
}
_LINK = re.compile(r"(?i)\b(?:https?://|www\.)[^\s/.]+(?:\.[^\s/.]+)+")
_DOMAIN = re.compile(r"(?i)(?<![@\w])(?:[\w-]+\.)+([a-z]{2,})\b(?!@)")
_FILE_ENDINGS = frozenset({"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "zip"})


def programme_findings(declaration: Declaration, _context: Context) -> Iterator[Finding]:
    for role, code in _CODES_OF_NO.items():
        for answer in all_with_role(declaration, role):
            if said(answer) == "no":
                yield finding(code, answer.entry.cell, **_params(answer))
    for answer in all_with_role(declaration, "supplier_share"):
        if normalised(answer.value or answer.entry.text) in LOW_SHARES:
            yield finding("supplier_share_low", answer.entry.cell, **_params(answer))
    yield from _policy_url(declaration)
    yield from _survey_format(declaration)
    yield from _legal(declaration)


def _params(answer: Answer) -> dict[str, str]:
    return {
        "question": answer.question,
        "mineral": answer.mineral or WHOLE_COMPANY,
        "value": answer.entry.text,
    }


def is_web_address(text: str) -> bool:
    """A link, or a bare domain that a person could type into a browser."""
    if _LINK.search(text):
        return True
    return any(found.group(1).casefold() not in _FILE_ENDINGS for found in _DOMAIN.finditer(text))


def _policy_url(declaration: Declaration) -> Iterator[Finding]:
    """A comment of fewer than two characters is an open item already (CMRT Checker row 56)."""
    for answer in all_with_role(declaration, "policy_public"):
        typed = answer.comment.raw
        checked = isinstance(typed, str) and len(typed) >= 2
        if said(answer) == "yes" and checked and not is_web_address(answer.comment.text):
            yield finding("policy_url_invalid", answer.comment.cell, value=answer.comment.text)


def _survey_format(declaration: Declaration) -> Iterator[Finding]:
    for answer in all_with_role(declaration, "surveys"):
        other = normalised(answer.entry.text).startswith("yesusingotherformat")
        if other and not answer.comment.text and not _officially_open(declaration, answer):
            yield finding(
                "survey_format_not_described",
                answer.comment.cell or answer.entry.cell,
                question=answer.question,
                other_cell=answer.entry.cell,
            )


def _officially_open(declaration: Declaration, answer: Answer) -> bool:
    """EMRT 1.x and CRT ask for the comment themselves (formats.md 5.3, 5.4)."""
    asks = declaration.family == "CRT" or (
        declaration.family == "EMRT" and declaration.version.startswith("1.")
    )
    return asks and answer.comment.missing


def _legal(declaration: Declaration) -> Iterator[Finding]:
    for answer in all_with_role(declaration, "legal_disclosure"):
        if said(answer) == "yes":
            yield finding(
                "legal_disclosure_stated",
                answer.entry.cell,
                question=answer.question,
                value=answer.entry.text,
            )
