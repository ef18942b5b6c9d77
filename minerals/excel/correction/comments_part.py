"""xl/commentsN.xml: add our texts to the comments of a sheet, take away those of the last round."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minerals.excel.correction.markup import (
    MAIN,
    Edit,
    Element,
    append_child,
    content,
    edited,
    prefix,
    scan,
    text,
)
from minerals.excel.correction.records import CannotAnnotate, Position, Remark, position

MAX_LENGTH = 2000
_FONT = '<{p}sz val="9"/><{p}color rgb="FF8A1C12"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'


@dataclass(frozen=True, slots=True)
class Annotated:
    """The new part, the cells whose drawn boxes are obsolete, and the full text of each cell.

    ``threaded`` tells that a comment was extended which newer Excel shows as a conversation.
    """

    data: bytes
    obsolete: frozenset[Position]
    texts: Mapping[Position, str]
    threaded: bool = False


def signature(author: str) -> str:
    """The line our texts begin with. It tells them from the supplier's own in the next round:

    some spreadsheet programs forget the author of a comment when they save.
    """
    return f"― {author} ―"


def comment_text(remarks: Iterable[Remark], author: str) -> str:
    """The remarks of one cell as one text, within what a box can show."""
    parts = dict.fromkeys(remark.text.strip() for remark in remarks)
    joined = f"{signature(author)}\n" + "\n\n".join(parts)
    return joined if len(joined) <= MAX_LENGTH else joined[: MAX_LENGTH - 1] + "…"


def new_comments(texts: Mapping[Position, str], author: str) -> Annotated:
    """A comments part for a sheet that has none."""
    comments = "".join(_comment("", place, value, 0) for place, value in texts.items())
    data = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
        f"<authors><author>{text(author)}</author></authors>"
        f"<commentList>{comments}</commentList></comments>"
    ).encode()
    return Annotated(data, frozenset(), texts)


def _comment(p: str, place: Position, value: str, author: int) -> str:
    return (
        f'<{p}comment ref="{place.address}" authorId="{author}"><{p}text>{_run(p, value)}'
        f"</{p}text></{p}comment>"
    )


def _run(p: str, value: str) -> str:
    font = _FONT.format(p=p)
    return f'<{p}r><{p}rPr>{font}</{p}rPr><{p}t xml:space="preserve">{text(value)}</{p}t></{p}r>'


class CommentsPart:
    """Existing comments, which may hold the supplier's own."""

    def __init__(self, data: bytes, author: str) -> None:
        self.data, self.author = data, author
        self.elements = scan(data, 7)
        if not self.elements or self.elements[0].namespace != MAIN:
            raise CannotAnnotate("The comments of a worksheet cannot be read.")
        self.starts = [item.start for item in self.elements]
        self.p = prefix(data, self.elements[0])
        self.authors = [content(data, item) for item in self._named("author")]
        self.comments = list(self._named("comment"))

    def _named(self, name: str) -> Iterable[Element]:
        return (item for item in self.elements if item.name == name and item.namespace == MAIN)

    def annotated(self, texts: Mapping[Position, str]) -> Annotated:
        """Our texts on top of what others wrote; what we wrote earlier goes."""
        edits, shown, threaded = list[Edit](), dict(texts), False
        obsolete, kept = set(texts), set[Position]()
        for comment in self.comments:
            place = position(comment.attributes.get("ref", ""))
            others, cuts = self._without_ours(comment)
            if place is None or not others:
                edits.append(Edit(comment.start, comment.end, b""))
                obsolete |= {place} if place is not None else set()
                continue
            kept.add(place)
            edits += cuts
            if place in texts:
                threaded = threaded or self._author_of(comment).startswith("tc=")
                shown[place] = f"{others}\n\n{texts[place]}"
                edits += self._extended(comment, f"\n\n{texts[place]}")
        edits += self._added({place: value for place, value in texts.items() if place not in kept})
        return Annotated(edited(self.data, edits), frozenset(obsolete), shown, threaded)

    def _without_ours(self, comment: Element) -> tuple[str, list[Edit]]:
        """The text of others, empty where there is none, and the cuts that leave only it."""
        texts = [item for item in self._inside(comment, "t") if _is_written(item)]
        whole = "".join(content(self.data, item) for item in texts)
        begin = whole.find(signature(self.author))
        if begin < 0:
            return "" if self._author_of(comment) == self.author else whole or " ", []
        others, place, cuts = whole[:begin].rstrip(), 0, list[Edit]()
        for item in texts:
            end = place + len(content(self.data, item))
            if end > len(others):
                rest = text(others[place:]).encode()
                cuts.append(self._cut(item, rest))
            place = end
        return others, cuts

    def _cut(self, item: Element, rest: bytes) -> Edit:
        if rest:
            return Edit(item.inner, item.inner_end, rest)
        run = item.parent if item.parent is not None and item.parent.name == "r" else item
        return Edit(run.start, run.end, b"")

    def _author_of(self, comment: Element) -> str:
        index = comment.attributes.get("authorId", "")
        known = index.isdecimal() and int(index) < len(self.authors)
        return self.authors[int(index)] if known else ""

    def _inside(self, comment: Element, name: str) -> list[Element]:
        first = bisect_left(self.starts, comment.start + 1)
        beyond = bisect_left(self.starts, comment.end)
        inside = self.elements[first:beyond]
        return [item for item in inside if item.name == name and item.namespace == MAIN]

    def _extended(self, comment: Element, addition: str) -> list[Edit]:
        """Behind the text that is there; a bare text becomes a run, for runs cannot follow it."""
        bodies = self._inside(comment, "text")
        if not bodies:
            return [append_child(self.data, comment, self._body(addition))]
        body = bodies[0]
        runs = [item for item in self._inside(body, "r") if item.parent is body]
        bare = [item for item in self._inside(body, "t") if item.parent is body]
        if not runs and not bare:
            return [append_child(self.data, body, _run(self.p, addition))]
        run = self.p.encode() + b"r>"
        edits = [Edit(item.start, item.start, b"<" + run) for item in bare]
        edits += [Edit(item.end, item.end, b"</" + run) for item in bare]
        last = max(item.end for item in (*runs, *bare))
        return [*edits, Edit(last, last, _run(self.p, addition).encode())]

    def _body(self, addition: str) -> str:
        return f"<{self.p}text>{_run(self.p, addition)}</{self.p}text>"

    def _added(self, texts: Mapping[Position, str]) -> list[Edit]:
        if not texts:
            return []
        edits = []
        index = len(self.authors)
        if self.author in self.authors:
            index = self.authors.index(self.author)
        else:
            fragment = f"<{self.p}author>{text(self.author)}</{self.p}author>"
            edits.append(append_child(self.data, self._only("authors"), fragment))
        comments = "".join(_comment(self.p, place, value, index) for place, value in texts.items())
        return [*edits, append_child(self.data, self._only("commentList"), comments)]

    def _only(self, name: str) -> Element:
        for element in self._named(name):
            return element
        raise CannotAnnotate("The comments of a worksheet cannot be extended.")


def _is_written(item: Element) -> bool:
    """Text somebody wrote, not the phonetic guide above it."""
    return item.parent is not None and item.parent.name in ("r", "text")
