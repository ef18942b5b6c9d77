"""What the pages are for: signatures that run out or wait, refusals, requests of several days, an
import that worked and one that did not, a buyer with a scope. Demo mode only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import User
from core import clock
from core.models import Job, JobState, Notification
from core.services.activity import record_activity
from portal.demo.assessments import load_assessments
from portal.demo.mitigation import load_mitigations
from portal.demo.people import LIMITED_BUYER
from portal.demo.risk import load_risk
from suppliers.enums import (
    GateKind,
    GateResult,
    ReasonCode,
    RequestState,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.models import (
    Approval,
    Category,
    DocumentRequest,
    DocumentVersion,
    ImportBatch,
    Qualification,
    Signature,
    Supplier,
)
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.gates import GateInput, record_gate
from suppliers.services.import_apply import apply_import
from suppliers.services.import_check import check_import
from suppliers.services.imports import CHECK_JOB, confirm_import, receive_import
from suppliers.services.paper_signatures import PaperInput, record_paper_signature
from suppliers.services.restrictions import RestrictionInput
from suppliers.services.scopes import set_scope
from suppliers.services.waivers import WaiverInput, request_waiver

SEED = 11
# Days from today until which signatures of the one document with an end are valid.
EXPIRING, EXPIRED = (5, 12, 20, 28, 45), (-3, -20, -40)
WITH_END = "anti-bribery-commitment"
SCANNED = "supplier-code-of-conduct"
REFUSALS = (
    "Our group signs its own code of conduct only.",
    "The liability of section 4 goes too far for us.",
    "Our lawyers are still checking the wording.",
)
SCAN = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LIMITED_TO = ("SV-LOG",)
# Days ago on which each was asked for.
ASKED = (12, 9, 2)


def load_showcase() -> None:
    """Once, after the lives."""
    people = {person.email.partition("@")[0]: person for person in User.objects.all()}
    buyer, specialist, admin = people["buyer"], people["csr"], people["admin"]
    random = Random(SEED)  # noqa: S311 - invented data, the same every time
    with transaction.atomic():
        _limit(admin, people[LIMITED_BUYER.partition("@")[0]])
        _let_signatures_run_out()
        _let_qualifications_run_out()
        _let_some_go_on(buyer, specialist)
        _refuse()
        _hand_in_scans(buyer)
        load_assessments(random, buyer, specialist)
        load_mitigations(buyer, specialist)
        _ask(buyer)
        load_risk(buyer, specialist)
    _import(buyer)


def _qualified() -> list[Supplier]:
    found = Supplier.objects.filter(is_demo=True, status=SupplierStatus.QUALIFIED)
    return list(found.order_by("-code")[:40])


def _limit(admin: User, person: User) -> None:
    keys = Category.objects.filter(code__in=LIMITED_TO).values_list("pk", flat=True)
    set_scope(admin, person.pk, list(keys), [])
    own = Supplier.objects.filter(is_demo=True, categories__code__in=LIMITED_TO)
    Supplier.objects.filter(pk__in=own.values("pk")).update(buyer=person)


def _let_signatures_run_out() -> None:
    rows = Signature.objects.filter(
        version__document__code=WITH_END, supplier__status=SupplierStatus.QUALIFIED
    )
    rows.update(valid_until=clock.today() + dt.timedelta(days=300))
    days = (*EXPIRING, *EXPIRED)
    for row, ahead in zip(rows.order_by("supplier__code"), days, strict=False):
        row.valid_until = clock.today() + dt.timedelta(days=ahead)
        row.save(update_fields=["valid_until"])


def _let_qualifications_run_out() -> None:
    """Of suppliers that joined long ago: valid for three years, of which some weeks are left."""
    rows = Qualification.objects.filter(supplier__in=_qualified()[10:14])
    for row, ahead in zip(rows, EXPIRING, strict=False):
        row.valid_until = clock.today() + dt.timedelta(days=ahead)
        row.save(update_fields=["valid_until"])


def _let_some_go_on(buyer: User, specialist: User) -> None:
    """Suppliers of the buyer in certification whose conditions are all met."""
    found = Supplier.objects.filter(is_demo=True, status=SupplierStatus.CERTIFICATION)
    for supplier in found.order_by("code")[:2]:
        Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
        for kind in (GateKind.CERTIFICATION_AUDIT, GateKind.DECLARATION, GateKind.SELF_ASSESSMENT):
            record_gate(
                specialist,
                supplier.pk,
                GateInput(kind, GateResult.PASSED, clock.today(), note="Invented for the demo"),
            )


def _refuse() -> None:
    asked = DocumentRequest.objects.filter(
        state=RequestState.OPEN, supplier__is_demo=True
    ).select_related("supplier", "version__document")
    others = asked.exclude(supplier__code="DEMO-001").order_by("supplier__code", "-pk")
    for row, words in zip(others[::4], REFUSALS, strict=False):
        row.state, row.refusal, row.closed_at = RequestState.REFUSED, words, clock.now()
        row.save()
        document = row.version.document
        record_activity(
            None, "document.refused", row.supplier,
            document=document.code, reason=words, name=document.name,
        )  # fmt: skip


def _hand_in_scans(buyer: User) -> None:
    version = DocumentVersion.objects.filter(document__code=SCANNED).order_by("number").last()
    if version is None:
        return
    Signature.objects.filter(version=version, supplier__in=_qualified()[:4]).delete()
    for supplier in _qualified()[:4]:
        scan = SimpleUploadedFile("signed (demo).pdf", SCAN, "application/pdf")
        day = clock.today() - dt.timedelta(days=3)
        data = PaperInput(version.pk, day, "Chen (demo)", "General manager", scan)
        record_paper_signature(buyer, supplier.pk, data)


def _ask(buyer: User) -> None:
    """Two limitations and a waiver, asked for on several days."""
    first, second, third = _qualified()[5:8]
    limit = RestrictionInput(
        RestrictionScope.NO_NEW_ORDERS,
        clock.today(),
        clock.today() + dt.timedelta(days=120),
        "Close both findings and show the evidence.",
    )
    words = "Two major findings of the monitoring audit are open."
    asked = [
        take_action(
            buyer, one.pk, "restrict", ActionInput(ReasonCode.CSR, words, restriction=limit)
        ).approval
        for one in (first, second)
    ]
    until = clock.today() + dt.timedelta(days=90)
    data = WaiverInput(ReasonCode.CAPACITY, "No other source.", clock.today(), until)
    asked.append(request_waiver(buyer, third.pk, data))
    for approval, days in zip(asked, ASKED, strict=True):
        assert approval is not None  # both ask for a second person
        at = clock.now() - dt.timedelta(days=days)
        Approval.objects.filter(pk=approval.pk).update(requested_at=at)
        Notification.objects.about(approval).update(created_at=at)


def _import(buyer: User) -> None:
    year = clock.today().year - 1
    rows = "".join(f"DEMO-{number},{year},CNY,{number * 1000}\n" for number in range(110, 140))
    good = f"supplier,year,currency,amount\n{rows}"
    faulty = f"supplier,year,currency,amount\nDEMO-110,{year},CNY,12 apples\nNOBODY,{year},XXX,1\n"
    batch = _received(buyer, f"Spend {year} (demo).csv", good)
    _work(confirm_import(buyer, batch.pk))
    _received(buyer, f"Spend {year}, with mistakes (demo).csv", faulty)


def _received(buyer: User, name: str, text: str) -> ImportBatch:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spend.csv"
        path.write_text(text)
        return _work(receive_import(buyer, "spend", path, name))


def _work(batch: ImportBatch) -> ImportBatch:
    """What the worker would do: it may not run yet."""
    for job in Job.objects.about(batch).filter(state=JobState.QUEUED):
        (check_import if job.kind == CHECK_JOB else apply_import)(batch.pk, job.pk)
    batch.refresh_from_db()
    return batch
