"""Limits of the cooperation: begun and lifted by decisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from suppliers.enums import RestrictionScope
from suppliers.models import Approval, Restriction, Supplier
from suppliers.services.proof import clean_words, require_period


@dataclass(frozen=True, slots=True)
class RestrictionInput:
    """``conditions``: what the supplier must do before the limitation is lifted."""

    scope: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    conditions: str = ""


def restriction_payload(data: RestrictionInput) -> dict[str, Any]:
    """The checked input as plain values for the request.

    Errors: scope_missing, conditions_missing and those of ``require_period``.
    """
    if data.scope not in RestrictionScope.values:
        raise InvalidInput("scope_missing", N_("Choose what is not allowed."), field="scope")
    conditions = clean_words(data.conditions, "conditions")
    if not conditions:
        raise InvalidInput(
            "conditions_missing",
            N_("Say what must be done before the limitation is lifted."),
            field="conditions",
        )
    starts_on, ends_on = require_period(data.starts_on, data.ends_on, needs_end=False)
    return {
        "scope": data.scope,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else "",
        "conditions": conditions,
    }


def begin_restriction(approval: Approval) -> Restriction:
    """What was asked for, from its first day, or from today where that has passed meanwhile. It
    takes the place of one that runs: there is no day without a limit between them.

    Errors: period_over.
    """
    payload = approval.payload
    starts_on = max(dt.date.fromisoformat(payload["starts_on"]), clock.today())
    ends_on = dt.date.fromisoformat(payload["ends_on"]) if payload["ends_on"] else None
    if ends_on is not None and ends_on < starts_on:
        raise period_over()
    approval.supplier.restrictions.not_lifted().update(lifted_on=starts_on)
    return Restriction.objects.create(
        supplier=approval.supplier,
        scope=payload["scope"],
        reason_code=approval.reason_code,
        explanation=approval.explanation,
        conditions=payload["conditions"],
        starts_on=starts_on,
        ends_on=ends_on,
        approval=approval,
    )


def restriction_facts(row: Restriction) -> dict[str, str]:
    """As the trail keeps it."""
    return {
        "scope": row.scope,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "conditions": row.conditions,
    }


def lift_restrictions(supplier: Supplier) -> None:
    """From today on; those that have not begun never do."""
    supplier.restrictions.not_lifted().update(lifted_on=clock.today())


def period_over() -> DomainError:
    return DomainError(
        "period_over",
        N_("The last day has passed since this was asked. Reject it and ask again."),
    )
