"""Names of files inside a ZIP: decoded as their sender meant them, without the clutter."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


def member_name(info: zipfile.ZipInfo) -> str:
    """The path of a member with ``/`` between folders, control characters removed.

    ZIPs made by Chinese Windows carry GBK names without saying so; ``zipfile`` then reads them
    as the DOS character set, which is undone here.
    """
    name = _unicode_path(info) or _redecoded(info)
    cleaned = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFC", cleaned.replace("\\", "/"))


def is_clutter(name: str) -> bool:
    """Folders, and files that systems and editors leave behind."""
    plain = name.replace("\\", "/")
    last = plain.rpartition("/")[2]
    if not last or plain.startswith("__MACOSX/") or "/__MACOSX/" in plain:
        return True
    return last.startswith((".", "~$")) or last.lower() in _CLUTTER


def _raw_name(info: zipfile.ZipInfo) -> bytes | None:
    if info.flag_bits & _UTF8_FLAG:
        return None
    try:
        return info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _redecoded(info: zipfile.ZipInfo) -> str:
    raw = _raw_name(info)
    if raw is None or raw.isascii():
        return info.filename
    for encoding in ("utf-8", "gb2312"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _as_gb18030(raw) or info.filename


def _as_gb18030(raw: bytes) -> str:
    """The name in GB18030 if most of it is everyday Chinese; ``""`` otherwise.

    Nearly any two bytes are some rare character there, so a western name would pass as well.
    """
    try:
        name = raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    foreign = [char for char in name if not char.isascii()]
    common = sum(1 for char in foreign if _in_gb2312(char))
    return name if common * 2 >= len(foreign) else ""


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _unicode_path(info: zipfile.ZipInfo) -> str:
    """The name in the Info-ZIP Unicode Path field (APPNOTE 4.6.9), if it belongs to this name."""
    raw = _raw_name(info)
    extra, position = info.extra, 0
    while raw is not None and position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        field = extra[position + 4 : position + 4 + length]
        if kind == _UNICODE_PATH and field[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
        position += 4 + length
    return ""
