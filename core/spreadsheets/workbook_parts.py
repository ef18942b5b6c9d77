"""The parts of an .xlsx by the sheet they hold, found without parsing any sheet."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.uploads.zips import DamagedPart, PartTooLarge, inflate, open_zip

SHARED_STRINGS = "xl/sharedStrings.xml"
_INDEX_LIMIT = 4 * 1024 * 1024
_MAX_PARTS = 20_000
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """``sheets`` maps the name on the tab to its part, in the order of the tabs.

    ``has_macro_sheets``: it has sheets of Excel 4 macros, which the reading library refuses.
    """

    sheets: dict[str, zipfile.ZipInfo]
    shared_strings: zipfile.ZipInfo | None
    has_macro_sheets: bool


def read_parts(path: Path, handle: BinaryIO) -> WorkbookParts:
    """No sheets when the index is unreadable. Raises UploadRejected if the ZIP cannot be opened."""
    with open_zip(path, _MAX_PARTS) as archive:
        parts = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
    relations = _relations(_text(parts.get("xl/_rels/workbook.xml.rels"), handle))
    sheets: dict[str, zipfile.ZipInfo] = {}
    for tag in _SHEET.findall(_text(parts.get("xl/workbook.xml"), handle)):
        attributes = tag_attributes(tag)
        identifier = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        part = parts.get(relations.get(identifier, ""))
        if part is not None:
            sheets[attributes.get("name", part.filename)] = part
    macros = any(name.startswith("xl/macrosheets/") for name in parts)
    return WorkbookParts(sheets, parts.get(SHARED_STRINGS), macros)


def tag_attributes(tag: str) -> dict[str, str]:
    """The attributes of one start tag, entities resolved."""
    return {
        name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _relations(text: str) -> dict[str, str]:
    found = {}
    for tag in _RELATION.findall(text):
        attributes = tag_attributes(tag)
        target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        found[attributes.get("Id", "")] = target.lstrip("/")
    return found


def _text(info: zipfile.ZipInfo | None, handle: BinaryIO) -> str:
    if info is None:
        return ""
    try:
        raw = b"".join(inflate(info, handle, _INDEX_LIMIT))
    except (DamagedPart, PartTooLarge):
        return ""
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    return raw.decode("utf-16" if wide else "utf-8-sig", "replace")
