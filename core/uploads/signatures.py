"""What a file really is, whatever it is called."""

from __future__ import annotations

import re

import puremagic

_MARKUP = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body|table|!--)", re.I)
_XML = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<\?xml", re.I)
# The ones suppliers really send, and those a general detector names too vaguely.
_KNOWN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"#!", "SCRIPT"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
    (b"From ", "EML"),
    (b"\x09\x08", "XLS 5.0"),
    (b"\x09\x04", "XLS 4.0"),
    (b"\x09\x02", "XLS 3.0"),
    (b"\x09\x00", "XLS 2.0"),
)
UNKNOWN = "?"


def name_content(head: bytes) -> str:
    """A short name like ``PDF`` for a file that begins with ``head``, the same in every language.

    ``?`` when nothing is recognised.
    """
    for signature, name in _KNOWN:
        if head.startswith(signature):
            return name
    if _MARKUP.match(head):
        return "HTML"
    if _XML.match(head):
        return "XML"
    return _detected(head) or ("TXT" if _is_text(head) else UNKNOWN)


def _detected(head: bytes) -> str:
    try:
        extension = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return extension.lstrip(".").upper()


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    # The head may end inside a character.
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
