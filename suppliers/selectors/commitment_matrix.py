"""Suppliers x documents: which suppliers are in which state, asked of the database.

The states are those of ``rules.documents``; a test holds both against each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

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
    parts = [_Place(one, today).suppliers(state) for one in commitments if _may_occur(one, state)]
    if not parts:
        return Q(pk__in=[])
    # One list of keys: one a document would be looked through for every supplier.
    return Q(pk__in=parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0])


def _may_occur(commitment: Commitment, state: str) -> bool:
    """Without an older wording that no longer counts, nothing is outdated."""
    if state == "not_required":
        return True
    if state == "outdated":
        return len(commitment.current_versions) < len(commitment.versions)
    return bool(commitment.versions)


class _Place:
    """One document: who is in a state of it, found from the few signatures or requests that make
    the state, each looked at for what goes before it."""

    def __init__(self, commitment: Commitment, today: dt.date) -> None:
        self._fact = commitment.fact
        self._today, self._soon = today, today + dt.timedelta(days=EXPIRING_DAYS)
        versions = list(commitment.versions)
        self._signed = Signature.objects.filter(version__in=versions).order_by()
        self._asked = DocumentRequest.objects.filter(version__in=versions).order_by()
        current = Q(version__in=commitment.current_versions)
        self._valid = Q(state=SignatureState.VALID)
        self._current = self._valid & current
        self._living = self._current & (Q(valid_until=None) | Q(valid_until__gte=today))
        self._lasting = self._current & (Q(valid_until=None) | Q(valid_until__gt=self._soon))
        self._unchecked = Q(state=SignatureState.TO_CHECK) & current

    def suppliers(self, state: str) -> QuerySet[Any]:
        """Their keys, some of them several times."""
        if state in ("missing", "not_required"):
            return self._untouched(state).values("pk")
        rows: QuerySet[Any] = getattr(self, f"_{state}_rows")()
        return rows.values("supplier_id")

    def _signed_rows(self) -> QuerySet[Signature]:
        return self._signed.filter(self._lasting)

    def _expiring_rows(self) -> QuerySet[Signature]:
        ending = Q(valid_until__gte=self._today, valid_until__lte=self._soon)
        return self._signed.filter(self._current, ending, ~self._has_signed(self._lasting))

    def _to_check_rows(self) -> QuerySet[Signature]:
        return self._signed.filter(self._unchecked, ~self._has_signed(self._living))

    def _overdue_rows(self) -> QuerySet[DocumentRequest]:
        return self._asked.filter(
            ~self._has_settled(), state=RequestState.OPEN, due_on__lt=self._today
        )

    def _refused_rows(self) -> QuerySet[DocumentRequest]:
        return self._asked.filter(
            ~self._has_settled(),
            ~self._has_asked(_OPEN),
            ~self._has_asked(~_CANCELLED & Q(pk__gt=OuterRef("pk"))),
            state=RequestState.REFUSED,
        )

    def _outdated_rows(self) -> QuerySet[Signature]:
        return self._signed.filter(self._valid, ~self._has_signed(self._current), *self._lapsed())

    def _expired_rows(self) -> QuerySet[Signature]:
        ended = Q(valid_until__lt=self._today)
        return self._signed.filter(
            self._current, ended, ~self._has_signed(self._living), *self._lapsed()
        )

    def _lapsed(self) -> list[Q | Combinable]:
        """What a signature that no longer counts must meet to be what tells the state."""
        return [
            self._required("supplier__"),
            ~self._has_signed(self._unchecked),
            ~self._has_asked(_OPEN & Q(due_on__lt=self._today)),
            self._has_asked(_OPEN) | ~self._has_refused(),
        ]

    def _requested_rows(self) -> QuerySet[DocumentRequest]:
        return self._asked.filter(
            ~(self._required("supplier__") & self._has_signed(self._valid)),
            ~self._has_settled(),
            ~self._has_asked(_OPEN & Q(due_on__lt=self._today)),
            state=RequestState.OPEN,
        )

    def _untouched(self, state: str) -> QuerySet[Supplier]:
        required = self._required("")
        signed = self._valid if state == "missing" else self._living
        return Supplier.objects.order_by().filter(
            required if state == "missing" else ~required,
            ~self._has_signed(signed | self._unchecked, "pk"),
            ~self._has_asked(_OPEN, "pk"),
            ~self._has_refused("pk"),
        )

    def _has_settled(self) -> Exists:
        return self._has_signed(self._living | self._unchecked)

    def _has_signed(self, which: Q, supplier: str = "supplier_id") -> Exists:
        return Exists(self._signed.filter(which, supplier=OuterRef(supplier)))

    def _has_asked(self, which: Q, supplier: str = "supplier_id") -> Exists:
        return Exists(self._asked.filter(which, supplier=OuterRef(supplier)))

    def _has_refused(self, supplier: str = "supplier_id") -> Exists:
        """A refusal that no later request followed."""
        later = self._has_asked(~_CANCELLED & Q(pk__gt=OuterRef("pk")))
        refused = self._asked.filter(~later, state=RequestState.REFUSED)
        return Exists(refused.filter(supplier=OuterRef(supplier)))

    def _required(self, supplier: str) -> Q:
        if not self._fact.is_active or not self._fact.number:
            return Q(pk__in=[])
        required = Q(**{f"{supplier}kind__in": list(self._fact.kinds)})
        if self._fact.minerals_only:
            minerals = MineralScope.objects.filter(supplier=OuterRef(f"{supplier}pk"))
            required &= Q(Exists(minerals))
        return required


_OPEN = Q(state=RequestState.OPEN)
_CANCELLED = Q(state=RequestState.CANCELLED)
