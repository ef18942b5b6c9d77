"""One small world in which every route has something to show: two suppliers and their things."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from knox.models import AuthToken

from accounts.models import User
from core import clock
from core.models import Job, JobState
from core.services.jobs import create_job
from minerals.enums import (
    DecisionKind,
    DeclarationStatus,
    JobKind,
    MatchKind,
    Source,
    VerdictState,
)
from minerals.models import (
    Declaration,
    MatchDecision,
    ReferenceEntry,
    ReferenceSnapshot,
    SmelterLine,
    WorkbookFile,
)
from suppliers.models import Category, Supplier
from tests.permissions import (
    world_assessments,
    world_commitments,
    world_imports,
    world_lifecycle,
    world_mitigation,
    world_plausibility,
    world_ratings,
    world_review,
    world_risk,
    world_smelter_lists,
    world_smelters,
    world_surveys,
    world_work,
)

PARTS = (
    world_lifecycle,
    world_commitments,
    world_assessments,
    world_ratings,
    world_risk,
    world_review,
    world_imports,
    world_smelters,
    world_smelter_lists,
    world_work,
    world_mitigation,
    world_plausibility,
    world_surveys,
)

CID = "CID900001"


@dataclass(frozen=True)
class World:
    """``values`` are keys by name, as rows of the table use them."""

    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def value(self, name: Any) -> Any:
        return self.values.get(name, name) if isinstance(name, str) else name


def workbook(mark: str) -> WorkbookFile:
    file = WorkbookFile(sha256=mark * 64, size=4, kind="xlsx")
    file.content.save(f"{mark}.xlsx", ContentFile(b"PK\x03\x04"))
    return file


def declaration(supplier: Supplier | None, mark: str, **fields: Any) -> Declaration:
    facts = {
        "family": "CMRT",
        "version": "6.5",
        "status": DeclarationStatus.NEEDS_CORRECTION,
        "verdict": VerdictState.CORRECT_FIRST,
        "judged_at": clock.now(),
        "error_count": 1,
        "waiting_count": 1,
    }
    return Declaration.objects.create(
        supplier=supplier,
        workbook=workbook(mark),
        file_name=f"{mark}.xlsx",
        source=Source.WEB,
        **{**facts, **fields},
    )


def smelter_row(found: Declaration, row: int = 5) -> SmelterLine:
    suggestion = {"cid": CID, "standard_name": "Bright Tin", "country": "CHINA", "score": 0.9}
    return SmelterLine.objects.create(
        declaration=found,
        row=row,
        metal="Tin",
        typed_name="Brigth Tin",
        match=MatchKind.UNMATCHED,
        metal_key="tin",
        text_key="brigth tin",
        suggestions=[suggestion],
    )


def snapshot(mark: str = "c") -> ReferenceSnapshot:
    found = ReferenceSnapshot.objects.create(
        family="CMRT", version="6.5", workbook=workbook(mark), file_name="blank.xlsx", row_count=1
    )
    ReferenceEntry.objects.create(
        snapshot=found,
        row=4,
        metal="Tin",
        name="Bright Tin",
        standard_name="Bright Tin",
        country="CHINA",
        cid=CID,
    )
    return found


def correction_job(owner: User, found: Declaration) -> Job:
    name = default_storage.save("corrections/ready.xlsx", ContentFile(b"PK\x03\x04"))
    job = create_job(JobKind.CORRECTION, "ready.xlsx", owner=owner, subject=found)
    job.state = JobState.DONE
    job.result = {"file": name, "name": "ready.xlsx"}
    job.save()
    return job


def build_world(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> World:
    """Everything belongs to ``supplier`` and its contact; ``other`` has one declaration too."""
    old = declaration(supplier, "a", status=DeclarationStatus.SUPERSEDED)
    own = declaration(supplier, "b")
    Declaration.objects.filter(pk=old.pk).update(superseded_by=own)
    batch = uuid.uuid4()
    job = create_job(JobKind.JUDGE, "b.xlsx", owner=contact, subject=own, batch=batch)
    installed = snapshot()
    decision = MatchDecision.objects.create(
        metal="gold",
        text="Golden",
        text_key="golden",
        kind=DecisionKind.CONFIRMED,
        cid=CID,
        decided_by=specialist,
    )
    more: dict[str, Any] = {}
    for part in PARTS:
        more |= part.build(supplier, contact, specialist, other)
    token, _secret = AuthToken.objects.create(user=specialist)
    return World(
        {
            "supplier": supplier.pk,
            "other_supplier": other.pk,
            "contact": contact.pk,
            "contact_record": supplier.contacts.get(user=contact).pk,
            "person_record": supplier.contacts.create(name="P", email="p@example.test").pk,
            "site": supplier.sites.create(code="A", name="Site A").pk,
            "tree_category": Category.objects.create(code="PCB", name="Boards", path="PCB/").pk,
            "declaration": own.pk,
            "old_declaration": old.pk,
            "foreign_declaration": declaration(other, "d").pk,
            "line": smelter_row(own).pk,
            "job": job.pk,
            "batch": batch,
            "snapshot": installed.pk,
            "decision": decision.pk,
            "correction_job": correction_job(specialist, own).pk,
            "person": specialist.pk,
            "token": token.token_key,
            "cid": CID,
            "none": 0,
            **more,
        }
    )
