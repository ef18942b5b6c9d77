"""Lives of the invented suppliers: every state, with the decisions that led there. Demo mode only.

Rows are written with dates of the past, which the services, rightly, do not allow; what they say
is what the services would have left behind.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.db import transaction

from accounts.models import User
from core import clock
from core.models import ActivityEntry
from core.models.subject import named
from suppliers.enums import (
    ApprovalKind,
    ApprovalState,
    GateKind,
    GateResult,
    QualificationRoute,
    QualificationState,
    RatingPartKind,
    ReasonCode,
    RestrictionScope,
    SignatureState,
    SignatureWay,
    SupplierStatus,
)
from suppliers.models import (
    Approval,
    Category,
    DocumentVersion,
    GateRecord,
    Qualification,
    RatingPart,
    Restriction,
    SectorRisk,
    Signature,
    StatusChange,
    Supplier,
    Waiver,
)
from suppliers.services.assessment_requests import RequestInput, request_assessments
from suppliers.services.document_requests import request_certification_documents
from suppliers.services.ratings import recompute_rating
from suppliers.workflow import REGISTER

SEED = 7
# Days since the oldest of them was created.
LONGEST = 1000
S = SupplierStatus
# Steps that lead to each state, as (action, status afterwards); shares are of 100 suppliers.
TO_QUALIFIED = (
    ("start_signing", S.SIGNING),
    ("start_certification", S.CERTIFICATION),
    ("submit_for_approval", S.APPROVAL),
    ("approve", S.QUALIFIED),
)
PATHS: tuple[tuple[int, tuple[tuple[str, SupplierStatus], ...]], ...] = (
    (8, ()),
    (8, TO_QUALIFIED[:1]),
    (8, TO_QUALIFIED[:2]),
    (4, TO_QUALIFIED[:3]),
    (55, TO_QUALIFIED),
    (6, (*TO_QUALIFIED, ("restrict", S.LIMITED))),
    (3, (*TO_QUALIFIED, ("disqualify", S.DISQUALIFIED))),
    (5, (*TO_QUALIFIED[:2], ("not_introduce", S.NOT_INTRODUCED))),
    (3, (*TO_QUALIFIED, ("phase_out", S.PHASED_OUT))),
)
KIND_OF_STEP = {
    "approve": ApprovalKind.QUALIFY,
    "restrict": ApprovalKind.RESTRICT,
    "disqualify": ApprovalKind.DISQUALIFY,
    "not_introduce": ApprovalKind.NOT_INTRODUCE,
}
REASONS = {
    "restrict": (ReasonCode.CSR, "Two major findings of the monitoring audit are open."),
    "disqualify": (ReasonCode.REFUSAL, "The supplier refused the corrective actions."),
    "not_introduce": (ReasonCode.CSR, "The certification audit found blocked fire exits."),
    "phase_out": (ReasonCode.COMMERCIAL, "The product it supplied is discontinued."),
}
RISK = {"EL": 3, "ME": 2, "PW": 3, "CA": 2, "PK": 1, "SV": 1, "EN": 4}
YEAR = dt.timedelta(days=365)
NOTES = {GateKind.SELF_ASSESSMENT: "Answered on paper, before the portal (demo)"}
CONTACTS_OWN = "DEMO-001"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who asks and who decides."""

    buyer: User
    specialist: User


def load_lives() -> bool:
    """Give each demo supplier a life; once. True when anything was written."""
    cast = _cast()
    if cast is None or Approval.objects.filter(supplier__is_demo=True).exists():
        return False
    random = Random(SEED)  # noqa: S311 - invented data, the same every time
    shares = [share for share, _path in PATHS]
    suppliers = Supplier.objects.filter(is_demo=True).order_by("code")
    with transaction.atomic():
        _load_risk()
        # Signed for years: the first versions are older than every signature.
        DocumentVersion.objects.filter(number=1).update(
            published_at=clock.now() - dt.timedelta(days=LONGEST + 100)
        )
        for supplier in suppliers.prefetch_related("categories", "minerals"):
            drawn = random.choices([path for _share, path in PATHS], shares)[0]
            # The demo contact shall have something to sign.
            path = TO_QUALIFIED[:1] if supplier.code == CONTACTS_OWN else drawn
            _Life(random, supplier, cast).lead(path)
        _ask_for_assessment(cast)
    return True


def _cast() -> Cast | None:
    people = {
        user.email: user
        for user in User.objects.filter(email__in=("buyer@demo.example", "csr@demo.example"))
    }
    if len(people) < 2:
        return None
    return Cast(people["buyer@demo.example"], people["csr@demo.example"])


