"""What the states of a supplier look like wherever they are shown."""

from __future__ import annotations

from core.badges import Badge
from suppliers.enums import GateResult, RatingLevel, SupplierStatus
from suppliers.models import GateRecord, Supplier

_STATUS = {
    SupplierStatus.REGISTERED: ("quiet", "circle-dot"),
    SupplierStatus.SIGNING: ("info", "file-certificate"),
    SupplierStatus.CERTIFICATION: ("info", "clipboard-check"),
    SupplierStatus.APPROVAL: ("info", "gavel"),
    SupplierStatus.QUALIFIED: ("verified", "circle-check"),
    SupplierStatus.LIMITED: ("soon", "alert-triangle"),
    SupplierStatus.DISQUALIFIED: ("now", "ban"),
    SupplierStatus.NOT_INTRODUCED: ("quiet", "circle-minus"),
    SupplierStatus.PHASED_OUT: ("quiet", "archive"),
}
_RATING = {
    RatingLevel.A: ("verified", "circle-check"),
    RatingLevel.B: ("verified", "circle-check"),
    RatingLevel.C: ("soon", "alert-triangle"),
    RatingLevel.D: ("now", "alert-octagon"),
    RatingLevel.UNKNOWN: ("unknown", "circle-dashed"),
}


def status_badge_of(supplier: Supplier) -> Badge:
    tone, icon = _STATUS[SupplierStatus(supplier.status)]
    return Badge(tone, str(SupplierStatus(supplier.status).label), icon)


def rating_badge_of(supplier: Supplier) -> Badge:
    """“Not known” is grey: no data never counts as good."""
    tone, icon = _RATING[RatingLevel(supplier.rating_level)]
    return Badge(tone, str(RatingLevel(supplier.rating_level).label), icon)


def result_badge_of(record: GateRecord) -> Badge:
    passed = record.result == GateResult.PASSED
    tone, icon = ("verified", "circle-check") if passed else ("now", "circle-x")
    return Badge(tone, str(GateResult(record.result).label), icon)
