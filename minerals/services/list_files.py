"""The door for smelter lists: what kind of file it is, and the table inside."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from core.errors import InvalidInput
from core.spreadsheets.grid import Grid, TableKind, TableLimits, UnreadableTable
from core.spreadsheets.reading import read_spreadsheet
from core.uploads import UploadFacts
from core.uploads.contract import MEGABYTE, UploadRejected
from core.uploads.guard import require_size
from core.uploads.prolog import inspect_prolog
from minerals.models import SmelterList
from minerals.rules.smelter_list.columns import known_headings
from minerals.selectors.list_problems import problem_text
from suppliers.services.import_files import CSV_ENDINGS, inspect_table

# The web export of RMI comes as .xls and is XML all the same.
ENDINGS = (".xlsx", ".xlsm", ".xml", ".xls", *CSV_ENDINGS)
MOST_ROWS = 20_000
_HEAD = 64 * 1024
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def inspect_list(path: Path, name: str) -> UploadFacts:
    """What the file is, by its content. Raises InvalidInput on the field ``file``: the codes of
    ``suppliers.services.import_files.inspect_table``, xml_entities."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not _is_xml(head):
        found = inspect_table(path, name)
        return UploadFacts(found.sha256, path.stat().st_size, found.kind)
    try:
        require_size(path.stat().st_size, settings.UPLOAD_MAX_BYTES)
        if inspect_prolog(head) != "clear":
            raise UploadRejected("xml_entities", {"part": name})
    except UploadRejected as refusal:
        text = problem_text(refusal.code)
        params = dict(refusal.params)
        raise InvalidInput(refusal.code, text.message, params, field="file") from refusal
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return UploadFacts(digest, path.stat().st_size, "xml")


def read_table_of(smelter_list: SmelterList) -> Grid:
    """The table of the kept file; where no heading is known, its first row. Raises
    UnreadableTable."""
    workbook = smelter_list.workbook
    assert workbook is not None
    path, kind = Path(workbook.content.path), _kind(workbook.kind)
    try:
        return read_spreadsheet(path, kind, known_headings(), _limits())
    except UnreadableTable as error:
        if error.code != "header_missing":
            raise
    return read_spreadsheet(path, kind, {}, _limits())


def _kind(kept: str) -> TableKind:
    kinds: dict[str, TableKind] = {"xlsx": "xlsx", "xlsm": "xlsm", "csv": "csv", "xml": "xml"}
    return kinds[kept]


def _limits() -> TableLimits:
    return TableLimits(
        rows=MOST_ROWS,
        memory_bytes=max(1200, settings.READER_MEMORY_MB) * MEGABYTE,
        seconds=float(max(60, settings.READER_TIMEOUT_SECONDS)),
        characters=20_000_000,
    )


def _is_xml(head: bytes) -> bool:
    bare = head
    for mark in _MARKS:
        bare = bare.removeprefix(mark)
    return bare.replace(b"\0", b"").lstrip()[:1] == b"<"