def _load_risk() -> None:
    for code, points in RISK.items():
        category = Category.objects.filter(code=code).first()
        if category is not None:
            facts = {"points": points, "source": "Invented for the demo"}
            SectorRisk.objects.get_or_create(category=category, defaults=facts)


def _ask_for_assessment(cast: Cast) -> None:
    """The demo contact, who can sign in, has a form to fill in."""
    own = Supplier.objects.filter(code=CONTACTS_OWN).values_list("pk", flat=True)
    due_on = clock.today() + dt.timedelta(days=30)
    request_assessments(cast.specialist, RequestInput(list(own), due_on))


class _Life:
    """One supplier on its way; ``self.at`` is the moment of the next step."""

    def __init__(self, random: Random, supplier: Supplier, cast: Cast) -> None:
        self.random, self.supplier, self.cast = random, supplier, cast
        self.at = clock.now() - dt.timedelta(days=random.randint(240, LONGEST))
        self.entries: list[ActivityEntry] = []

    def lead(self, path: tuple[tuple[str, SupplierStatus], ...]) -> None:
        self._begin()
        for action, status in path:
            self._wait()
            if (action, status) == path[-1] == TO_QUALIFIED[2]:
                self._wait_for_decision()
            self._prepare(action)
            self._step(action, status)
        if self.supplier.status == S.SIGNING:
            request_certification_documents(self.cast.buyer, self.supplier)
        elif self.supplier.status == S.APPROVAL:
            self._ask_for_approval()
        if self.supplier.status in (S.QUALIFIED, S.LIMITED):
            self._rate()
        self._write_trail()
        self.supplier.save()

    def _begin(self) -> None:
        StatusChange.objects.filter(supplier=self.supplier, action=REGISTER).update(at=self.at)
        ActivityEntry.objects.about(self.supplier).update(at=self.at)
        self.supplier.status_since = self.supplier.created_at = self.at

    def _wait(self) -> None:
        left = (clock.now() - self.at).days
        self.at += dt.timedelta(days=self.random.randint(1, max(1, min(60, left // 3))))

    def _wait_for_decision(self) -> None:
        """Asked a few hours to two weeks ago; some have waited too long."""
        self.at = clock.now() - dt.timedelta(hours=self.random.randint(3, 14 * 24))

    def _prepare(self, action: str) -> None:
        if action == "start_certification":
            self._sign()
        elif action == "submit_for_approval":
            self._record(GateKind.CERTIFICATION_AUDIT)
            self._record(GateKind.SELF_ASSESSMENT)
            if self.supplier.minerals.all():
                self._record(GateKind.DECLARATION)
        elif action == "not_introduce":
            self._record(GateKind.CERTIFICATION_AUDIT, GateResult.FAILED)

    def _step(self, action: str, status: SupplierStatus) -> None:
        reason, words = REASONS.get(action, ("", ""))
        approval = (
            self._decided(KIND_OF_STEP[action], reason, words) if (action in KIND_OF_STEP) else None
        )
        actor = self.cast.specialist if approval else self.cast.buyer
        if action == "phase_out":
            self.supplier.phase_out_on, self.supplier.phase_out_reason = self.at.date(), words
        before, self.supplier.status = self.supplier.status, status
        self.supplier.status_since = self.at
        StatusChange.objects.create(
            supplier=self.supplier,
            action=action,
            from_status=before,
            to_status=status,
            at=self.at,
            actor=actor,
            approval=approval,
            reason_code=reason,
            explanation=words,
            phase_out_on=self.supplier.phase_out_on,
        )
        self._note(actor, action, before, status, reason, words)
        if action == "approve" and approval is not None:
            self._qualify(approval)
        elif action == "restrict" and approval is not None:
            self._limit(approval)
        elif action == "disqualify":
            self._end_qualifications()

    def _note(
        self, actor: User, action: str, before: str, status: str, reason: str, words: str
    ) -> None:
        data = {"from_status": before, "to_status": status, "reason": reason, "explanation": words}
        entry = ActivityEntry(
            actor=actor, verb=f"lifecycle.{action}", data=data, **named(self.supplier)
        )
        entry.at = self.at
        self.entries.append(entry)

    def _write_trail(self) -> None:
        """The trail stamps entries with the present; those of the demo are of the past."""
        moments = [entry.at for entry in self.entries]
        written = ActivityEntry.objects.bulk_create(self.entries)
        for entry, moment in zip(written, moments, strict=True):
            entry.at = moment
        ActivityEntry.objects.bulk_update(written, ["at"])

    def _decided(self, kind: ApprovalKind, reason: str, words: str) -> Approval:
        approval = Approval.objects.create(
            supplier=self.supplier,
            kind=kind,
            state=ApprovalState.APPROVED,
            reason_code=reason,
            explanation=words,
            requested_by=self.cast.buyer,
            decided_by=self.cast.specialist,
            decided_at=self.at,
        )
        Approval.objects.filter(pk=approval.pk).update(requested_at=self.at - dt.timedelta(days=2))
        return approval

    def _sign(self) -> None:
        kind = str(self.supplier.kind)
        newest = DocumentVersion.objects.exclude(published_at=None).select_related("document")
        for version in newest:
            document = version.document
            if kind not in document.kinds or (
                document.minerals_only and not self.supplier.minerals.all()
            ):
                continue
            Signature.objects.create(
                supplier=self.supplier,
                version=version,
                way=SignatureWay.PAPER,
                state=SignatureState.VALID,
                signed_on=self.at.date(),
                signed_at=self.at,
                signer_name="Chen (demo)",
                signer_title="General manager",
                company_name=self.supplier.name,
                company_code=self.supplier.code,
                document_sha256=version.sha256,
                recorded_by=self.cast.buyer,
                checked_by=self.cast.specialist,
                checked_at=self.at,
                check_note="Invented for the demo, without a scan",
            )

    def _record(self, kind: GateKind, result: GateResult = GateResult.PASSED) -> None:
        day = self.at.date()
        GateRecord.objects.create(
            supplier=self.supplier,
            kind=kind,
            result=result,
            dated_on=day,
            valid_until=day + 2 * YEAR if result == GateResult.PASSED else None,
            note=NOTES.get(kind, "Invented for the demo"),
            recorded_by=self.cast.specialist,
        )

    def _ask_for_approval(self) -> None:
        codes = [category.code for category in self.supplier.categories.all()]
        approval = Approval.objects.create(
            supplier=self.supplier,
            kind=ApprovalKind.QUALIFY,
            payload={"categories": codes, "valid_months": 36},
            explanation="All conditions are met.",
            requested_by=self.cast.buyer,
        )
        Approval.objects.filter(pk=approval.pk).update(requested_at=self.at)
        for category in self.supplier.categories.all():
            self._qualification(category, approval, QualificationState.IN_PROGRESS)

    def _qualify(self, approval: Approval) -> None:
        for category in self.supplier.categories.all():
            row = self._qualification(category, approval, QualificationState.APPROVED)
            row.valid_from = self.at.date()
            row.valid_until = self.at.date() + 3 * YEAR
            row.save()

    def _qualification(
        self, category: Category, approval: Approval, state: QualificationState
    ) -> Qualification:
        return Qualification.objects.create(
            supplier=self.supplier,
            category=category,
            route=QualificationRoute.INITIAL,
            state=state,
            approval=approval,
            created_by=self.cast.buyer,
        )

    def _end_qualifications(self) -> None:
        self.supplier.qualifications.update(
            state=QualificationState.WITHDRAWN, ended_on=self.at.date()
        )

    def _limit(self, approval: Approval) -> None:
        day = self.at.date()
        Restriction.objects.create(
            supplier=self.supplier,
            scope=self.random.choice(list(RestrictionScope)),
            reason_code=approval.reason_code,
            explanation=approval.explanation,
            conditions="Close both findings and show the evidence.",
            starts_on=day,
            ends_on=max(day + dt.timedelta(days=180), clock.today() + self._some_days()),
            approval=approval,
        )
        if self.random.random() < 0.4:
            self._waive()

    def _some_days(self) -> dt.timedelta:
        """Some planned ends have just passed, most lie ahead."""
        return dt.timedelta(days=self.random.randint(-6, 120))

    def _waive(self) -> None:
        words = "Spare parts for running contracts have no other source."
        approval = self._decided(ApprovalKind.WAIVE, ReasonCode.CAPACITY, words)
        Waiver.objects.create(
            supplier=self.supplier,
            reason_code=ReasonCode.CAPACITY,
            explanation=words,
            starts_on=clock.today() - dt.timedelta(days=20),
            ends_on=clock.today() + dt.timedelta(days=100),
            approval=approval,
        )

    def _rate(self) -> None:
        """Most have some parts, few have all: no data must be seen, too."""
        level = self.random.gauss(80, 10) - (25 if self.supplier.status == S.LIMITED else 0)
        for kind in RatingPartKind:
            if self.random.random() < 0.2:
                continue
            score = min(100.0, max(15.0, self.random.gauss(level, 6)))
            day = clock.today() - dt.timedelta(days=self.random.randint(10, 330))
            RatingPart.objects.create(
                supplier=self.supplier,
                kind=kind,
                score=Decimal(f"{score:.1f}"),
                dated_on=day,
                valid_until=day + YEAR,
                source="by_hand",
                note="Invented for the demo",
                recorded_by=self.cast.specialist,
            )
        self.supplier.save()
        self.supplier = recompute_rating(None, self.supplier.pk)
