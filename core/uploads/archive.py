"""Opens a ZIP of workbooks: every member is inspected by itself, a bad one never stops the rest."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.uploads.contract import UploadFacts, UploadLimits, UploadRejected
from core.uploads.guard import inspect_upload, require_count, require_size
from core.uploads.member_names import is_clutter, member_name
from core.uploads.zips import (
    ENCRYPTED_FLAG,
    DamagedPart,
    PartTooLarge,
    check_layout,
    escapes,
    inflate,
    open_zip,
)


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file that may be read. ``name`` is its path inside the ZIP, ``path`` where it lies now."""

    name: str
    path: Path
    facts: UploadFacts

    @property
    def filename(self) -> str:
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class RejectedMember:
    """A file that was not let in, with the code and params of UploadRejected."""

    name: str
    code: str
    params: dict[str, str]


def expand_archive(
    path: Path, limits: UploadLimits, into: Path
) -> tuple[ArchiveMember | RejectedMember, ...]:
    """Unpack the ZIP at ``path`` into the empty folder ``into`` under neutral names.

    Members come in the order of the ZIP; those refused leave nothing behind. Raises
    UploadRejected when the ZIP as a whole is refused: damaged_archive, too_many_members,
    empty_archive, zip_bomb.
    """
    with path.open("rb") as handle, open_zip(path, limits.max_entries) as archive:
        infos = [info for info in archive.infolist() if not is_clutter(info.filename)]
        _require_archive(archive, infos, limits, handle)
        return _Expansion(limits, into, handle).run(infos)


def _require_archive(
    archive: zipfile.ZipFile,
    infos: list[zipfile.ZipInfo],
    limits: UploadLimits,
    handle: BinaryIO,
) -> None:
    if not infos:
        raise UploadRejected("empty_archive")
    require_count(len(infos), limits.max_archive_members)
    try:
        check_layout(archive, handle)
    except DamagedPart as error:
        raise UploadRejected("damaged_archive") from error


class _Expansion:
    """One run over the members of one ZIP: counts what came out and which names were seen."""

    def __init__(self, limits: UploadLimits, into: Path, handle: BinaryIO) -> None:
        self._limits = limits
        self._into = into
        self._handle = handle
        self._room = limits.max_archive_expanded
        self._seen: set[str] = set()

    def run(self, infos: list[zipfile.ZipInfo]) -> tuple[ArchiveMember | RejectedMember, ...]:
        return tuple(self._expand(number, info) for number, info in enumerate(infos, start=1))

    def _expand(self, number: int, info: zipfile.ZipInfo) -> ArchiveMember | RejectedMember:
        name = member_name(info)
        target = self._into / f"{number:05d}"
        try:
            self._require_member(info, name)
            self._write(info, target)
            return ArchiveMember(name, target, self._inspect(target, name))
        except UploadRejected as refusal:
            target.unlink(missing_ok=True)
            return RejectedMember(name, refusal.code, refusal.params)

    def _require_member(self, info: zipfile.ZipInfo, name: str) -> None:
        if escapes(info.orig_filename) or escapes(name):
            raise UploadRejected("path_traversal", {"part": name})
        if name in self._seen:
            raise UploadRejected("duplicate_member", {"part": name})
        self._seen.add(name)
        if info.flag_bits & ENCRYPTED_FLAG:
            raise UploadRejected("encrypted_archive")
        require_size(info.file_size, self._limits.max_file_bytes)

    def _write(self, info: zipfile.ZipInfo, target: Path) -> None:
        limit = min(self._room, self._limits.max_file_bytes)
        try:
            with target.open("xb") as output:
                for piece in inflate(info, self._handle, limit):
                    self._room -= output.write(piece)
        except PartTooLarge as error:
            raise UploadRejected("zip_bomb", {"part": info.filename}) from error
        except DamagedPart as error:
            raise UploadRejected("damaged_archive") from error

    def _inspect(self, target: Path, name: str) -> UploadFacts:
        facts = inspect_upload(target, name, self._limits)
        if facts.kind == "zip":
            raise UploadRejected("nested_archive")
        return facts
