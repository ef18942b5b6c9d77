"""OLE compound files ([MS-CFB]): the container of old and of encrypted workbooks."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

SECTOR = 512
_FREE, _CHAIN_END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A compound file of 512-byte sectors; streams shorter than 4,096 bytes are filled up."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_directory_entry("Root Entry", 5, _CHAIN_END, 0)]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        entries.append(_directory_entry(name, 2, len(sectors), len(padded)))
        _append_chain(sectors, table, padded)
    directory = len(sectors)
    _append_chain(sectors, table, b"".join(entries))
    fat = len(sectors)
    table.append(_FAT)
    table_bytes = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    header = _compound_header(directory, fat)
    path.write_bytes(header + b"".join(sectors) + table_bytes)
    return path


def _append_chain(sectors: list[bytes], table: list[int], content: bytes) -> None:
    pieces = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
    for piece in pieces:
        sectors.append(piece.ljust(SECTOR, b"\0"))
        table.append(len(sectors))
    table[-1] = _CHAIN_END


def _directory_entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, *[_FREE] * 3)
    return (head + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\0")


def _compound_header(directory: int, fat: int) -> bytes:
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    versions = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    places = struct.pack("<9I", 0, 1, directory, 0, 4096, _CHAIN_END, 0, _CHAIN_END, 0)
    tables = struct.pack("<109I", fat, *[_FREE] * 108)
    return signature + versions + places + tables


def biff_stream(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
