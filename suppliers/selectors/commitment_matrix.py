"""Suppliers x documents: which suppliers are in which state, asked of the database.

The states are those of ``rules.documents``; a test holds both against each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet

from suppliers.enums import RequestState, SignatureState
from suppliers.models import DocumentRequest, MineralScope, Signature, Supplier
from suppliers.rules.documents import EXPIRING_DAYS
from suppliers.selectors.commitments import Commitment

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.supplier import SupplierQuerySet


def matrix_suppliers(actor: User) -> SupplierQuerySet:
    """Who stands in the matrix: all suppliers the actor sees, but merged duplicates."""
    return Supplier.objects.visible_to(actor).living()


def in_state(commitments: Sequence[Commitment], state: str, today: dt.date) -> Q:
    """Suppliers for whom at least one of the documents is in this state."""
    found = Q(pk__in=[])
    for commitment in commitments:
        found |= _state_condition(commitment, state, today)
    return found


def _state_condition(commitment: Commitment, state: str, today: dt.date) -> Q:
    """The condition of one state. Each spells out only what is not implied, because every list of
    keys costs the database a walk through thousands of rows."""
    known = _known(commitment, today)
    required, valid, current = _required(commitment), known.valid, known.current
    lapsed = required & ~known.unchecked & ~known.overdue & ~(known.refused & ~known.waiting)
    conditions = {
        "signed": lambda: known.lasting,
        "expiring": lambda: known.expiring & ~known.lasting,
        "to_check": lambda: known.unchecked & ~known.living,
        "overdue": lambda: known.overdue & ~known.settled,
        "refused": lambda: known.refused & ~known.waiting & ~known.settled,
        "outdated": lambda: lapsed & valid & ~current,
        "expired": lambda: lapsed & current & ~known.living,
        "requested": lambda: known.waiting & ~known.overdue & ~known.settled & ~(required & valid),
        "missing": lambda: required & ~known.counted & ~known.waiting & ~known.refused,
        "not_required": lambda: ~required & ~known.settled & ~known.waiting & ~known.refused,
    }
    return conditions[state]()


@dataclass(frozen=True, slots=True)
class _Known:
    """Suppliers by what they signed and were asked; ``settled``: in force or a scan to check;
    ``counted``: any valid signature or a scan to check; ``refused``: nothing asked since."""

    valid: Q
    current: Q
    living: Q
    lasting: Q
    expiring: Q
    unchecked: Q
    settled: Q
    counted: Q
    waiting: Q
    overdue: Q
    refused: Q


def _known(commitment: Commitment, today: dt.date) -> _Known:
    soon = today + dt.timedelta(days=EXPIRING_DAYS)
    signed = Signature.objects.filter(version__in=list(commitment.versions))
    valid = Q(state=SignatureState.VALID)
    is_current = Q(version__in=commitment.current_versions)
    living = valid & is_current & (Q(valid_until=None) | Q(valid_until__gte=today))
    unchecked = Q(state=SignatureState.TO_CHECK) & is_current
    asked = DocumentRequest.objects.filter(version__in=list(commitment.versions))
    waiting = asked.filter(state=RequestState.OPEN)
    return _Known(
        valid=_of(signed.filter(valid)),
        current=_of(signed.filter(valid & is_current)),
        living=_of(signed.filter(living)),
        lasting=_of(signed.filter(living).exclude(valid_until__lte=soon)),
        expiring=_of(signed.filter(living, valid_until__lte=soon)),
        unchecked=_of(signed.filter(unchecked)),
        settled=_of(signed.filter(living | unchecked)),
        counted=_of(signed.filter(valid | unchecked)),
        waiting=_of(waiting),
        overdue=_of(waiting.filter(due_on__lt=today)),
        refused=_of(_last_refused(asked)),
    )


def _of(rows: QuerySet[Signature] | QuerySet[DocumentRequest]) -> Q:
    """Suppliers with such a row. A list of keys, which the database makes once a query."""
    return Q(pk__in=rows.order_by().values("supplier_id"))


def _last_refused(asked: QuerySet[DocumentRequest]) -> QuerySet[DocumentRequest]:
    """Refusals that no later request followed: the newest request of a supplier is one."""
    kept = asked.exclude(state=RequestState.CANCELLED).order_by()
    newest = kept.values("supplier").annotate(last=Max("pk")).values("last")
    return asked.filter(state=RequestState.REFUSED, pk__in=newest)


def _required(commitment: Commitment) -> Q:
    fact = commitment.fact
    if not fact.is_active or not fact.number:
        return Q(pk__in=[])
    required = Q(kind__in=list(fact.kinds))
    if fact.minerals_only:
        required &= Q(pk__in=MineralScope.objects.values("supplier_id"))
    return required
