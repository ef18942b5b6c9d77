"""Suppliers brought to a state the way people bring them there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from core import clock
from suppliers.enums import ChangeKind, GateKind, SignatureState, SignatureWay
from suppliers.models import (
    Approval,
    Assessment,
    Category,
    DocumentType,
    DocumentVersion,
    GateRecord,
    Questionnaire,
    Signature,
    StatusChange,
    Supplier,
)
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.approvals import decide
from suppliers.services.gates import GateInput, record_gate
from suppliers.services.restrictions import RestrictionInput

PDF = b"%PDF-1.4\n1 0 obj\n"


def pdf(name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def category(code: str = "EL", parent: Category | None = None) -> Category:
    path = f"{parent.path if parent else ''}{code}/"
    return Category.objects.create(code=code, name=f"Category {code}", parent=parent, path=path)


def document(
    code: str = "csr", *, versions: tuple[str, ...] = (ChangeKind.FIRST,), **fields: Any
) -> DocumentType:
    facts = {"name": f"Document {code}", "kinds": ["production"], "at_certification": True}
    made = DocumentType.objects.create(code=code, **{**facts, **fields})
    for number, change in enumerate(versions, start=1):
        DocumentVersion.objects.create(
            document=made,
            number=number,
            change=change,
            text_en="a",
            text_zh="甲",
            sha256="0" * 64,
            published_at=clock.now(),
        )
    return made


def sign(supplier: Supplier, made: DocumentType, number: int = 1, **fields: Any) -> Signature:
    facts = {
        "way": SignatureWay.ONLINE,
        "state": SignatureState.VALID,
        "signed_on": clock.today(),
        "signed_at": clock.now(),
        "signer_name": "Wang",
        "signer_title": "Manager",
        "document_sha256": "0" * 64,
    }
    version = made.versions.get(number=number)
    return Signature.objects.create(supplier=supplier, version=version, **{**facts, **fields})


def result(
    supplier: Supplier, kind: str, *, days_ago: int = 0, passed: bool = True, **fields: Any
) -> GateRecord:
    """As another app records it."""
    facts = {
        "result": "passed" if passed else "failed",
        "dated_on": clock.today() - dt.timedelta(days=days_ago),
        "source": "audits",
        "source_ref": "audits.audit:1",
    }
    return record_gate(None, supplier.pk, GateInput(kind, **{**facts, **fields}))


def assessment(
    supplier: Supplier, *, days_ago: int = 0, months: int = 12, state: str = "accepted"
) -> Assessment:
    form = Questionnaire.objects.create(
        code=f"q{Questionnaire.objects.count()}", title="Q", local_title="问", valid_months=months
    )
    return Assessment.objects.create(
        supplier=supplier,
        questionnaire=form,
        state=state,
        due_on=clock.today(),
        submitted_at=clock.now() - dt.timedelta(days=days_ago),
    )


def meet_gates(supplier: Supplier) -> None:
    result(supplier, GateKind.CERTIFICATION_AUDIT)
    result(supplier, GateKind.SELF_ASSESSMENT)


def step(actor: User, supplier: Supplier, code: str, **data: Any) -> Approval | None:
    found = take_action(actor, supplier.pk, code, ActionInput(**data))
    supplier.refresh_from_db()
    return found.approval


def agree(actor: User, approval: Approval | None, *, approve: bool = True) -> Approval:
    assert approval is not None
    return decide(actor, approval.pk, approve=approve, note="because")


def to_certification(actor: User, supplier: Supplier) -> None:
    for code in ("start_signing", "start_certification"):
        step(actor, supplier, code)


def to_approval(actor: User, supplier: Supplier, *categories: Category) -> Approval:
    supplier.categories.add(*(categories or (category(),)))
    to_certification(actor, supplier)
    meet_gates(supplier)
    approval = step(actor, supplier, "submit_for_approval")
    assert approval is not None
    return approval


def qualify(asker: User, decider: User, supplier: Supplier, *categories: Category) -> None:
    agree(decider, to_approval(asker, supplier, *categories))
    supplier.refresh_from_db()


def limit_input(**fields: Any) -> ActionInput:
    facts: dict[str, Any] = {
        "scope": "no_new_orders",
        "starts_on": clock.today(),
        "conditions": "Close the findings.",
    }
    restriction = RestrictionInput(**{**facts, **fields})
    return ActionInput(reason_code="csr", explanation="Findings.", restriction=restriction)


def limit(asker: User, decider: User, supplier: Supplier, **fields: Any) -> None:
    found = take_action(asker, supplier.pk, "restrict", limit_input(**fields))
    agree(decider, found.approval)
    supplier.refresh_from_db()


def disqualify(asker: User, decider: User, supplier: Supplier) -> None:
    approval = step(asker, supplier, "disqualify", reason_code="csr", explanation="Why.")
    agree(decider, approval)
    supplier.refresh_from_db()


def put_status(supplier: Supplier, status: str) -> None:
    """As if it had come here; for tests of the table alone."""
    supplier.status = status
    supplier.status_since = clock.now()
    supplier.save()


def shift(supplier: Supplier, days: int) -> None:
    """Move everything that happened so far into the past, as if we looked ``days`` later."""
    by = dt.timedelta(days=days)
    for change in StatusChange.objects.filter(supplier=supplier):
        StatusChange.objects.filter(pk=change.pk).update(at=change.at - by)
    for row in supplier.qualifications.all():
        for name in ("valid_from", "valid_until", "ended_on"):
            value = getattr(row, name)
            setattr(row, name, value - by if value else None)
        row.save()
    for model in (supplier.restrictions, supplier.waivers):
        for period in model.all():
            for name in ("starts_on", "ends_on", "ended_on", "lifted_on"):
                value = getattr(period, name, None)
                if value:
                    setattr(period, name, value - by)
            period.save()


def local_day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
