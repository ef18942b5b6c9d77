"""The door for imported files: what kind they are, and keeping them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import cast

from django.conf import settings
from django.core.files.storage import default_storage

from core.errors import InvalidInput
from core.spreadsheets.grid import Grid, TableKind, TableLimits
from core.spreadsheets.reading import read_spreadsheet
from core.uploads import UploadLimits, UploadRejected, inspect_upload
from core.uploads.contract import MEGABYTE
from core.uploads.guard import require_size
from suppliers.models import ImportBatch
from suppliers.rules.import_problems import text_of_problem
from suppliers.selectors.import_layout import known_headings

CSV_ENDINGS = (".csv", ".txt", ".tsv")
ENDINGS = (".xlsx", ".xlsm", *CSV_ENDINGS)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class InspectedFile:
    sha256: str
    kind: TableKind


def inspect_table(path: Path, name: str) -> InspectedFile:
    """What the file is. Raises ``InvalidInput`` on the field ``file`` for one that is not let in:
    codes of the upload guard, old_workbook_format, for CSV empty_file, file_too_large,
    not_a_spreadsheet."""
    limits = UploadLimits(
        max_file_bytes=settings.UPLOAD_MAX_BYTES, max_archive_bytes=settings.UPLOAD_MAX_BYTES
    )
    try:
        if name.lower().endswith(CSV_ENDINGS):
            return InspectedFile(_inspect_text(path, limits), "csv")
        facts = inspect_upload(path, name, limits)
        if facts.kind == "zip":
            raise UploadRejected("not_a_spreadsheet", {"found": "ZIP"})
        if facts.kind == "xls":
            # Formulas, errors and merged cells cannot be told from values in this format.
            raise UploadRejected("old_workbook_format")
    except UploadRejected as refusal:
        text = text_of_problem(refusal.code)
        raise InvalidInput(
            refusal.code, text.message, dict(refusal.params), field="file"
        ) from refusal
    return InspectedFile(facts.sha256, facts.kind)


def _inspect_text(path: Path, limits: UploadLimits) -> str:
    size = path.stat().st_size
    if size == 0:
        raise UploadRejected("empty_file")
    require_size(size, limits.max_file_bytes)
    content = path.read_bytes()
    # Text in two bytes a sign has them; anything else with them is no text.
    if not content.startswith(_WIDE_MARKS) and b"\0" in content:
        raise UploadRejected("not_a_spreadsheet", {"found": "BINARY"})
    return hashlib.sha256(content).hexdigest()


def table_limits() -> TableLimits:
    """The limits of this installation (settings ``IMPORT_MAX_ROWS``, ``READER_*``)."""
    return TableLimits(
        rows=settings.IMPORT_MAX_ROWS,
        memory_bytes=max(1200, settings.READER_MEMORY_MB) * MEGABYTE,
        seconds=max(60.0, settings.READER_TIMEOUT_SECONDS),
    )


def kind_of_stored(batch: ImportBatch) -> TableKind:
    """The name in the store carries the true ending."""
    return cast(TableKind, str(batch.file.name).rpartition(".")[2])


def read_grid(batch: ImportBatch) -> Grid:
    """The table of the kept file. Raises UnreadableTable."""
    with _local_copy(batch) as path:
        words = {word: column.code for word, column in known_headings(batch.kind).items()}
        return read_spreadsheet(path, kind_of_stored(batch), words, table_limits())


@contextmanager
def _local_copy(batch: ImportBatch) -> Iterator[Path]:
    """The kept file on this machine's disk."""
    with NamedTemporaryFile(suffix=f".{kind_of_stored(batch)}") as target:
        with default_storage.open(str(batch.file.name)) as source:
            for chunk in source.chunks():
                target.write(chunk)
        target.flush()
        yield Path(target.name)
