"""What a review of a declaration comes to, from its findings and what was decided about them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Decision = Literal["accepted", "asked", "waived"]
SETTLED: frozenset[str] = frozenset({"accepted", "waived"})
DUE_WORKING_DAYS = 10
# Days after the due date on which the supplier is reminded; then our own people are told once.
REMINDED_AFTER = (0, 5)
BUYER_TOLD_AFTER = 10
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """``open_errors``: without acceptance or waiver; ``exceptions``: what an acceptance would put
    up with: waived findings and warnings that nobody has settled."""

    open_errors: int = 0
    open_warnings: int = 0
    waived: int = 0

    @property
    def exceptions(self) -> int:
        return self.waived + self.open_warnings

    @property
    def is_clean(self) -> bool:
        return not (self.open_errors or self.exceptions)

    @property
    def outcome(self) -> str:
        """The review state that an acceptance leads to; empty while errors are open."""
        if self.open_errors:
            return ""
        return "accepted_with_exceptions" if self.exceptions else "accepted"


def finding_key(code: str, cell: str, params: Mapping[str, Any]) -> str:
    """Names a finding by what it says, the same in every judgement (SHA-256)."""
    said = [code, cell, params]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def tally(findings: Iterable[tuple[str, str]], decisions: Mapping[str, str]) -> Tally:
    """``findings``: key and severity of each; ``decisions``: the one in force by key."""
    errors = warnings = waived = 0
    for key, severity in findings:
        decision = decisions.get(key, "")
        waived += decision == "waived"
        errors += severity == "error" and decision not in SETTLED
        warnings += severity == "warning" and decision not in SETTLED
    return Tally(errors, warnings, waived)


def may_be_decided(severity: str, decision: Decision) -> bool:
    """An error is corrected or waived with a reason; it cannot be right as it is."""
    return not (severity == "error" and decision == "accepted")


def working_days_after(day: dt.date, count: int) -> dt.date:
    """``count`` days of Monday to Friday after ``day``; holidays are not known."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def reminder_of(
    due_on: dt.date, since: dt.date, today: dt.date
) -> Literal["supplier", "buyer"] | None:
    """Whom to write today about an unanswered clarification; None for nobody.

    ``since``: the day it was asked or reminded of last. Of days that were missed only the latest
    counts, so nobody gets two letters on one day.
    """
    days = [*REMINDED_AFTER, BUYER_TOLD_AFTER]
    passed = [n for n in days if since < due_on + dt.timedelta(days=n) <= today]
    if not passed:
        return None
    return "buyer" if passed[-1] == BUYER_TOLD_AFTER else "supplier"
