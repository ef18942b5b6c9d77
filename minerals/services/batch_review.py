"""Accepting many declarations at once: those in which nothing is left to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError, InvalidInput
from minerals.enums import DeclarationStatus, VerdictState
from minerals.models import Declaration
from minerals.policies import review as policies
from minerals.rules.review import Tally
from minerals.rules.review_steps import STEPS
from minerals.selectors.declarations import declarations_for
from minerals.selectors.review import tallies_of
from minerals.services.review import take_step

if TYPE_CHECKING:
    from accounts.models import User

AT_MOST = 500
Skip = Literal[
    "", "superseded", "unreadable", "no_supplier", "decided", "clarification", "errors",
    "exceptions", "smelters",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedAcceptance:
    """``skip``: empty for one that can be accepted without looking closer, else why not."""

    declaration: Declaration
    skip: Skip


def plan_acceptance(actor: User, declaration_ids: Iterable[int]) -> list[PlannedAcceptance]:
    """What accepting these at once would do, in the order of arrival. Four queries.

    Errors: may_not_review, too_many_declarations.
    """
    policies.require_review(actor)
    keys = set(declaration_ids)
    if len(keys) > AT_MOST:
        raise InvalidInput(
            "too_many_declarations",
            N_("At most %(limit)s declarations at once. Narrow the selection."),
            {"limit": AT_MOST},
        )
    found = list(declarations_for(actor).filter(pk__in=keys).order_by("received_at", "pk"))
    tallies = tallies_of(found)
    return [PlannedAcceptance(one, _skip(one, tallies[one.pk])) for one in found]


@transaction.atomic
def accept_clean(actor: User, declaration_ids: Iterable[int]) -> list[PlannedAcceptance]:
    """Accept those of ``plan_acceptance`` that are clean; the plan as it was carried out.

    Errors: those of ``plan_acceptance``, nothing_to_accept.
    """
    planned = plan_acceptance(actor, declaration_ids)
    clean = [line for line in planned if not line.skip]
    if not clean:
        raise DomainError(
            "nothing_to_accept", N_("None of the chosen declarations can be accepted at once.")
        )
    # Suppliers are locked in the order of their keys, like everywhere.
    for line in sorted(clean, key=lambda line: line.declaration.supplier_id or 0):
        take_step(actor, line.declaration.pk, "accept")
    return planned


def _skip(declaration: Declaration, found: Tally) -> Skip:
    state = declaration.review
    checks: tuple[tuple[bool, Skip], ...] = (
        (declaration.status == DeclarationStatus.SUPERSEDED, "superseded"),
        (not declaration.judged or declaration.verdict == VerdictState.UNREADABLE, "unreadable"),
        (declaration.supplier_id is None, "no_supplier"),
        (state == "clarification_open", "clarification"),
        (state not in STEPS["accept"].states, "decided"),
        (declaration.waiting_count > 0, "smelters"),
        (found.open_errors > 0, "errors"),
        (not found.is_clean, "exceptions"),
    )
    return next((skip for holds, skip in checks if holds), "")
