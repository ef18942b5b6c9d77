"""Lifecycle, qualifications, limits, waivers: things of the small world.

The supplier is qualified, so that every page about more than that has something to show.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core import clock
from suppliers.enums import (
    ApprovalKind,
    ApprovalState,
    QualificationRoute,
    QualificationState,
    SupplierStatus,
)
from suppliers.models import (
    Approval,
    Category,
    GateRecord,
    Qualification,
    Restriction,
    StatusChange,
    Supplier,
    Waiver,
)


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    today = clock.today()
    until = today + dt.timedelta(days=30)
    asker = User.objects.create_user("asker@example.test", None, name="asker")
    category, _made = Category.objects.get_or_create(
        code="LC", defaults={"name": "Lifecycle", "path": "LC/"}
    )
    _qualify(supplier)
    decided = _approval(supplier, asker, ApprovalKind.WAIVE, state=ApprovalState.APPROVED)
    facts: dict[str, Any] = {
        "supplier": supplier,
        "reason_code": "csr",
        "starts_on": today,
        "approval": decided,
    }
    payload = {"starts_on": str(today), "ends_on": str(until), "category": ""}
    return {
        "category": category.code,
        "codes": ["S-1", "S-2"],
        "today": str(today),
        "until": str(until),
        "approval": _approval(supplier, asker, ApprovalKind.WAIVE, payload=payload).pk,
        "own_approval": _approval(supplier, specialist, ApprovalKind.LIFT).pk,
        "gate_record": GateRecord.objects.create(
            supplier=supplier, kind="certification_audit", result="passed", dated_on=today
        ).pk,
        "qualification": Qualification.objects.create(
            supplier=supplier,
            category=category,
            route=QualificationRoute.INITIAL,
            state=QualificationState.APPROVED,
            valid_from=today,
            valid_until=until,
        ).pk,
        "waiver": Waiver.objects.create(ends_on=until, **facts).pk,
        "restriction": Restriction.objects.create(
            scope="no_new_category", lifted_on=today, **facts
        ).pk,
    }


def _approval(supplier: Supplier, asker: User, kind: ApprovalKind, **fields: Any) -> Approval:
    return Approval.objects.create(
        supplier=supplier, kind=kind, reason_code="csr", requested_by=asker, **fields
    )


def _qualify(supplier: Supplier) -> None:
    supplier.status = SupplierStatus.QUALIFIED
    supplier.status_since = clock.now()
    supplier.save()
    StatusChange.objects.create(
        supplier=supplier, action="approve", to_status="qualified", at=clock.now()
    )
