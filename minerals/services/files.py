"""Keeping received files: once per content, under their SHA-256, without macros."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File

from core.uploads import UploadFacts, UploadLimits
from minerals.excel.macros import strip_macros
from minerals.models import WorkbookFile


def upload_limits() -> UploadLimits:
    """The limits of this installation (settings ``UPLOAD_*``)."""
    return UploadLimits(
        max_file_bytes=settings.UPLOAD_MAX_BYTES,
        max_archive_bytes=settings.UPLOAD_MAX_ARCHIVE_BYTES,
        max_archive_members=settings.UPLOAD_MAX_MEMBERS,
    )


def keep_workbook(path: Path, facts: UploadFacts) -> tuple[WorkbookFile, bool]:
    """Keep the bytes at ``path``; the second value tells whether they were new.

    Call inside a transaction. The file is written before the row: a crash between the two leaves
    an unused file, never a row without its file.
    """
    known = WorkbookFile.objects.filter(sha256=facts.sha256).first()
    if known is not None:
        return known, False
    record = WorkbookFile(
        sha256=facts.sha256,
        size=facts.size,
        kind="xlsx" if facts.has_macros else facts.kind,
        macros_removed=facts.has_macros,
        has_external_links=facts.has_external_links,
    )
    with TemporaryDirectory() as folder:
        source = path
        if facts.has_macros:
            source = Path(folder) / "without-macros.xlsx"
            strip_macros(path, source)
        _write(record, source)
    return _insert(record)


def _write(record: WorkbookFile, source: Path) -> None:
    name = f"workbooks/{record.sha256[:2]}/{record.sha256}.{record.kind}"
    storage = record.content.storage
    if not storage.exists(name):
        with source.open("rb") as stream:
            name = storage.save(name, File(stream))
    record.content.name = name


def _insert(record: WorkbookFile) -> tuple[WorkbookFile, bool]:
    """Two people may hand in the same new file at the same moment; one row remains."""
    known, created = WorkbookFile.objects.get_or_create(
        sha256=record.sha256,
        defaults={
            "size": record.size,
            "kind": record.kind,
            "content": record.content.name,
            "macros_removed": record.macros_removed,
            "has_external_links": record.has_external_links,
        },
    )
    return known, created
