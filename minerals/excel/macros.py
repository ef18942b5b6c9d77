"""Takes the macros out of a workbook and leaves every other part as it is.

Source: ISO 29500-2 (content types, relationships); [MS-OFFMACRO2] 2.2 for the macro parts.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from core.spreadsheets.workbook_parts import tag_attributes
from core.uploads.contract import UploadRejected
from core.uploads.zips import DamagedPart, PartTooLarge, inflate, open_zip

_MAX_PARTS = 2_000
_MAX_BYTES = 512 * 1024 * 1024
_INDEX_BYTES = 4 * 1024 * 1024
_CONTENT_TYPES = "[content_types].xml"
_TAG = re.compile(
    r"<(?:\w+:)?(?P<kind>Override|Default|Relationship)\s(?P<attributes>[^>]*?)"
    r"(?:/>|>\s*</(?:\w+:)?(?P=kind)>)"
)
_MACRO_TYPE = re.compile(r"vba", re.I)
_MACRO_NAME = re.compile(r"(^|/)vba[^/]*\.(bin|xml)$", re.I)
_MACRO_FOLDER = re.compile(r"\bmacrosheets/", re.I)
_MACRO_SHEET = re.compile(r"macrosheet", re.I)
_PRINTER_SETTINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}.main+xml"
_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORKSHEET_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
)
_EMPTY_SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)


def strip_macros(source: Path, target: Path) -> None:
    """Write the .xlsm at ``source`` to ``target`` as an .xlsx without any macro.

    Gone are the VBA project and what belongs to it. Sheets of Excel 4 macros stay in their order
    as empty worksheets, because names and other sheets count on it. Raises UploadRejected
    (damaged_archive, zip_bomb, too_many_members) and leaves no ``target`` behind.
    """
    try:
        _strip(source, target)
    except (UploadRejected, DamagedPart, PartTooLarge) as error:
        target.unlink(missing_ok=True)
        if isinstance(error, PartTooLarge):
            raise UploadRejected("zip_bomb", {"part": str(error)}) from error
        if isinstance(error, DamagedPart):
            raise UploadRejected("damaged_archive") from error
        raise


def _strip(source: Path, target: Path) -> None:
    with source.open("rb") as handle, open_zip(source, _MAX_PARTS) as archive:
        infos = archive.infolist()
        types = next((info for info in infos if info.filename.lower() == _CONTENT_TYPES), None)
        content_types = b"".join(inflate(types, handle, _INDEX_BYTES)) if types else b""
        gone, sheets = _macro_parts(content_types, [info.filename for info in infos])
        kept = (info for info in infos if not {info.filename, _owner(info.filename)} & gone)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as output:
            for info in kept:
                if _owner(info.filename) not in sheets:
                    with output.open(_entry(info), "w") as part:
                        part.writelines(_cleaned(info, handle, sheets))


def _cleaned(info: zipfile.ZipInfo, handle: BinaryIO, sheets: set[str]) -> Iterable[bytes]:
    if info.filename in sheets:
        return [_EMPTY_SHEET]
    if info.filename.lower() == _CONTENT_TYPES:
        return [_rewrite(b"".join(inflate(info, handle, _INDEX_BYTES)), _clean_type)]
    if info.filename.endswith(".rels"):
        return [_rewrite(b"".join(inflate(info, handle, _INDEX_BYTES)), _clean_relation)]
    return inflate(info, handle, _MAX_BYTES)


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(_moved(info.filename), info.date_time)
    entry.compress_type = zipfile.ZIP_STORED if info.is_dir() else zipfile.ZIP_DEFLATED
    entry.external_attr = info.external_attr
    return entry


def _macro_parts(types: bytes, parts: list[str]) -> tuple[set[str], set[str]]:
    """Names of the parts to drop and of the sheets to empty."""
    gone = {name for name in parts if _MACRO_NAME.search(name)}
    sheets = {name for name in parts if _MACRO_FOLDER.search(name) and "/_rels/" not in name}
    for match in _TAG.finditer(types.decode("utf-8-sig", "replace")):
        attributes = tag_attributes(match["attributes"])
        name, kind = attributes.get("PartName", "").lstrip("/"), attributes.get("ContentType", "")
        if name and _MACRO_TYPE.search(kind):
            gone.add(name)
        if name and _MACRO_SHEET.search(kind):
            sheets.add(name)
    return gone, sheets


def _owner(name: str) -> str:
    """The part a relationship part belongs to."""
    folder, file = posixpath.split(name)
    if posixpath.basename(folder) != "_rels":
        return ""
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _moved(name: str) -> str:
    """Emptied macro sheets go where worksheets are: by the folder many programs tell the kind."""
    return _MACRO_FOLDER.sub("worksheets/macro_", name)


def _rewrite(data: bytes, clean: Callable[[str, str, dict[str, str]], str]) -> bytes:
    """Every entry replaced by what ``clean`` makes of it; the same bytes if nothing changes."""
    text = data.decode("utf-8-sig", "replace")
    cleaned = _TAG.sub(
        lambda match: clean(match[0], match["kind"], tag_attributes(match["attributes"])), text
    )
    return data if cleaned == text else cleaned.encode()


def _clean_type(tag: str, kind: str, attributes: dict[str, str]) -> str:
    content = attributes.get("ContentType", "")
    if _MACRO_SHEET.search(content):
        return _moved(tag.replace(content, _WORKSHEET_TYPE))
    if "macroEnabled" in content:
        return tag.replace(content, _MAIN.format("template" if "template" in content else "sheet"))
    if _MACRO_TYPE.search(content):
        # Other binary parts may live on the default; their usual kind is printer settings.
        return tag.replace(content, _PRINTER_SETTINGS) if kind == "Default" else ""
    return tag


def _clean_relation(tag: str, kind: str, attributes: dict[str, str]) -> str:
    relation = attributes.get("Type", "")
    last = relation.rpartition("/")[2]
    if _MACRO_TYPE.search(last):
        return ""
    if _MACRO_SHEET.search(last):
        return _moved(tag.replace(relation, _WORKSHEET_RELATION))
    return tag
