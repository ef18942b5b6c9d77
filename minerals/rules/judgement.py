"""What the rules answer: open items of the official Checker, findings of our own, matches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]
Match = Literal[
    "cid", "standard_name", "alias", "not_listed", "not_identified", "ambiguous", "unmatched"
]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One red row of the official Checker.

    ``counted`` is False for the AMRT rows that are flagged but left out of the official total.
    """

    checker_row: int
    cell: str
    code: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class CheckerRow:
    """A row of the Checker sheet, red or not.

    ``necessary`` and ``incomplete`` are its columns F and G.
    """

    row: int
    cell: str
    code: str
    necessary: bool
    incomplete: bool
    counted: bool = True

    @property
    def open(self) -> bool:
        return self.necessary and self.incomplete


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Texts are made from ``code`` and ``params`` in the reader's language."""

    code: str
    severity: Severity
    cell: str = ""
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A smelter a person may confirm for a row; ``score`` from 0 to 1."""

    cid: str
    standard_name: str
    country: str
    score: float


@dataclass(frozen=True, slots=True)
class SmelterMatch:
    """How a row was identified. ``suggestions`` are never accepted by themselves.

    ``cid`` is the smelter in the reference list, ``""`` while the row is not identified.
    ``decided``: a person's remembered decision identified the row (shown and undone as such).
    """

    row: int
    match: Match
    cid: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    decided: bool = False
