"""Declarations for tests: bare rows for lists, or whole files received and judged."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from core import clock
from minerals.enums import DeclarationStatus, Source, VerdictState
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration, ReferenceSnapshot, WorkbookFile
from minerals.services.judging import judge_received
from minerals.services.receive import Delivery, IncomingFile, receive_files
from minerals.services.templates import install_template
from suppliers.models import Supplier

MISSPELT = "Brigth Tin Smelting Co. (demo)"
MEANT = "CID900001"
_numbers = itertools.count(1)


def make_declaration(supplier: Supplier | None = None, **fields: Any) -> Declaration:
    """A judged declaration as a row only; ``received_at`` may be given although it is automatic."""
    number = next(_numbers)
    workbook = WorkbookFile(sha256=f"{number:064x}", size=4, kind="xlsx")
    workbook.content.save(f"{number}.xlsx", ContentFile(b"PK\x03\x04"))
    received_at = fields.pop("received_at", None)
    facts: dict[str, Any] = {
        "family": "CMRT",
        "version": "6.5",
        "status": DeclarationStatus.STRUCTURALLY_VALID,
        "verdict": VerdictState.CLEAN,
        "judged_at": clock.now(),
        "file_name": f"form {number}.xlsx",
        "source": Source.WEB,
    }
    declaration = Declaration.objects.create(
        supplier=supplier, workbook=workbook, **{**facts, **fields}
    )
    if received_at is not None:
        Declaration.objects.filter(pk=declaration.pk).update(received_at=received_at)
        declaration.refresh_from_db()
    return declaration


def form(layout: str = "cmrt_6.5", *, misspelt: bool = False, **changes: Any) -> bytes:
    """A complete form of the Bright Tin Co. with ``changes``; ``misspelt`` adds a near miss."""
    content: dict[str, Any] = dict(complete_answers(layout))
    content["company"] = {**content["company"], "company_name": "Bright Tin Co."}
    for key in ("company", "answers", "comments"):
        content[key] = {**content[key], **changes.pop(key, {})}
    if misspelt:
        row = {"metal": "Tin", "lookup": MISSPELT, "country": "INDONESIA"}
        content["smelters"] = [*content["smelters"], row]
    return build_workbook(layout, **{**content, **changes})


class Desk:
    """Hands in files for a person and lets them be judged at once."""

    def __init__(self, folder: Path, actor: User) -> None:
        self.folder, self.actor = folder, actor

    def hand_in(
        self, supplier: Supplier | None, data: bytes, name: str = "cmrt.xlsx"
    ) -> Declaration:
        path = self.folder / "handed-in.bin"
        path.write_bytes(data)
        delivery = Delivery(self.actor, Source.WEB, supplier)
        received = receive_files(delivery, [IncomingFile(path, name)])[0]
        assert received.declaration is not None
        if received.job.open:
            judge_received(received.declaration.pk, received.job.pk)
        return Declaration.objects.get(pk=received.declaration.pk)

    def install(self, layout: str = "cmrt_6.5", name: str = "template.xlsx") -> ReferenceSnapshot:
        path = self.folder / name
        path.write_bytes(build_workbook(layout))
        return install_template(None, path, name).snapshot
