"""Answers that cannot both be true. No rule starts from a "Yes" to a question of origin."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.consistency.programme import LOW_SHARES
from minerals.rules.consistency.roles import (
    Role,
    active_minerals,
    all_with_role,
    question_of,
    said,
    with_role,
)
from minerals.rules.declaration import Answer, Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import normalised

_PARTIAL_SHARES = LOW_SHARES | {"greaterthan90", "greaterthan75", "greaterthan50"}
_NOBODY_ASKED = frozenset({"", "none", "didnotsurvey", "unknown"})


def contradiction_findings(declaration: Declaration, _context: Context) -> Iterator[Finding]:
    for mineral in active_minerals(declaration):
        yield from _origin_no_with_gaps(declaration, mineral)
        yield from _all_identified_with_gaps(declaration, mineral)
        yield from _recycled_with_origin(declaration, mineral)
        yield from _origin_pair(declaration, mineral)
        yield from _origin_unknown(declaration, mineral)
    yield from _policy(declaration)
    yield from _survey(declaration)


def pair(code: str, first: Answer, second: Answer) -> Finding:
    """A finding at ``first`` that names ``second`` as the other side."""
    return finding(
        code,
        first.entry.cell,
        mineral=first.mineral or "",
        question=first.question,
        value=first.entry.text,
        other_question=second.question,
        other_value=second.entry.text,
        other_cell=second.entry.cell,
    )


def _origin_role(declaration: Declaration) -> Role:
    covered = question_of(declaration.family, "covered_countries")
    return "covered_countries" if covered else "cahra"


def _gaps(declaration: Declaration, mineral: str) -> Iterator[Answer]:
    share = with_role(declaration, "supplier_share", mineral)
    if share is not None and normalised(share.value or share.entry.text) in _PARTIAL_SHARES:
        yield share
    identified = with_role(declaration, "all_identified", mineral)
    if identified is not None and said(identified) == "no":
        yield identified


def _origin_no_with_gaps(declaration: Declaration, mineral: str) -> Iterator[Finding]:
    origin = with_role(declaration, _origin_role(declaration), mineral)
    gap = next(_gaps(declaration, mineral), None)
    if origin is not None and said(origin) == "no" and gap is not None:
        yield pair("origin_no_with_gaps", origin, gap)


def _all_identified_with_gaps(declaration: Declaration, mineral: str) -> Iterator[Finding]:
    identified = with_role(declaration, "all_identified", mineral)
    share = with_role(declaration, "supplier_share", mineral)
    if identified is None or share is None or said(identified) != "yes":
        return
    if normalised(share.value or share.entry.text) in _PARTIAL_SHARES:
        yield pair("all_identified_with_gaps", identified, share)


def _recycled_with_origin(declaration: Declaration, mineral: str) -> Iterator[Finding]:
    recycled = with_role(declaration, "recycled", mineral)
    if recycled is None or said(recycled) != "yes":
        return
    roles: tuple[Role, ...] = ("covered_countries", "cahra")
    for origin in (with_role(declaration, role, mineral) for role in roles):
        if origin is not None and said(origin) == "yes":
            yield pair("recycled_with_mined_origin", recycled, origin)
            return


def _origin_pair(declaration: Declaration, mineral: str) -> Iterator[Finding]:
    covered = with_role(declaration, "covered_countries", mineral)
    cahra = with_role(declaration, "cahra", mineral)
    if covered and cahra and said(covered) == "yes" and said(cahra) == "no":
        yield pair("covered_yes_cahra_no", covered, cahra)


def _origin_unknown(declaration: Declaration, mineral: str) -> Iterator[Finding]:
    roles: tuple[Role, ...] = ("covered_countries", "cahra", "recycled")
    asked = [role for role in roles if question_of(declaration.family, role)]
    answers = [with_role(declaration, role, mineral) for role in asked]
    given = [answer for answer in answers if answer is not None]
    if given and len(given) == len(asked) and all(said(item) == "unknown" for item in given):
        questions = ", ".join(item.question for item in given)
        yield finding(
            "origin_all_unknown", given[0].entry.cell, mineral=mineral, questions=questions
        )


def _policy(declaration: Declaration) -> Iterator[Finding]:
    policy = next(all_with_role(declaration, "policy"), None)
    public = next(all_with_role(declaration, "policy_public"), None)
    if policy and public and said(policy) == "no" and said(public) == "yes":
        yield pair("policy_public_without_policy", public, policy)


def _survey(declaration: Declaration) -> Iterator[Finding]:
    survey = next(all_with_role(declaration, "surveys"), None)
    if survey is None or said(survey) != "no":
        return
    for share in all_with_role(declaration, "supplier_share"):
        if normalised(share.value or share.entry.text) not in _NOBODY_ASKED:
            yield pair("survey_no_with_share", survey, share)
            return
