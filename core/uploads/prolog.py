"""Finds document types in XML without parsing it.

An entity can only be declared in a document type, and a document type can only stand before the
first element: reading the head of a part is enough to know that no entity can expand in it.
"""

from __future__ import annotations

import re
from typing import Literal

Verdict = Literal["clear", "refused", "undecided"]

# OOXML (ISO 29500-2, 8.1.4) allows UTF-8 and UTF-16; the others here read ASCII as ASCII.
_ENCODINGS = frozenset(
    {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"}
    | {"iso-8859-1", "windows-1252", "gb2312", "gbk"}
)
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_EBCDIC_DECLARATION = b"\x4c\x6f\xa7\x94"
_ENCODING = re.compile(r"""\sencoding\s*=\s*["']([^"']*)["']""")
_SKIPPED = (("<?", "?>"), ("<!--", "-->"))


def inspect_prolog(head: bytes) -> Verdict:
    """What stands before the first element of the XML part that begins with ``head``.

    ``refused``: a document type, or an encoding in which one could hide. ``undecided``: the first
    element is not within ``head``. Anything that is not XML is ``clear``.
    """
    if head.startswith(_EBCDIC_DECLARATION):
        return "refused"
    text = _decoded(head).lstrip("\ufeff \t\r\n")
    if not text:
        return "undecided" if head else "clear"
    declared = _ENCODING.search(text.split("?>", 1)[0]) if text.startswith("<?xml") else None
    if declared and declared[1].lower() not in _ENCODINGS:
        return "refused"
    return _walk(text)


def _decoded(head: bytes) -> str:
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    if head[1:2] == b"\x00":
        return head.decode("utf-32-le" if head[2:3] == b"\x00" else "utf-16-le", "replace")
    if head[:1] == b"\x00":
        return head.decode("utf-32-be" if head[1:2] == b"\x00" else "utf-16-be", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _walk(text: str) -> Verdict:
    position = 0
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        if len(text) - position < len("<!--"):
            # Too short to tell a comment from a document type.
            return "undecided"
        skipped = _skip(text, position)
        if skipped is None:
            return "refused" if text.startswith("<!", position) else "clear"
        if skipped < 0:
            return "undecided"
        position = skipped


def _skip(text: str, position: int) -> int | None:
    """The place behind an instruction or comment, -1 if it does not end, None if it is neither."""
    for opening, closing in _SKIPPED:
        if text.startswith(opening, position):
            end = text.find(closing, position + len(opening))
            return end + len(closing) if end >= 0 else -1
    return None
