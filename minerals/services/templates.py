"""Installing an official template: its look-up becomes a dated snapshot, its file a hand-out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput
from core.queue import enqueue_after_commit
from core.services.activity import record_activity
from core.uploads import UploadRejected, inspect_upload
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.isolated import read_isolated
from minerals.models import ReferenceEntry, ReferenceSnapshot
from minerals.policies import declarations as policies
from minerals.rules.catalogue import check
from minerals.rules.declaration import Declaration, LookupEntry
from minerals.services.files import keep_workbook, upload_limits
from minerals.services.smelters import refresh_smelters

if TYPE_CHECKING:
    from accounts.models import User

REJUDGE_FAMILY_TASK = "minerals.tasks.judging.rejudge_family"


@dataclass(frozen=True, slots=True)
class Installed:
    """``created`` is False when the same file was installed before: nothing changed then."""

    snapshot: ReferenceSnapshot
    created: bool


def install_template(
    actor: User | None, path: Path, file_name: str, *, is_demo: bool = False
) -> Installed:
    """Install a blank official template; ``actor`` None is the command line.

    Errors: the codes of the upload guard and the reader, template_without_lookup.
    """
    if actor is not None:
        policies.require_install_templates(actor)
    try:
        facts = inspect_upload(path, file_name, upload_limits())
        known = ReferenceSnapshot.objects.filter(workbook__sha256=facts.sha256).first()
        if known is not None:
            return Installed(known, created=False)
        declaration = read_isolated(path)
    except (UploadRejected, UnreadableWorkbook) as error:
        raise InvalidInput(
            error.code, check(error.code).message, error.params, field="file"
        ) from error
    _require_usable(declaration)
    with transaction.atomic():
        workbook, _new = keep_workbook(path, facts)
        snapshot, created = ReferenceSnapshot.objects.get_or_create(
            workbook=workbook,
            defaults={
                "family": declaration.family,
                "version": declaration.version,
                "file_name": file_name[:255],
                "installed_by": actor,
                "row_count": len(declaration.lookup),
                "smelter_count": len({row.cid for row in declaration.lookup if row.cid}),
                "is_demo": is_demo,
            },
        )
        if created:
            ReferenceEntry.objects.bulk_create(_entries(snapshot, declaration.lookup), 500)
            record_activity(
                actor,
                "template.installed",
                snapshot,
                family=snapshot.family,
                version=snapshot.version,
                rows=snapshot.row_count,
            )
            refresh_smelters()
            enqueue_after_commit(REJUDGE_FAMILY_TASK, snapshot.family)
    return Installed(snapshot, created)


def _entries(snapshot: ReferenceSnapshot, rows: tuple[LookupEntry, ...]) -> list[ReferenceEntry]:
    return [
        ReferenceEntry(
            snapshot=snapshot,
            row=row.row,
            metal=row.metal[:60],
            name=row.name[:255],
            standard_name=row.standard_name[:255],
            country=row.country[:100],
            cid=row.cid[:20],
            source=row.source[:60],
            city=row.city[:120],
            state=row.state[:120],
        )
        for row in rows
    ]


def _require_usable(declaration: Declaration) -> None:
    if declaration.outdated or not declaration.lookup:
        raise InvalidInput(
            "template_without_lookup",
            N_(
                "%(family)s %(version)s has no smelter look-up that can serve as reference list. "
                "Install a current CMRT, EMRT or AMRT."
            ),
            {"family": declaration.family, "version": declaration.version},
            field="file",
        )
