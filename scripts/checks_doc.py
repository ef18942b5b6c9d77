"""Writes ``docs/checks.md`` from the catalogue of checks, so that it can never be out of date.

``checks_doc.py`` writes the file; ``checks_doc.py --check`` only says whether it is current
(exit status 1 when it is not).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from minerals.rules.catalogue import CATALOGUE  # noqa: E402
from minerals.rules.checks import Check, Group  # noqa: E402

TARGET = ROOT / "docs" / "checks.md"
CHINESE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
GROUPS: Mapping[Group, tuple[str, str]] = {
    "file": ("File", "What the file is, where it comes from and how well it could be read."),
    "checker": (
        "Official completeness",
        "The open items of the template's own Checker sheet, row by row. They are open items "
        "rather than findings, and each names its Checker row.",
    ),
    "header": ("Company block and products", "Who declares, for what, and since when."),
    "answers": ("Answers", "The form of single answers, and the supplier's own programme."),
    "contradictions": ("Contradictions", "Answers that cannot both be true."),
    "smelters": ("Smelter rows", "Single rows of the Smelter List against the list in use."),
    "plausibility": (
        "Plausibility",
        "Against other knowledge: earlier lists, the reference list, comparable suppliers.",
    ),
}
INTRODUCTION = """\
# Checks

Made by `scripts/checks_doc.py` from `minerals/rules/catalogue`; do not edit it by hand.

Every finding has a code that is never renamed, a severity and, where there is one, a cell.
An **error** blocks acceptance, a **warning** needs an answer, an **info** is good to know.
"Yes" to a question of origin (covered countries, high-risk areas) is information: no check holds
it against a supplier. Words in ‹angle quotes› are filled in for each finding.
"""
HEADING = "| Code | Severity | What was found | Why it matters | How to fix it | 中文 |"
RULER = "|---|---|---|---|---|---|"
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def readable(message: str) -> str:
    """A message id as people read it, safe inside a table."""
    shown = _PLACEHOLDER.sub(r"‹\1›", message).replace("%%", "%")
    return shown.replace("|", "\\|").replace("\n", " ")


def chinese_texts(path: Path = CHINESE) -> dict[str, str]:
    """Message ids with their translation; empty where there is no catalogue."""
    if not path.is_file():
        return {}
    entries = polib.pofile(str(path)).translated_entries()
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}


def row(entry: Check, chinese: Mapping[str, str]) -> str:
    texts = (entry.title, entry.message, entry.remedy)
    translated = [readable(chinese[text]) for text in texts if text in chinese]
    cells = (
        f"`{entry.code}`",
        entry.severity,
        f"**{readable(entry.title)}.** {readable(entry.message)}",
        readable(entry.why),
        readable(entry.remedy),
        "<br>".join(translated),
    )
    return f"| {' | '.join(cells)} |"


def document(chinese: Mapping[str, str]) -> str:
    return "\n".join((INTRODUCTION, *_sections(chinese)))


def _sections(chinese: Mapping[str, str]) -> Iterator[str]:
    for group, (title, meaning) in GROUPS.items():
        entries = [entry for entry in CATALOGUE.values() if entry.group == group]
        rows = [row(entry, chinese) for entry in sorted(entries, key=_by_severity)]
        yield "\n".join((f"## {title}", "", meaning, "", HEADING, RULER, *rows, ""))


def _by_severity(entry: Check) -> int:
    return ("error", "warning", "info").index(entry.severity)


def main(arguments: list[str]) -> int:
    wanted = document(chinese_texts())
    if "--check" in arguments:
        current = TARGET.is_file() and TARGET.read_text("utf-8") == wanted
        if not current:
            print("docs/checks.md is out of date: run scripts/checks_doc.py", file=sys.stderr)
        return 0 if current else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
