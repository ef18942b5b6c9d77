"""What stands against making one supplier of two records."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from core.errors import DomainError
from suppliers.enums import RestrictionScope, SupplierStatus
from suppliers.models import Supplier
from suppliers.selectors.merge_checks import hides_ending, merge_warnings
from suppliers.workflow import ENDED


def require_mergeable(keep: Supplier, drop: Supplier, *, confirmed: bool) -> None:
    """Errors: supplier_merged, merge_loses_limit, merge_hides_ending, merge_needs_confirmation."""
    for supplier in (keep, drop):
        _require_unmerged(supplier)
    _require_no_limit_lost(keep, drop)
    _require_no_ending_hidden(keep, drop)
    if not confirmed and merge_warnings(keep, drop):
        raise DomainError(
            "merge_needs_confirmation",
            N_("The two records do not stand alike. Read how they differ and confirm it."),
            field="confirmed",
        )


def _require_unmerged(supplier: Supplier) -> None:
    if supplier.merged_into_id is not None:
        raise DomainError(
            "supplier_merged",
            N_("%(name)s was merged into another supplier. Change that one."),
            {"name": supplier.name},
        )


def _require_no_limit_lost(keep: Supplier, drop: Supplier) -> None:
    """A limit must not vanish, or become a lighter one, because its supplier had two codes."""
    if keep.status not in ENDED and _limit_of(drop) > _limit_of(keep):
        raise DomainError(
            "merge_loses_limit",
            N_("%(name)s is limited or disqualified. Keep that record, or decide about it first."),
            {"name": drop.name},
        )


def _limit_of(supplier: Supplier) -> int:
    """How much of the cooperation is closed: the limits themselves stay with their record."""
    if supplier.status == SupplierStatus.DISQUALIFIED:
        return 3
    scopes = set(supplier.restrictions.not_lifted().values_list("scope", flat=True))
    if RestrictionScope.NO_NEW_ORDERS in scopes:
        return 2
    return 1 if scopes or supplier.status == SupplierStatus.LIMITED else 0


def _require_no_ending_hidden(keep: Supplier, drop: Supplier) -> None:
    """Starting a new certification takes one person: it must not be the way to merge what was
    disqualified into a record that was approved before."""
    if hides_ending(keep, drop):
        raise DomainError(
            "merge_hides_ending",
            N_(
                "%(name)s was disqualified or not introduced and has not been approved since. "
                "Keep that record, or certify it first."
            ),
            {"name": drop.name},
        )
