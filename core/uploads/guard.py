"""The door: says what an uploaded file is, or why it is not let in.

Only the directory of a ZIP and the heads of its parts are read; nothing is unpacked to disk.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from core.uploads.compound import SIGNATURE, DamagedCompound, is_encrypted_stream, read_compound
from core.uploads.contract import (
    UploadFacts,
    UploadKind,
    UploadLimits,
    UploadRejected,
    megabytes,
)
from core.uploads.member_names import is_clutter
from core.uploads.prolog import inspect_prolog
from core.uploads.signatures import name_content
from core.uploads.zips import (
    ENCRYPTED_FLAG,
    DamagedPart,
    check_layout,
    escapes,
    open_zip,
    read_head,
)

_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt")
_WORKBOOK_PART = re.compile(r"^xl/workbook\d*\.xml$", re.I)
_OTHER_DOCUMENTS = (("word/", "DOCX"), ("ppt/", "PPTX"), ("visio/", "VSDX"))
_OTHER_SPREADSHEETS = (("xl/workbook.bin", "XLSB"), ("index/document.iwa", "NUMBERS"))
_OLE_KINDS = (
    ("WordDocument", "DOC"),
    ("PowerPoint Document", "PPT"),
    ("__properties_version1.0", "MSG"),
)
_MACRO_PARTS = re.compile(r"(^|/)(vbaproject[^/]*\.bin|macrosheets/.*)$", re.I)
_MACRO_TYPES = (b"vbaProject", b"macroEnabled", b"macrosheet")
_HEAD, _LONG_HEAD = 1024, 64 * 1024


class _Found(NamedTuple):
    kind: UploadKind
    has_macros: bool = False
    has_external_links: bool = False


def inspect_upload(path: Path, filename: str, limits: UploadLimits) -> UploadFacts:
    """What the file at ``path``, uploaded as ``filename``, is.

    Raises UploadRejected with one of: empty_file, file_too_large, not_a_spreadsheet,
    unsupported_spreadsheet, damaged_archive, encrypted_workbook, protected_legacy_workbook,
    macros_in_old_workbook, encrypted_archive, empty_archive, zip_bomb, xml_entities,
    path_traversal, too_many_members.
    """
    size = path.stat().st_size
    if size == 0:
        raise UploadRejected("empty_file")
    require_size(size, max(limits.max_file_bytes, limits.max_archive_bytes))
    with path.open("rb") as handle:
        found = _inspect(path, filename, limits, handle)
        if found.kind != "zip":
            require_size(size, limits.max_file_bytes)
        handle.seek(0)
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return UploadFacts(digest, size, *found)


def require_size(size: int, limit: int) -> None:
    """Raise ``file_too_large`` for more than ``limit`` bytes."""
    if size > limit:
        params = {"size": megabytes(size), "limit": megabytes(limit)}
        raise UploadRejected("file_too_large", params)


def _inspect(path: Path, filename: str, limits: UploadLimits, handle: BinaryIO) -> _Found:
    head = handle.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inspect_zip(path, filename, limits, handle)
    if head.startswith(SIGNATURE):
        return _inspect_compound(path)
    raise UploadRejected("not_a_spreadsheet", {"found": name_content(head)})


def _inspect_compound(path: Path) -> _Found:
    try:
        names, head = read_compound(path)
    except DamagedCompound as error:
        raise UploadRejected("damaged_archive") from error
    if "EncryptedPackage" in names:
        raise UploadRejected("encrypted_workbook")
    if is_encrypted_stream(head):
        raise UploadRejected("protected_legacy_workbook")
    if not names & {"Workbook", "Book"}:
        found = next((kind for name, kind in _OLE_KINDS if name in names), "OLE")
        raise UploadRejected("not_a_spreadsheet", {"found": found})
    if "_VBA_PROJECT_CUR" in names:
        # They cannot be taken out of this format, and none are kept.
        raise UploadRejected("macros_in_old_workbook")
    return _Found("xls")


def _inspect_zip(path: Path, filename: str, limits: UploadLimits, handle: BinaryIO) -> _Found:
    with open_zip(path, limits.max_entries) as archive:
        parts = archive.infolist()
        names = {info.filename.replace("\\", "/") for info in parts}
        try:
            check_layout(archive, handle)
            if any(_WORKBOOK_PART.match(name) for name in names):
                return _inspect_workbook(parts, names, limits, handle)
            _refuse_other_kinds(names, parts, handle)
        except DamagedPart as error:
            raise UploadRejected("damaged_archive") from error
    if filename.lower().endswith(_WORKBOOK_NAMES):
        raise UploadRejected("not_a_spreadsheet", {"found": "ZIP"})
    return _inspect_archive(parts, limits)


def _refuse_other_kinds(names: set[str], parts: list[zipfile.ZipInfo], handle: BinaryIO) -> None:
    lowered = {name.lower() for name in names}
    for name, kind in _OTHER_SPREADSHEETS:
        if name in lowered:
            raise UploadRejected("unsupported_spreadsheet", {"found": kind})
    if "[content_types].xml" in lowered:
        for folder, kind in _OTHER_DOCUMENTS:
            if any(name.startswith(folder) for name in lowered):
                raise UploadRejected("not_a_spreadsheet", {"found": kind})
    if parts and parts[0].filename == "mimetype":
        _refuse_open_document(read_head(parts[0], handle, 128))


def _refuse_open_document(mimetype: bytes) -> None:
    kind = mimetype.decode("ascii", "replace").strip()
    if kind.endswith("opendocument.spreadsheet"):
        raise UploadRejected("unsupported_spreadsheet", {"found": "ODS"})
    name = {"text": "ODT", "presentation": "ODP"}.get(kind.rpartition(".")[2], "ZIP")
    raise UploadRejected("not_a_spreadsheet", {"found": name})


def _inspect_archive(parts: list[zipfile.ZipInfo], limits: UploadLimits) -> _Found:
    files = [info for info in parts if not is_clutter(info.filename)]
    if not files:
        raise UploadRejected("empty_archive")
    require_count(len(files), limits.max_archive_members)
    if sum(info.file_size for info in files) > limits.max_archive_expanded:
        raise UploadRejected("zip_bomb", {"part": _largest(files)})
    if all(info.flag_bits & ENCRYPTED_FLAG for info in files):
        raise UploadRejected("encrypted_archive")
    return _Found("zip")


def require_count(count: int, limit: int) -> None:
    """Raise ``too_many_members`` for more than ``limit`` files in an archive."""
    if count > limit:
        raise UploadRejected("too_many_members", {"count": str(count), "limit": str(limit)})


def _inspect_workbook(
    parts: list[zipfile.ZipInfo], names: set[str], limits: UploadLimits, handle: BinaryIO
) -> _Found:
    require_count(len(parts), limits.max_parts)
    for info in parts:
        if escapes(info.filename):
            raise UploadRejected("path_traversal", {"part": info.filename})
        if info.flag_bits & ENCRYPTED_FLAG:
            raise UploadRejected("encrypted_workbook")
    _require_room(parts, limits)
    types = b""
    for info in parts:
        head = _require_plain_xml(info, handle)
        if info.filename.lower() == "[content_types].xml":
            types = head if info.file_size <= _HEAD else read_head(info, handle, _LONG_HEAD)
    macros = any(mark in types for mark in _MACRO_TYPES) or any(
        _MACRO_PARTS.search(name) for name in names
    )
    links = any(name.lower().startswith("xl/externallinks/") for name in names)
    return _Found("xlsm" if macros else "xlsx", macros, links)


def _require_room(parts: list[zipfile.ZipInfo], limits: UploadLimits) -> None:
    unpacked = sum(info.file_size for info in parts)
    packed = max(1, sum(info.compress_size for info in parts))
    dense = unpacked > limits.ratio_floor and unpacked > limits.max_ratio * packed
    if unpacked > limits.max_expanded or dense:
        raise UploadRejected("zip_bomb", {"part": _largest(parts)})


def _require_plain_xml(info: zipfile.ZipInfo, handle: BinaryIO) -> bytes:
    """The head of a part that declares no entities; any part may be referred to as XML."""
    head = read_head(info, handle, _HEAD)
    verdict = inspect_prolog(head)
    if verdict == "undecided" and info.file_size > _HEAD:
        verdict = inspect_prolog(read_head(info, handle, _LONG_HEAD))
        # A beginning that never ends is made to hide what comes behind it.
        verdict = "refused" if verdict == "undecided" else verdict
    if verdict == "refused":
        raise UploadRejected("xml_entities", {"part": info.filename})
    return head


def _largest(parts: list[zipfile.ZipInfo]) -> str:
    return max(parts, key=lambda info: info.file_size).filename
