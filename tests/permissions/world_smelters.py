"""Smelters and tasks about them: things of the small world."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core import clock
from minerals.models import SmelterCertificate, SmelterNote, SmelterTask
from suppliers.models import Supplier
from tests.factories.smelters import list_of, make_smelter

CID = "CID900007"


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    today = clock.today()
    smelter = make_smelter(CID)
    listed = list_of(today, {CID: "non_conformant"}, applied_at=clock.now())
    task = SmelterTask.objects.create(supplier=supplier, list=listed, due_on=today)
    task.items.create(smelter=smelter, status="non_conformant", due_on=today)
    note = SmelterNote.objects.create(
        smelter=smelter, text="Seen.", happened_on=today, written_by=specialist
    )
    certificate = SmelterCertificate.objects.create(
        smelter=smelter,
        scheme="lbma",
        valid_from=today,
        valid_until=today,
        recorded_by=specialist,
    )
    return {
        "smelter_cid": CID,
        "smelter_task": task.pk,
        "smelter_note": note.pk,
        "smelter_certificate": certificate.pk,
    }
