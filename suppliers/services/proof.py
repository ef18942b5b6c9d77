"""What requests and steps must say: a reason of the list, words, periods that make sense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import InvalidInput
from suppliers.enums import ReasonCode

LONGEST = 4000
FURTHEST = dt.timedelta(days=3660)


def clean_words(text: str, field: str) -> str:
    """Errors: text_too_long."""
    clean = text.strip()
    if len(clean) > LONGEST:
        raise InvalidInput(
            "text_too_long",
            N_("The text has %(length)s characters; %(limit)s are possible."),
            {"length": len(clean), "limit": LONGEST},
            field=field,
        )
    return clean


def require_reason(code: str) -> str:
    """Errors: reason_missing, reason_unknown."""
    if not code:
        raise InvalidInput("reason_missing", N_("Choose a reason."), field="reason_code")
    if code not in ReasonCode.values:
        raise InvalidInput(
            "reason_unknown",
            N_("“%(value)s” is no reason of the list."),
            {"value": code[:40]},
            field="reason_code",
        )
    return code


def require_proof(explanation: str, evidence: Sequence[Any], field: str = "explanation") -> None:
    """Errors: proof_missing."""
    if not explanation and not evidence:
        raise InvalidInput(
            "proof_missing", N_("Explain it, or add a file that proves it."), field=field
        )


def require_period(
    starts_on: dt.date | None, ends_on: dt.date | None, *, needs_end: bool
) -> tuple[dt.date, dt.date | None]:
    """Begins today or later, ends after that: what was answered about the past stays true.

    Errors: starts_on_missing, starts_on_past, ends_on_missing, period_reversed, date_too_far.
    """
    if starts_on is None:
        raise InvalidInput("starts_on_missing", N_("Give the first day."), field="starts_on")
    if starts_on < clock.today():
        raise InvalidInput(
            "starts_on_past", N_("The first day is in the past; begin today."), field="starts_on"
        )
    if ends_on is None and needs_end:
        raise InvalidInput("ends_on_missing", N_("Give the last day."), field="ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput(
            "period_reversed", N_("The last day is before the first one."), field="ends_on"
        )
    require_near(starts_on, "starts_on")
    if ends_on is not None:
        require_near(ends_on, "ends_on")
    return starts_on, ends_on


def require_near(day: dt.date, field: str) -> None:
    """A slip of the finger in the year, not a plan. Errors: date_too_far."""
    if day > clock.today() + FURTHEST:
        raise InvalidInput(
            "date_too_far",
            N_("This day is more than ten years away; look at the year."),
            field=field,
        )
