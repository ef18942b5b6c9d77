"""Editing XML by bytes: find elements with a parser, change only the bytes that must change.

A tree parser would drop namespace prefixes that ``mc:Ignorable`` still names, and would rewrite
megabytes to add one element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from minerals.excel.correction.records import CannotAnnotate

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_START_TAG = re.compile(
    rb"""<([^\s/>"']+)(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']+)""")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Edit(NamedTuple):
    """Replace ``data[start:end]``."""

    start: int
    end: int
    replacement: bytes


@dataclass(slots=True)
class Element:
    """Where an element stands in the bytes; ``end`` is -1 while it is open."""

    name: str
    namespace: str
    attributes: Mapping[str, str]
    depth: int
    start: int
    inner: int
    empty: bool
    end: int = -1
    inner_end: int = -1
    children: int = 0
    parent: Element | None = None


def printable(value: str) -> str:
    """``value`` without what XML cannot hold."""
    return _UNPRINTABLE.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))


def text(value: str) -> str:
    """``value`` as XML character data."""
    return escape(printable(value), {'"': "&quot;"})


def content(data: bytes, element: Element) -> str:
    """The character data of an element without children."""
    return unescape(data[element.inner : element.inner_end].decode("utf-8", "replace"))


def require_utf8(data: bytes) -> None:
    """Raise CannotAnnotate unless the part is UTF-8, the only encoding our bytes fit into."""
    declared = _ENCODING.search(data[:200].split(b"?>", 1)[0])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        declared is not None and declared[1].lower() not in (b"utf-8", b"utf8")
    ):
        raise CannotAnnotate("A part of the workbook is not written in UTF-8.")


@dataclass(slots=True)
class _Scanner:
    data: bytes
    max_depth: int
    shift: int
    found: list[Element] = field(default_factory=list)
    stack: list[Element | None] = field(default_factory=list)

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        parser.StartElementHandler = lambda name, attrs: self.open(parser, name, attrs)
        parser.EndElementHandler = lambda _name: self.close(parser)
        parser.StartDoctypeDeclHandler = _refuse_doctype
        return parser

    def open(self, parser: expat.XMLParserType, name: str, attributes: dict[str, str]) -> None:
        depth = len(self.stack)
        parent = self.stack[-1] if self.stack else None
        if parent is not None:
            parent.children += 1
        if depth > self.max_depth:
            self.stack.append(None)
            return
        start = parser.CurrentByteIndex + self.shift
        tag = _START_TAG.match(self.data, start) if start >= 0 else None
        namespace, _, local = name.rpartition(" ")
        inner = tag.end() if tag else start
        element = Element(
            local, namespace, attributes, depth, start, inner, bool(tag and tag[2]), parent=parent
        )
        self.found.append(element)
        self.stack.append(element)

    def close(self, parser: expat.XMLParserType) -> None:
        element = self.stack.pop()
        if element is None:
            return
        if element.empty:
            element.inner_end = element.end = element.inner
            return
        element.inner_end = parser.CurrentByteIndex + self.shift
        element.end = self.data.index(b">", element.inner_end) + 1


def _refuse_doctype(*_arguments: object) -> None:
    raise CannotAnnotate("A part of the workbook declares a document type.")


def scan(
    data: bytes, max_depth: int, *, part: slice = slice(None), opening: bytes = b""
) -> list[Element]:
    """The elements of ``data`` down to ``max_depth`` (the root is 0), in document order.

    ``part`` scans a section only, which may end in the middle of the document; ``opening`` is then
    the root's start tag, to give a section from the middle its namespaces.
    """
    start, stop, _step = part.indices(len(data))
    scanner = _Scanner(data, max_depth, start - len(opening))
    parser = scanner.parser()
    try:
        if opening:
            parser.Parse(opening, False)
        parser.Parse(data[start:stop], stop == len(data))
    except expat.ExpatError as error:
        raise CannotAnnotate("A part of the workbook is not well-formed XML.") from error
    return scanner.found


def start_tag(data: bytes, element: Element) -> bytes:
    return data[element.start : element.inner]


def prefix(data: bytes, element: Element) -> str:
    """The namespace prefix of an element with its colon, or nothing."""
    match = _START_TAG.match(data, element.start)
    name = match[1].decode() if match else ""
    before, colon, _after = name.rpartition(":")
    return before + colon


def set_attribute(data: bytes, element: Element, name: str, value: str) -> Edit:
    """Change the attribute ``name`` (as written, with its prefix) or add it."""
    place = element.start + 1
    while data[place] not in b" \t\r\n/>":
        place += 1
    after_name = place
    while match := _ATTRIBUTE.match(data, place, element.inner):
        if match[1] == name.encode():
            return Edit(match.start(2), match.end(2), f'"{text(value)}"'.encode())
        place = match.end()
    return Edit(after_name, after_name, f' {name}="{text(value)}"'.encode())


def append_child(data: bytes, element: Element, fragment: str) -> Edit:
    """Put ``fragment`` behind the last child; opens an element written as ``<a/>``."""
    if not element.empty:
        return Edit(element.inner_end, element.inner_end, fragment.encode())
    match = _START_TAG.match(data, element.start)
    if match is None:
        raise CannotAnnotate("A part of the workbook cannot be edited.")
    closing = b"</" + match[1] + b">"
    return Edit(match.start(2), element.end, b">" + fragment.encode() + closing)


def pieces(data: bytes, edits: Iterable[Edit]) -> list[bytes | memoryview]:
    """``data`` with the edits, as pieces to write one after the other: megabytes stay uncopied."""
    view, place = memoryview(data), 0
    result: list[bytes | memoryview] = []
    for edit in sorted(edits, key=lambda item: (item.start, item.end)):
        result += [view[place : edit.start], edit.replacement]
        place = edit.end
    result.append(view[place:])
    return result


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with the edits."""
    return b"".join(pieces(data, edits))
