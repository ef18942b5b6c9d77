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
    # Locked, so that the same file handed in twice at once does not become two declarations.
    found = WorkbookFile.objects.select_for_update(no_key=True).filter(sha256=facts.sha256)
    known = found.first()
    if known is not None:
        _restore(known, path)
        return known, False
    record = WorkbookFile(
        sha256=facts.sha256,
        size=facts.size,
        kind="xlsx" if facts.has_macros else facts.kind,
        macros_removed=facts.has_macros,
        has_external_links=facts.has_external_links,
    )
    _write(record, path)
    return _insert(record)


def _restore(known: WorkbookFile, path: Path) -> None:
    """A kept file that has gone from the disk comes back when it is handed in again."""
    if not known.content.storage.exists(str(known.content.name)):
        _write(known, path)
        known.save(update_fields=["content"])


def _write(record: WorkbookFile, path: Path) -> None:
    with TemporaryDirectory() as folder:
        source = path
        if record.macros_removed:
            source = Path(folder) / "without-macros.xlsx"
            strip_macros(path, source)
        record.content.name = _stored(record, source)


def _stored(record: WorkbookFile, source: Path) -> str:
    """The name it has in the store. What an interrupted attempt left behind is never used."""
    storage = record.content.storage
    wanted = f"workbooks/{record.sha256[:2]}/{record.sha256}.{record.kind}"
    name = storage.get_available_name(wanted)
    try:
        with source.open("rb") as stream:
            return str(storage.save(name, File(stream)))
    except OSError:
        storage.delete(name)
        raise


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
    if not created and known.content.name != record.content.name:
        record.content.storage.delete(str(record.content.name))
    return known, created
