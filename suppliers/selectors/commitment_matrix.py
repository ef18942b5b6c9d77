"""Suppliers x documents: which suppliers are in which state, asked of the database.

The states are those of ``rules.documents``; a test holds both against each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

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
    """The condition of the state, and of none that goes before it."""
    before = Q()
    for code, condition in _ordered_conditions(commitment, today):
        if code == state:
            return before & condition
        before &= ~condition
    raise ValueError(f"No state {state!r}")


def _ordered_conditions(commitment: Commitment, today: dt.date) -> list[tuple[str, Q]]:
    soon = today + dt.timedelta(days=EXPIRING_DAYS)
    known = Signature.objects.filter(version__in=list(commitment.numbers))
    valid = known.filter(state=SignatureState.VALID)
    current = valid.filter(version__in=commitment.current_versions)
    unchecked = known.filter(state=SignatureState.TO_CHECK, version__in=commitment.current_versions)
    asked = DocumentRequest.objects.filter(version__document=commitment.document.pk)
    waiting = asked.filter(state=RequestState.OPEN)
    required = _required(commitment)
    endless = Q(valid_until=None)
    return [
        ("signed", _of(current.filter(endless | Q(valid_until__gt=soon)))),
        ("expiring", _of(current.filter(valid_until__range=(today, soon)))),
        ("to_check", _of(unchecked)),
        ("overdue", _of(waiting.filter(due_on__lt=today))),
        ("refused", _of(_last_refused(asked)) & ~_of(waiting)),
        ("outdated", required & _of(valid) & ~_of(current)),
        ("expired", required & _of(current)),
        ("requested", _of(waiting)),
        ("missing", required),
        ("not_required", ~Q(pk__in=[])),
    ]


def _of(rows: QuerySet[Signature] | QuerySet[DocumentRequest]) -> Q:
    """Suppliers with such a row. A list of keys, which the database makes once a query."""
    return Q(pk__in=rows.order_by().values("supplier_id"))


def _last_refused(asked: QuerySet[DocumentRequest]) -> QuerySet[DocumentRequest]:
    """Refusals that no later request followed."""
    later = asked.exclude(state=RequestState.CANCELLED).filter(
        supplier=OuterRef("supplier"), pk__gt=OuterRef("pk")
    )
    return asked.filter(~Exists(later), state=RequestState.REFUSED)


def _required(commitment: Commitment) -> Q:
    fact = commitment.fact
    if not fact.is_active or not fact.number:
        return Q(pk__in=[])
    required = Q(kind__in=list(fact.kinds))
    if fact.minerals_only:
        required &= Q(pk__in=MineralScope.objects.values("supplier_id"))
    return required
