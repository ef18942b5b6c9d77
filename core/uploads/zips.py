"""Reading a ZIP that nobody vouches for: its directory first, content only in counted pieces."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.uploads.contract import UploadRejected

CHUNK = 64 * 1024
STORED, DEFLATED = 0, 8
ENCRYPTED_FLAG, SIZES_FOLLOW_FLAG = 0x1, 0x8
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_END_RECORD = struct.Struct("<4s4H2IH")
_END_RECORD_REACH = 65535 + _END_RECORD.size
# Room per directory entry: fixed part, a long name and extra fields. More is not an honest ZIP.
_ENTRY_ROOM = 1024
_DEFLATE_OVERHEAD = 1024
# Spoilt data may unpack to a little more than it was; a bomb does not stop there.
_DAMAGE_OVERSHOOT = 1024 * 1024
# What zipfile raises on a directory that makes no sense; not only its own error class.
_BROKEN = (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, EOFError)


class DamagedPart(Exception):
    """A part whose compressed data is cut off, corrupt, or not where the directory says."""


class PartTooLarge(Exception):
    """A part that unpacks to more than it may or than the directory says."""


@contextmanager
def open_zip(path: Path, max_entries: int) -> Iterator[zipfile.ZipFile]:
    """The ZIP with its directory read.

    Raises UploadRejected ``too_many_members`` before a directory of that size is loaded, and
    ``damaged_archive`` for one that cannot be read.
    """
    _check_directory_size(path, max_entries)
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise UploadRejected("damaged_archive") from error
    with archive:
        yield archive


def _check_directory_size(path: Path, max_entries: int) -> None:
    with path.open("rb") as handle:
        size = handle.seek(0, 2)
        handle.seek(max(0, size - _END_RECORD_REACH))
        tail = handle.read()
    position = tail.rfind(b"PK\x05\x06")
    if position < 0 or len(tail) - position < _END_RECORD.size:
        raise UploadRejected("damaged_archive")
    record = _END_RECORD.unpack_from(tail, position)
    # In the ZIP64 form these fields are all ones: more entries than any file we take.
    count, directory_bytes = record[4], record[5]
    if directory_bytes == 0xFFFFFFFF or count == 0xFFFF:
        count, directory_bytes = _zip64_numbers(tail, position)
    if count > max_entries or directory_bytes > max_entries * _ENTRY_ROOM:
        params = {"count": str(count), "limit": str(max_entries)}
        raise UploadRejected("too_many_members", params)


def _zip64_numbers(tail: bytes, end_record: int) -> tuple[int, int]:
    position = tail.rfind(b"PK\x06\x06", 0, end_record)
    if position < 0 or end_record - position < 56:
        raise UploadRejected("damaged_archive")
    count, directory_bytes = struct.unpack_from("<QQ", tail, position + 32)
    return count, directory_bytes


def check_layout(archive: zipfile.ZipFile, handle: BinaryIO) -> None:
    """Refuse a directory that contradicts the file: overlapping parts or lying sizes.

    Overlaps are how a bomb of a few kilobytes promises petabytes; local headers that disagree
    with the directory are how it hides its size from the reader that trusts the other one.
    """
    end = archive.start_dir
    for info in sorted(archive.infolist(), key=lambda item: item.header_offset, reverse=True):
        if info.header_offset + _LOCAL_HEADER.size + info.compress_size > end:
            raise UploadRejected("zip_bomb", {"part": info.filename})
        end = info.header_offset
        _check_sizes(info, handle)


def _check_sizes(info: zipfile.ZipInfo, handle: BinaryIO) -> None:
    header = _local_header(info, handle)
    flags, packed, unpacked = header[2], header[7], header[8]
    follows = flags & SIZES_FOLLOW_FLAG or 0xFFFFFFFF in (packed, unpacked)
    if not follows and (packed, unpacked) != (info.compress_size, info.file_size):
        raise UploadRejected("zip_bomb", {"part": info.filename})
    if info.compress_size > info.file_size + info.file_size // 100 + _DEFLATE_OVERHEAD:
        raise UploadRejected("zip_bomb", {"part": info.filename})


def _local_header(info: zipfile.ZipInfo, handle: BinaryIO) -> tuple[int, ...]:
    """The header in front of a part; the file position is left behind its fixed fields."""
    if info.header_offset < 0 or not info.filename:
        raise DamagedPart(info.filename)
    handle.seek(info.header_offset)
    raw = handle.read(_LOCAL_HEADER.size)
    if len(raw) < _LOCAL_HEADER.size or raw[:4] != b"PK\x03\x04":
        raise DamagedPart(info.filename)
    return _LOCAL_HEADER.unpack(raw)


def inflate(info: zipfile.ZipInfo, handle: BinaryIO, limit: int) -> Iterator[bytes]:
    """The content of a part in pieces of at most 64 KB, counted, never trusting a header.

    Raises PartTooLarge once more than ``limit`` or far more than the declared size has come out,
    DamagedPart for data that ends early, is corrupt or fails its checksum.
    """
    count, checksum = 0, 0
    for piece in _unpack(info, handle):
        count += len(piece)
        if count > min(limit, info.file_size + _DAMAGE_OVERSHOOT):
            raise PartTooLarge(info.filename)
        if count <= info.file_size:
            checksum = zlib.crc32(piece, checksum)
            yield piece
    if count != info.file_size or checksum != info.CRC:
        raise DamagedPart(info.filename)


def read_head(info: zipfile.ZipInfo, handle: BinaryIO, size: int) -> bytes:
    """The first ``size`` bytes of a part, unchecked; DamagedPart when even they cannot be read."""
    head = b""
    for piece in _unpack(info, handle, piece_size=size):
        head += piece
        if len(head) >= size:
            break
    return head[:size]


def _unpack(info: zipfile.ZipInfo, handle: BinaryIO, piece_size: int = CHUNK) -> Iterator[bytes]:
    name_length, extra_length = _local_header(info, handle)[-2:]
    handle.seek(name_length + extra_length, 1)
    packed = _packed(info, handle, min(piece_size, CHUNK))
    if info.compress_type == STORED:
        yield from packed
    elif info.compress_type == DEFLATED:
        yield from _inflated(packed, info.filename, piece_size)
    else:
        raise DamagedPart(info.filename)


def _packed(info: zipfile.ZipInfo, handle: BinaryIO, piece_size: int) -> Iterator[bytes]:
    left = info.compress_size
    while left:
        # The caller may read other parts between two pieces.
        position = handle.tell()
        piece = handle.read(min(left, piece_size))
        if not piece:
            raise DamagedPart(info.filename)
        left -= len(piece)
        yield piece
        handle.seek(position + len(piece))


def _inflated(packed: Iterator[bytes], name: str, piece_size: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-15)
    for piece in packed:
        while piece:
            try:
                out = decoder.decompress(piece, piece_size)
            except zlib.error as error:
                raise DamagedPart(name) from error
            if out:
                yield out
            piece = decoder.unconsumed_tail
            if decoder.eof:
                return
    if not decoder.eof:
        yield from _rest(decoder, name)


def _rest(decoder: zlib._Decompress, name: str) -> Iterator[bytes]:
    try:
        out = decoder.flush()
    except zlib.error as error:
        raise DamagedPart(name) from error
    if out:
        yield out
    if not decoder.eof:
        raise DamagedPart(name)


_DRIVE = re.compile(r"^[A-Za-z]:")


def escapes(name: str) -> bool:
    """Whether a member name would leave the folder it is unpacked to, on any system."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or bool(_DRIVE.match(plain)) or ".." in plain.split("/")
