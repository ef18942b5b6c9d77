"""The words of the upload guard: limits, facts about a good file, the refusal of a bad one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEGABYTE = 1024 * 1024
# The guard knows the first four; csv and xml come through doors of their own.
UploadKind = Literal["xlsx", "xlsm", "xls", "zip", "csv", "xml"]


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Sizes in bytes. The defaults leave a full RMI workbook (2 MB, 12 MB unzipped) ample room.

    ``max_ratio`` (unzipped to zipped) is only applied beyond ``ratio_floor``: a small file may
    compress as well as it likes.
    """

    max_file_bytes: int = 25 * MEGABYTE
    max_archive_bytes: int = 300 * MEGABYTE
    max_archive_members: int = 200
    max_archive_expanded: int = 2048 * MEGABYTE
    max_expanded: int = 256 * MEGABYTE
    max_ratio: int = 200
    ratio_floor: int = 64 * MEGABYTE
    max_parts: int = 2000

    @property
    def max_entries(self) -> int:
        """Of the directory of a ZIP; clutter between the members of an archive is no member."""
        return max(self.max_parts, 4 * self.max_archive_members)


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What is known of a file that may be read."""

    sha256: str
    size: int
    kind: UploadKind
    has_macros: bool = False
    has_external_links: bool = False


class UploadRejected(Exception):
    """A file that is not let in: ``code`` names a check of the catalogue, ``params`` fill it."""

    def __init__(self, code: str, params: dict[str, str] | None = None) -> None:
        self.code = code
        self.params = params or {}
        super().__init__(code, self.params)


def megabytes(size: int) -> str:
    """``size`` in megabytes for people: whole numbers bare, otherwise one decimal."""
    value = size / MEGABYTE
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
