"""Names what is wrong with a workbook that cannot or should not be read.

``find_obstacle`` is the cheap look before reading: it inflates nothing large unless the file
itself claims to be out of proportion. ``diagnose`` is the thorough look afterwards, when the
reader gave up or died.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.sax import SAXException

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from core.spreadsheets.workbook_parts import WorkbookParts, read_parts
from core.uploads.contract import UploadLimits, UploadRejected
from core.uploads.guard import inspect_upload
from core.uploads.zips import DamagedPart, PartTooLarge, inflate, read_head
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.sheet_scan import (
    Oversize,
    ScanTimeout,
    claims_too_much,
    find_oversize,
    find_text_user,
)

_MEGABYTE = 1024 * 1024
_ZIP_SIGNATURE = b"PK\x03\x04"
_TEXTS = "sharedStrings.xml"
_SHEET_HEAD = 1024
# Whether a file is too large to be uploaded is not the reader's question.
_ANY_SIZE = UploadLimits(max_file_bytes=1 << 40)
# Sheets this small are quicker looked through than reasoned about.
_SMALL_SHEET = 64 * 1024


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """Seconds and bytes a scan may take; sizes from which a part is scanned before reading.

    The largest honest parts are 8 MB (a smelter list with all 2,500 rows) and 3 MB (texts).
    """

    seconds: float = 5.0
    part_bytes: int = 512 * _MEGABYTE
    suspicious_sheet: int = 16 * _MEGABYTE
    suspicious_texts: int = 8 * _MEGABYTE


def find_obstacle(path: Path, sheets: frozenset[str], limits: ScanLimits) -> None:
    """Raise UnreadableWorkbook (sheet_too_large, cell_too_long, zip_bomb) if one is in plain sight.

    Only ``sheets``, the ones that are going to be read, are looked at (names in lower case).
    """
    _Examination(path, limits).before_reading(sheets)


def diagnose(path: Path, limits: ScanLimits) -> None:
    """Raise UnreadableWorkbook with the cause: what the upload guard or find_obstacle would say,
    macro_sheets_present or damaged_sheet.

    Returns when nothing is found; the caller then knows only how the reader ended.
    """
    try:
        inspect_upload(path, "workbook.xlsx", _ANY_SIZE)
    except UploadRejected as refusal:
        raise UnreadableWorkbook(refusal.code, refusal.params) from refusal
    _Examination(path, limits).after_failure()


@contextmanager
def _named_failures(name: str, info: zipfile.ZipInfo) -> Iterator[None]:
    """A part that cannot be unpacked, as the error of the sheet it holds."""
    try:
        yield
    except PartTooLarge as error:
        raise UnreadableWorkbook("zip_bomb", {"part": info.filename}) from error
    except DamagedPart as error:
        raise UnreadableWorkbook("damaged_sheet", {"sheet": name}) from error


class _Examination:
    def __init__(self, path: Path, limits: ScanLimits) -> None:
        self._path = path
        self._limits = limits
        self._deadline = time.monotonic() + limits.seconds

    def before_reading(self, sheets: frozenset[str]) -> None:
        with self._path.open("rb") as handle:
            parts = self._parts(handle)
            for name, info in parts.sheets.items():
                if name.strip().lower() in sheets and self._suspicious(name, info, handle):
                    self._require_sheet(name, info, handle)
            texts = parts.shared_strings
            if texts is not None and texts.file_size > self._limits.suspicious_texts:
                self._require_texts(parts, texts, handle)

    def after_failure(self) -> None:
        with self._path.open("rb") as handle:
            parts = self._parts(handle)
            if parts.has_macro_sheets:
                raise UnreadableWorkbook("macro_sheets_present")
            named = dict(parts.sheets)
            if parts.shared_strings is not None:
                named[_TEXTS] = parts.shared_strings
            for name, info in named.items():
                self._require_whole(name, info, handle)
            for name, info in parts.sheets.items():
                self._require_sheet(name, info, handle)
            if parts.shared_strings is not None:
                self._require_texts(parts, parts.shared_strings, handle)
            for name, info in named.items():
                self._require_well_formed(name, info, handle)

    def _parts(self, handle: BinaryIO) -> WorkbookParts:
        if handle.read(4) != _ZIP_SIGNATURE:
            return WorkbookParts({}, None, False)
        try:
            return read_parts(self._path, handle)
        except UploadRejected as refusal:
            raise UnreadableWorkbook(refusal.code, refusal.params) from refusal

    def _suspicious(self, name: str, info: zipfile.ZipInfo, handle: BinaryIO) -> bool:
        if info.file_size <= _SMALL_SHEET or info.file_size > self._limits.suspicious_sheet:
            return True
        with _named_failures(name, info):
            return claims_too_much(read_head(info, handle, _SHEET_HEAD))

    def _require_sheet(self, name: str, info: zipfile.ZipInfo, handle: BinaryIO) -> None:
        found = self._scan(name, info, handle)
        if found is None:
            return
        if found.kind == "sheet":
            raise UnreadableWorkbook("sheet_too_large", {"sheet": name, "cell": found.cell})
        cell = f"{name}!{found.cell}" if found.cell else name
        raise UnreadableWorkbook("cell_too_long", {"cell": cell})

    def _require_texts(
        self, parts: WorkbookParts, texts: zipfile.ZipInfo, handle: BinaryIO
    ) -> None:
        found = self._scan(_TEXTS, texts, handle)
        if found is not None:
            cell = self._user(parts, found.index, handle)
            raise UnreadableWorkbook("cell_too_long", {"cell": cell})

    def _user(self, parts: WorkbookParts, index: int, handle: BinaryIO) -> str:
        """Where the overlong text is shown; the name of the text part when no cell is found."""
        for name, info in parts.sheets.items():
            pieces = inflate(info, handle, self._limits.part_bytes)
            try:
                cell = find_text_user(pieces, index, self._deadline)
            except (DamagedPart, PartTooLarge, ScanTimeout):
                continue
            if cell:
                return f"{name}!{cell}"
        return _TEXTS

    def _scan(self, name: str, info: zipfile.ZipInfo, handle: BinaryIO) -> Oversize | None:
        pieces = inflate(info, handle, self._limits.part_bytes)
        with _named_failures(name, info):
            try:
                return find_oversize(pieces, self._deadline)
            except ScanTimeout:
                return None

    def _require_whole(self, name: str, info: zipfile.ZipInfo, handle: BinaryIO) -> None:
        with _named_failures(name, info):
            for _ in inflate(info, handle, self._limits.part_bytes):
                if time.monotonic() > self._deadline:
                    return

    def _require_well_formed(self, name: str, info: zipfile.ZipInfo, handle: BinaryIO) -> None:
        parser = defusedxml.sax.make_parser()
        try:
            for piece in inflate(info, handle, self._limits.part_bytes):
                if time.monotonic() > self._deadline:
                    return
                parser.feed(piece)
            parser.close()
        except DefusedXmlException as error:
            raise UnreadableWorkbook("xml_entities", {"part": info.filename}) from error
        except (SAXException, DamagedPart) as error:
            raise UnreadableWorkbook("damaged_sheet", {"sheet": name}) from error
