"""The findings of a declaration in words, in the order a person should read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minerals.enums import FindingSeverity
from minerals.models import Declaration, Finding, SmelterLine
from minerals.rules.catalogue import CATALOGUE
from minerals.rules.catalogue.texts import FindingText
from minerals.selectors.review import FindingReview, review_of_findings
from minerals.selectors.texts import text_of_row

GROUP_WORDS: dict[str, str | Promise] = {
    "checker": _("Required fields"),
    "file": _("File and template"),
    "header": _("Company and date"),
    "answers": _("Answers"),
    "contradictions": _("Contradictions"),
    "smelters": _("Smelters"),
    "plausibility": _("Plausibility"),
}
LONGEST_RUN = 5
SHOWN_OF_RUN = 3
SMELTER_CELL = re.compile(r"Smelter List![A-Z]+(\d+)")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as shown. ``line`` is the smelter row whose suggestion can be decided here;
    ``review`` what our people decided about it.

    ``cells`` are its places, each with the number of the smelter row it stands in, else None.
    """

    row: Finding
    text: FindingText
    group: str
    cells: tuple[tuple[str, int | None], ...]
    line: SmelterLine | None = None
    review: FindingReview | None = None

    @property
    def anchor(self) -> str:
        return self.row.anchor


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Neighbours of one code. Many of the same are ``folded`` away behind the first ``shown``."""

    shown: tuple[FindingLine, ...]
    folded: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class FindingSection:
    """All findings of one severity."""

    severity: str
    groups: tuple[FindingGroup, ...]


def sections_of(lines: Iterable[FindingLine]) -> list[FindingSection]:
    """``lines`` by severity, long runs of one code folded. What waits for a decision is not."""
    return [
        FindingSection(
            severity,
            tuple(_group(tuple(run)) for _code, run in groupby(same, key=_folding_key)),
        )
        for severity, same in groupby(lines, key=lambda line: line.row.severity)
    ]


def _folding_key(line: FindingLine) -> tuple[str, bool, bool]:
    return line.row.code, line.row.checker_row is None, line.line is None


def _group(run: tuple[FindingLine, ...]) -> FindingGroup:
    if len(run) <= LONGEST_RUN or run[0].line is not None or run[0].row.checker_row is not None:
        return FindingGroup(run, ())
    return FindingGroup(run[:SHOWN_OF_RUN], run[SHOWN_OF_RUN:])


def finding_lines(
    declaration: Declaration, *, group: str = "", search: str = "", decisions: bool = False
) -> list[FindingLine]:
    """Every finding that fits; required fields first within errors.

    ``decisions``: join the smelter rows whose suggestions wait for a person.
    """
    waiting = _waiting_rows(declaration) if decisions else {}
    lines = lines_of_rows(declaration.findings.all(), waiting)
    words = search.casefold().split()
    return [
        line
        for line in lines
        if (not group or line.group == group) and all(word in _haystack(line) for word in words)
    ]


def lines_of_rows(
    rows: Iterable[Finding], waiting: dict[int, SmelterLine] | None = None
) -> list[FindingLine]:
    """The same for rows that may not be stored."""
    return sorted(_lines(rows, waiting or {}), key=_reading_order)


def with_reviews(declaration: Declaration, lines: Iterable[FindingLine]) -> list[FindingLine]:
    """Join what was decided and asked; two queries."""
    listed = list(lines)
    reviews = review_of_findings(declaration, [line.row for line in listed])
    return [replace(line, review=reviews[line.row.pk]) for line in listed]


def finding_line(declaration: Declaration, finding: Finding) -> FindingLine:
    """One finding with its review; the suggestion of its row stays with the list."""
    return with_reviews(declaration, _lines([finding], {}))[0]


def group_counts(lines: Iterable[FindingLine]) -> list[tuple[str, str, int]]:
    """``(code, words, count)`` of each group that occurs."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.group] = counts.get(line.group, 0) + 1
    return [(code, str(GROUP_WORDS[code]), counts[code]) for code in GROUP_WORDS if code in counts]


def marked_cells(declaration: Declaration) -> dict[str, Finding]:
    """The gravest finding of each cell, for marking answers."""
    marks: dict[str, Finding] = {}
    for finding in declaration.findings.exclude(severity=FindingSeverity.INFO):
        for cell in finding.cells:
            known = marks.get(cell)
            if known is None or _weight(finding) < _weight(known):
                marks[cell] = finding
    return marks


def mark_of(finding: Finding | None) -> tuple[str, str]:
    """State (``open``, ``warned`` or empty) and anchor of a cell with this finding."""
    if finding is None:
        return "", ""
    grave = finding.severity == FindingSeverity.ERROR
    return "open" if grave else "warned", finding.anchor


def group_of(finding: Finding) -> str:
    if finding.checker_row is not None:
        return "checker"
    check = CATALOGUE.get(finding.code)
    return check.group if check else "file"


def _lines(rows: Iterable[Finding], waiting: dict[int, SmelterLine]) -> Iterator[FindingLine]:
    for row in rows:
        number = _smelter_row(row.cell)
        group = group_of(row)
        # The first finding of a waiting row carries its suggestion, the others do not repeat it.
        line = waiting.pop(number, None) if number and group == "smelters" else None
        cells = tuple((cell, _smelter_row(cell)) for cell in row.cells)
        yield FindingLine(row, text_of_row(row), group, cells, line)


def _waiting_rows(declaration: Declaration) -> dict[int, SmelterLine]:
    return {line.row: line for line in declaration.smelters.waiting()}


def _smelter_row(cell: str) -> int | None:
    found = SMELTER_CELL.search(cell)
    return int(found.group(1)) if found else None


def _weight(finding: Finding) -> int:
    return FindingSeverity.values.index(finding.severity)


def _reading_order(line: FindingLine) -> tuple[int, bool, int]:
    return _weight(line.row), line.row.checker_row is None, line.row.position


def _haystack(line: FindingLine) -> str:
    text = line.text
    return f"{text.title} {text.message} {text.remedy} {line.row.cell} {line.row.code}".casefold()
