"""What the invented lists did to suppliers, and what we did about it. Demo mode only."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from core import clock
from minerals.enums import ListSource
from minerals.models import SmelterList, SmelterNote, SmelterTaskItem
from minerals.services.list_effects import apply_now
from minerals.services.smelter_certificates import (
    CertificateInput,
    record_certificate,
    verify_certificate,
)
from minerals.services.smelter_notes import NoteInput, add_note

# Their roles let one record and the other verify.
WRITER, SECOND = "csr@demo.example", "admin@demo.example"


def load_smelter_tasks() -> bool:
    """Once, and only where there are invented lists: the newest asks suppliers to act."""
    lists = SmelterList.objects.in_force().filter(is_demo=True, source=ListSource.RMAP)
    newest = lists.order_by("-listed_on", "-pk").first()
    if newest is None or SmelterNote.objects.exists():
        return False
    # Nobody was here yet when the older ones came.
    lists.exclude(pk=newest.pk).update(applied_at=clock.now())
    apply_now(newest)
    item = SmelterTaskItem.objects.select_related("smelter").order_by("due_on", "pk").first()
    if item is not None:
        _record(item.smelter.cid)
    return True


def _record(cid: str) -> None:
    """A letter to the smelter, its answer, and a certificate that runs out soon."""
    writer, second = (User.objects.get(email=email) for email in (WRITER, SECOND))
    today = clock.today()
    add_note(
        writer,
        cid,
        NoteInput(
            "Asked the smelter when its next assessment takes place. (demo)",
            is_outreach=True,
            happened_on=today - dt.timedelta(days=5),
            result="The auditor comes in spring. (demo)",
        ),
    )
    certificate = record_certificate(
        writer,
        cid,
        CertificateInput(
            scheme=ListSource.OTHER,
            number="DEMO-1",
            valid_from=today - dt.timedelta(days=330),
            valid_until=today + dt.timedelta(days=35),
            note="https://list.example/demo-1",
        ),
    )
    verify_certificate(second, certificate.pk)
