"""Collects translatable texts, keeps the catalogues current and compiles them.

``messages.py update`` writes new texts into every ``locale/*/LC_MESSAGES/django.po``;
``messages.py compile`` makes the ``.mo`` files; ``messages.py missing`` lists what has no
translation. Only Python is needed: the system's gettext may be absent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "accounts",
    "audits",
    "config",
    "core",
    "minerals",
    "portal",
    "suppliers",
    "surveys",
    "training",
)
LOCALES = ("en", "zh_Hans")
PYTHON_KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text in the source. ``plural`` and ``context`` are empty where there is none."""

    text: str
    plural: str = ""
    context: str = ""


def source_files() -> Iterator[Path]:
    for app in APPS:
        yield from sorted(
            path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
        )
    yield from sorted((ROOT / "templates").rglob("*.html"))
    yield from sorted((ROOT / "templates").rglob("*.txt"))


def extract() -> dict[Message, list[tuple[str, int]]]:
    """Every translatable text with the places where it stands."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for path in source_files():
        name = str(path.relative_to(ROOT))
        for line, message in _messages_in(path):
            found.setdefault(message, []).append((name, line))
    return found


def _messages_in(path: Path) -> Iterator[tuple[int, Message]]:
    from babel.messages.extract import extract as babel_extract

    content = path.read_bytes()
    if path.suffix != ".py":
        yield from _template_messages(content.decode("utf-8"))
        return
    found = babel_extract("python", BytesIO(content), keywords=PYTHON_KEYWORDS)
    for line, text, _comments, context in found:
        single, plural = text if isinstance(text, tuple) else (text, "")
        if single:
            yield line, Message(single, plural or "", context or "")


def _template_messages(content: str) -> Iterator[tuple[int, Message]]:
    from django.template.base import DebugLexer, TokenType
    from django.utils.translation import trim_whitespace

    block: list[str] | None = None
    plural_from = -1
    opened = ""
    start = 0
    for token in DebugLexer(content).tokenize():
        tag = token.contents.split(maxsplit=1)[0] if token.contents.split() else ""
        if token.token_type == TokenType.BLOCK:
            if tag in ("blocktranslate", "blocktrans"):
                block, plural_from, opened, start = [], -1, token.contents, token.lineno or 0
            elif tag == "plural" and block is not None:
                plural_from = len(block)
            elif tag in ("endblocktranslate", "endblocktrans") and block is not None:
                yield start, _block_message(block, plural_from, opened, trim_whitespace)
                block = None
        elif block is not None and token.token_type == TokenType.VAR:
            block.append(f"%({token.contents.split('|')[0].strip()})s")
        elif block is not None and token.token_type == TokenType.TEXT:
            block.append(token.contents.replace("%", "%%"))
        if block is None:
            yield from _inline_messages(token.contents, tag, token.token_type, token.lineno or 0)


def _block_message(block: list[str], plural_from: int, opened: str, trim: object) -> Message:
    import re

    def clean(parts: list[str]) -> str:
        text = "".join(parts)
        return trim(text) if " trimmed" in f" {opened} " else text  # type: ignore[operator]

    context = re.search(r"""context\s+(["'])(.*?)\1""", opened)
    single = clean(block if plural_from < 0 else block[:plural_from])
    plural = "" if plural_from < 0 else clean(block[plural_from:])
    return Message(single, plural, context.group(2) if context else "")


def _inline_messages(
    contents: str, tag: str, kind: object, line: int
) -> Iterator[tuple[int, Message]]:
    import re

    from django.template.base import TokenType

    if kind == TokenType.BLOCK and tag in ("translate", "trans"):
        found = re.match(
            r"""trans(?:late)?\s+(["'])(.*?)\1(?:.*?\bcontext\s+(["'])(.*?)\3)?""", contents, re.S
        )
        if found:
            yield line, Message(_doubled(found.group(2)), "", found.group(4) or "")
    if kind in (TokenType.BLOCK, TokenType.VAR):
        for quoted in re.finditer(r"""_\((["'])(.*?)\1\)""", contents):
            yield line, Message(_doubled(quoted.group(2)))


def _doubled(text: str) -> str:
    """Django looks up a template's text with its percent signs doubled."""
    return text.replace("%", "%%")


def catalogue_path(locale: str) -> Path:
    return ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"


def load(locale: str) -> polib.POFile:
    path = catalogue_path(locale)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=78)
    catalogue = polib.POFile(wrapwidth=78)
    plural = "nplurals=1; plural=0;" if locale.startswith("zh") else "nplurals=2; plural=(n != 1);"
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": locale,
        "Plural-Forms": plural,
    }
    return catalogue


def update(locale: str) -> None:
    """Add new texts, refresh places, drop what the source no longer says."""
    old = load(locale)
    known = {Message(e.msgid, e.msgid_plural or "", e.msgctxt or ""): e for e in old}
    fresh = polib.POFile(wrapwidth=78)
    fresh.metadata = old.metadata
    for message, places in sorted(extract().items()):
        entry = known.get(message) or _new_entry(message, locale)
        entry.occurrences = [(name, "") for name in sorted({name for name, _line in places})]
        fresh.append(entry)
    catalogue_path(locale).parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(catalogue_path(locale)))


def _new_entry(message: Message, locale: str) -> polib.POEntry:
    flags = ["python-format"] if "%(" in message.text else []
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None, flags=flags)
    if message.plural:
        entry.msgid_plural = message.plural
        forms = 1 if locale.startswith("zh") else 2
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    return entry


def missing(locale: str) -> list[Message]:
    """Texts of the source without a translation in this catalogue."""
    known = {
        Message(e.msgid, e.msgid_plural or "", e.msgctxt or "")
        for e in load(locale)
        if e.translated() and not e.fuzzy
    }
    return sorted(message for message in extract() if message not in known)


def compile_all() -> None:
    for locale in LOCALES:
        path = catalogue_path(locale)
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            load(locale).save_as_mofile(str(target))


def main(command: str) -> int:
    if command == "compile":
        compile_all()
    elif command == "update":
        for locale in LOCALES:
            update(locale)
    elif command == "missing":
        waiting = missing("zh_Hans")
        for message in waiting:
            print(repr(message.text))
        return 1 if waiting else 0
    else:
        sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
