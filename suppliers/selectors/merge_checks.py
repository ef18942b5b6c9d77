"""What two records of one company do not have in common, for whoever merges them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.reader import listed
from suppliers.enums import SupplierStatus
from suppliers.models import StatusChange, Supplier
from suppliers.selectors.day_words import day_words
from suppliers.selectors.gates import last_ending

APPROVED = (SupplierStatus.QUALIFIED, SupplierStatus.LIMITED, SupplierStatus.PHASED_OUT)
WARNINGS: dict[str, str] = {
    "status_differs": N_(
        "%(drop)s: “%(drop_status)s”. %(keep)s: “%(keep_status)s”. The status of the record that "
        "stays counts."
    ),
    "limits_differ": N_(
        "The limitations differ – %(drop)s: %(drop_limits)s; %(keep)s: %(keep_limits)s. Those of "
        "the record that stays count."
    ),
    "ended": N_(
        "%(code)s was disqualified or not introduced on %(date)s. That stays in the timeline, and "
        "whatever is older does not count for any condition of the supplier that stays."
    ),
}


@dataclass(frozen=True, slots=True)
class MergeWarning:
    """``code`` is a key of ``WARNINGS``."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return _(WARNINGS[self.code]) % self.params


def merge_warnings(keep: Supplier, drop: Supplier) -> list[MergeWarning]:
    """What a person must have seen before the merge; empty where both stand alike."""
    names = {"keep": keep.code, "drop": drop.code}
    found = []
    if keep.status != drop.status:
        words = {
            "keep_status": str(keep.get_status_display()),
            "drop_status": str(drop.get_status_display()),
        }
        found.append(MergeWarning("status_differs", {**names, **words}))
    limits = {"keep_limits": _limits(keep), "drop_limits": _limits(drop)}
    if limits["keep_limits"] != limits["drop_limits"]:
        shown = {name: listed(words) or "–" for name, words in limits.items()}
        found.append(MergeWarning("limits_differ", {**names, **shown}))
    for supplier in (keep, drop):
        ending = last_ending(supplier)
        if ending is not None:
            params = {"code": supplier.code, "date": day_words(ending.on)}
            found.append(MergeWarning("ended", params))
    return found


def hides_ending(keep: Supplier, drop: Supplier) -> bool:
    """Would a disqualification or rejection of ``drop`` vanish behind an older approval of
    ``keep``? Only a certification after it makes it good, whichever record went through that."""
    ending = last_ending(drop)
    if ending is None or keep.status not in APPROVED:
        return False
    approved = StatusChange.objects.filter(
        supplier__in=[keep.pk, drop.pk], action="approve", at__gt=ending.at
    )
    return not approved.exists()


def _limits(supplier: Supplier) -> list[str]:
    open_ones = supplier.restrictions.not_lifted()
    return sorted({str(one.get_scope_display()) for one in open_ones})
