"""The directory of an OLE compound file: enough of it to say what the file is.

Old .xls workbooks are compound files, and so are encrypted .xlsx, old Word files and installers.
Source: [MS-CFB] 2.2-2.6; [MS-XLS] 2.4.117 for FILEPASS.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_LAST_SECTOR = 0xFFFFFFFA
# An honest workbook has some twenty entries; a chain that goes on is a trap.
_MAX_CHAIN = 4096
_FILEPASS, _SHEET, _END = 0x002F, 0x0085, 0x000A
_STREAM_HEAD = 8192


class DamagedCompound(Exception):
    """A compound file whose own tables lead nowhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream or storage: its name, first sector and size in bytes."""

    name: str
    start: int
    size: int


class CompoundFile:
    """A compound file opened for looking at its entries. Raises DamagedCompound."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        handle.seek(0)
        header = handle.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or header[:8] != SIGNATURE:
            raise DamagedCompound
        shift = int.from_bytes(header[30:32], "little")
        if shift not in (9, 12):
            raise DamagedCompound
        self._sector = 1 << shift
        self._fat_sectors = struct.unpack_from("<109I", header, 76)
        self._directory, self._next_table = _pair(header, 48, 68)
        self._cutoff = int.from_bytes(header[56:60], "little")
        self.entries = tuple(self._read_entries())

    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self.entries)

    def head(self, name: str, size: int) -> bytes:
        """The first ``size`` bytes of a stream; empty for one kept in the mini stream."""
        entry = next((item for item in self.entries if item.name == name), None)
        if entry is None or entry.size < self._cutoff:
            return b""
        data = b""
        for sector in self._chain(entry.start):
            data += self._read(sector)
            if len(data) >= size:
                break
        return data[:size]

    def _read(self, sector: int) -> bytes:
        self._handle.seek((sector + 1) * self._sector)
        data = self._handle.read(self._sector)
        if not data:
            raise DamagedCompound
        return data

    def _read_entries(self) -> Iterator[Entry]:
        for sector in self._chain(self._directory):
            data = self._read(sector)
            for offset in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
                length = int.from_bytes(data[offset + 64 : offset + 66], "little")
                if 2 <= length <= 64:
                    name = data[offset : offset + length - 2].decode("utf-16-le", "replace")
                    start, size = _pair(data, offset + 116, offset + 120)
                    yield Entry(name, start, size)

    def _chain(self, sector: int) -> Iterator[int]:
        for _ in range(_MAX_CHAIN):
            if sector >= _LAST_SECTOR:
                return
            yield sector
            sector = self._successor(sector)
        raise DamagedCompound

    def _successor(self, sector: int) -> int:
        per_sector = self._sector // 4
        table = self._read(self._table_sector(sector // per_sector))
        offset = sector % per_sector * 4
        if len(table) < offset + 4:
            raise DamagedCompound
        return int.from_bytes(table[offset : offset + 4], "little")

    def _table_sector(self, index: int) -> int:
        if index < len(self._fat_sectors):
            return int(self._fat_sectors[index])
        steps, place = divmod(index - len(self._fat_sectors), self._sector // 4 - 1)
        if steps > _MAX_CHAIN:
            raise DamagedCompound
        sector = self._next_table
        for _ in range(steps):
            sector = int.from_bytes(self._read(sector)[-4:], "little")
        return int.from_bytes(self._read(sector)[place * 4 : place * 4 + 4], "little")


def _pair(data: bytes, first: int, second: int) -> tuple[int, int]:
    return (
        int.from_bytes(data[first : first + 4], "little"),
        int.from_bytes(data[second : second + 4], "little"),
    )


def read_compound(path: Path) -> tuple[frozenset[str], bytes]:
    """The names of all entries and the beginning of the workbook stream (``b""`` without one)."""
    with path.open("rb") as handle:
        compound = CompoundFile(handle)
        head = compound.head("Workbook", _STREAM_HEAD) or compound.head("Book", _STREAM_HEAD)
        return compound.names(), head


def is_encrypted_stream(head: bytes) -> bool:
    """Whether a BIFF stream carries FILEPASS among the records before its list of sheets."""
    position = 0
    while position + 4 <= len(head):
        record, length = struct.unpack_from("<HH", head, position)
        if record == _FILEPASS:
            return True
        if record in (_SHEET, _END):
            return False
        position += 4 + length
    return False
