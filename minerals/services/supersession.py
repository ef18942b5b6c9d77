"""Which of a supplier's declarations counts: the newest of each family."""

from __future__ import annotations

import datetime as dt

from core.services.activity import record_activity
from minerals.enums import DeclarationStatus, VerdictState
from minerals.models import Declaration
from suppliers.models import Supplier

Age = tuple[dt.date, dt.datetime, int]


def lock_suppliers(*supplier_ids: int | None) -> None:
    """Hold these suppliers until the transaction ends, always before any of their declarations.

    Two files of one supplier judged at the same moment would otherwise not see each other, and
    both would count; locked in another order they would wait for each other for ever.
    """
    wanted = sorted({key for key in supplier_ids if key is not None})
    locked = Supplier.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    list(locked.order_by("pk").values_list("pk"))


def refresh_supersession(declaration: Declaration) -> None:
    """Put the declarations of this supplier and family in order of age and mark the older ones.

    The supplier must be locked (``lock_suppliers``).

    Newest is by effective date, then by arrival, so that last year's file that arrives late does
    not displace this year's. A date after arrival is a mistake of the file and does not count.
    """
    if declaration.supplier_id is None or not declaration.family:
        return
    rows = list(
        Declaration.objects.select_for_update()
        .filter(
            supplier_id=declaration.supplier_id,
            family=declaration.family,
            judged_at__isnull=False,
        )
        .exclude(verdict=VerdictState.UNREADABLE)
    )
    rows.sort(key=_age)
    newer: Declaration | None = None
    for row in reversed(rows):
        _mark(row, newer)
        newer = row


def _age(declaration: Declaration) -> Age:
    arrived = declaration.received_at
    effective = declaration.effective_on
    counts = effective is not None and effective <= arrived.date()
    day = effective if counts and effective is not None else arrived.date()
    return (day, arrived, declaration.pk)


def _mark(row: Declaration, newer: Declaration | None) -> None:
    status = DeclarationStatus.SUPERSEDED if newer else current_status(row)
    if row.status == status and row.superseded_by_id == (newer.pk if newer else None):
        return
    freshly = status == DeclarationStatus.SUPERSEDED and row.status != status
    row.status = status
    row.superseded_by = newer
    row.save(update_fields=["status", "superseded_by"])
    if freshly and newer is not None:
        record_activity(None, "declaration.superseded", row, by=newer.pk)


def current_status(declaration: Declaration) -> DeclarationStatus:
    """The status a judged declaration has while it is the supplier's current one: what a person
    made of it, or, before anybody looked, what the rules say."""
    if declaration.review:
        return DeclarationStatus(declaration.review)
    if declaration.verdict in (VerdictState.CLEAN, VerdictState.WITH_WARNINGS):
        return DeclarationStatus.STRUCTURALLY_VALID
    return DeclarationStatus.NEEDS_CORRECTION
