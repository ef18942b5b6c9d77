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
    ``params`` holds ``mineral`` and ``question`` where the row is about one.
    """

    checker_row: int
    cell: str
    code: str
    counted: bool = True
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckerRow:
    """A row of the Checker sheet, red or not.

    ``necessary``, ``incomplete`` and ``flagged`` are its columns F, G and H. H is F times G except
    where the template itself does otherwise (AMRT question 2, the smelter row of the CRT).
    """

    row: int
    cell: str
    code: str
    necessary: bool
    incomplete: bool
    flagged: bool
    counted: bool = True
    params: dict[str, str] = field(default_factory=dict)


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
