"""The ZIP package of a workbook: parts, relationships, content types."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.uploads.contract import UploadRejected
from core.uploads.zips import DamagedPart, PartTooLarge
from minerals.excel.correction.markup import (
    OFFICE,
    Element,
    append_child,
    edited,
    prefix,
    require_utf8,
    scan,
    text,
)
from minerals.excel.correction.records import CannotAnnotate

CONTENT_TYPES = "[Content_Types].xml"
MAX_EDITED_PART = 256 * 1024 * 1024
_CHUNK = 1024 * 1024
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'
).encode()
Content = Sequence[bytes | memoryview]


@dataclass(frozen=True, slots=True)
class Relationship:
    """``target`` is the part's name in the package, or empty where it points outside."""

    id: str
    type: str
    target: str


# What reading a damaged package raises.
BROKEN = (
    UploadRejected,
    DamagedPart,
    PartTooLarge,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression this Python does not know
    RuntimeError,  # an encrypted part
    ValueError,
    OverflowError,
)
MAX_PARTS = 2_000


class Package:
    """A workbook open for surgery: parts nobody replaces are copied as they are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._changed: dict[str, Content] = {}
        self._dropped: set[str] = set()
        for info in archive.infolist():
            self._admit(info)

    def _admit(self, info: zipfile.ZipInfo) -> None:
        if info.is_dir():
            return
        name = info.filename
        if "\\" in name or name.startswith("/") or ".." in name.split("/"):
            raise CannotAnnotate("The workbook has a part with an unsafe name.")
        if info.flag_bits & 1:
            raise CannotAnnotate("The workbook is encrypted.")
        if name.lower() in self._infos:
            raise CannotAnnotate("The workbook has two parts of the same name.")
        self._infos[name.lower()] = info

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos or name in self._changed

    def mentions(self, pattern: re.Pattern[str]) -> bool:
        """Whether a part's name or content type matches."""
        names = any(pattern.search(info.filename) for info in self._infos.values())
        return (
            names or pattern.search(self.read(CONTENT_TYPES).decode("utf-8", "replace")) is not None
        )

    def read(self, name: str) -> bytes:
        """The whole part, as last replaced; it must be UTF-8."""
        if name in self._changed:
            return b"".join(self._changed[name])
        data = self.head(name, MAX_EDITED_PART + 1)
        if len(data) > MAX_EDITED_PART:
            raise CannotAnnotate("A part of the workbook is too large to edit.")
        require_utf8(data)
        return data

    def head(self, name: str, size: int) -> bytes:
        """The first ``size`` bytes of a part of the original file."""
        info = self._infos.get(name.lower())
        if info is None:
            raise CannotAnnotate("The workbook lacks a part it refers to.")
        with self._archive.open(info) as stream:
            return stream.read(size)

    def replace(self, name: str, content: Content) -> None:
        """Give a part new content, or add it."""
        info = self._infos.get(name.lower())
        self._changed[info.filename if info else name] = content

    def drop(self, name: str) -> None:
        self._dropped.add(name.lower())

    def unused_name(self, pattern: str) -> str:
        """The first free name of a pattern such as ``xl/comments{}.xml``."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def write(self, target: Path) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as output:
            for name, content in self._contents():
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                with output.open(info, "w") as stream:
                    for chunk in content:
                        stream.write(chunk)

    def _contents(self) -> Iterator[tuple[str, Iterator[bytes | memoryview]]]:
        for key, info in self._infos.items():
            if key not in self._dropped and info.filename not in self._changed:
                yield info.filename, self._copied(info)
        for name, content in self._changed.items():
            yield name, iter(content)

    def _copied(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def relationships(self, part: str) -> list[Relationship]:
        """What a part refers to, in the order of its .rels part."""
        rels = rels_name(part)
        if rels not in self:
            return []
        folder = posixpath.dirname(part)
        return [
            _relationship(element, folder)
            for element in scan(self.read(rels), 1)
            if element.depth == 1 and element.name == "Relationship"
        ]

    def workbook_name(self) -> str:
        """The part that lists the sheets."""
        for item in self.relationships(""):
            if item.type.endswith("/officeDocument") and item.target.endswith(".xml"):
                return item.target
        raise CannotAnnotate("The file holds no workbook that can be edited.")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from ``part`` to ``target``; returns its id."""
        taken = {relationship.id for relationship in self.relationships(part)}
        number = 1
        while f"rIdRemarks{number}" in taken:
            number += 1
        rels = rels_name(part)
        data = self.read(rels) if rels in self else _EMPTY_RELS
        root = scan(data, 0)[0]
        fragment = (
            f'<{prefix(data, root)}Relationship Id="rIdRemarks{number}" Type="{OFFICE}/{kind}" '
            f'Target="/{text(target)}"/>'
        )
        self.replace(rels, [edited(data, [append_child(data, root, fragment)])])
        return f"rIdRemarks{number}"

    def unrelate(self, part: str, relationship_id: str) -> None:
        """Remove one relationship."""
        rels = rels_name(part)
        data = self.read(rels)
        cuts = [
            (element.start, element.end)
            for element in scan(data, 1)
            if element.depth == 1 and element.attributes.get("Id") == relationship_id
        ]
        for start, end in reversed(cuts):
            data = data[:start] + data[end:]
        self.replace(rels, [data])

    def forget_relationships(self, part: str) -> None:
        if rels_name(part) in self:
            self.replace(rels_name(part), [_EMPTY_RELS])

    def declare(self, name: str, content_type: str) -> None:
        """State the content type of a new part."""
        data = self.read(CONTENT_TYPES)
        root = scan(data, 0)[0]
        fragment = (
            f'<{prefix(data, root)}Override PartName="/{text(name)}" ContentType="{content_type}"/>'
        )
        self.replace(CONTENT_TYPES, [edited(data, [append_child(data, root, fragment)])])

    def undeclare(self, name: str) -> None:
        """Remove the content type of a dropped part."""
        data = self.read(CONTENT_TYPES)
        for element in reversed(scan(data, 1)):
            if element.attributes.get("PartName", "").lower() == f"/{name}".lower():
                data = data[: element.start] + data[element.end :]
        self.replace(CONTENT_TYPES, [data])


def rels_name(part: str) -> str:
    """``xl/worksheets/_rels/sheet1.xml.rels`` for ``xl/worksheets/sheet1.xml``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relationship(element: Element, folder: str) -> Relationship:
    attributes = element.attributes
    target = attributes.get("Target", "")
    if attributes.get("TargetMode") == "External":
        target = ""
    elif target.startswith("/"):
        target = posixpath.normpath(target[1:])
    elif target:
        target = posixpath.normpath(posixpath.join(folder, target))
    return Relationship(attributes.get("Id", ""), attributes.get("Type", ""), target)
