"""The verdict on a declaration: one state, its counts, and the words for a tired reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from minerals.rules.catalogue import check
from minerals.rules.judgement import Finding, OpenItem, SmelterMatch
from minerals.rules.marks import N_, NN_

State = Literal["clean", "with_warnings", "correct_first", "outdated", "unreadable"]
Gettext = Callable[[str], str]
Ngettext = Callable[[str, str, int], str]

HEADLINES: dict[State, str] = {
    "clean": N_("Nothing to correct"),
    "with_warnings": N_("Complete, with points to clear up"),
    "correct_first": N_("Cannot be accepted yet"),
    "outdated": N_("Outdated template"),
    "unreadable": N_("This file cannot be read"),
}
_SENTENCE = N_("%(headline)s: %(parts)s.")
_BARE_SENTENCE = N_("%(headline)s.")
_BETWEEN_PARTS = N_(", ")


@dataclass(frozen=True, slots=True)
class Part:
    """A counted part of the sentence; ``singular`` and ``plural`` are ids for ngettext."""

    singular: str
    plural: str
    count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """``errors`` and ``warnings`` include contradictions; ``waiting`` smelters need a person."""

    state: State
    open_fields: int = 0
    contradictions: int = 0
    errors: int = 0
    warnings: int = 0
    waiting: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def headline(self) -> str:
        """A message id."""
        return HEADLINES[self.state]


def verdict(
    open_items: Iterable[OpenItem],
    findings: Sequence[Finding],
    matches: Iterable[SmelterMatch],
    outdated: bool,
) -> Verdict:
    """Open items that the official total counts, errors and an old template block; warnings ask."""
    open_fields = sum(item.counted for item in open_items)
    severities = [item.severity for item in findings if item.severity != "info"]
    contradicting = [
        item.severity
        for item in findings
        if item.severity != "info" and check(item.code).group == "contradictions"
    ]
    waiting = sum(bool(match.suggestions) for match in matches)
    errors, warnings = severities.count("error"), severities.count("warning")
    return Verdict(
        state=_state(outdated, open_fields + errors, warnings + waiting),
        open_fields=open_fields,
        contradictions=len(contradicting),
        errors=errors,
        warnings=warnings,
        waiting=waiting,
        parts=counted_parts(
            open_fields,
            len(contradicting),
            errors - contradicting.count("error"),
            warnings - contradicting.count("warning"),
            waiting,
        ),
    )


def _state(outdated: bool, blocking: int, asking: int) -> State:
    if outdated:
        return "outdated"
    if blocking:
        return "correct_first"
    return "with_warnings" if asking else "clean"


def counted_parts(
    open_fields: int, contradictions: int, errors: int, warnings: int, waiting: int
) -> tuple[Part, ...]:
    """What is to be said, most pressing first; contradictions are not counted twice."""
    parts = (
        Part(
            *NN_("%(count)s required field open", "%(count)s required fields open"),
            count=open_fields,
        ),
        Part(
            *NN_("%(count)s contradiction", "%(count)s contradictions"),
            count=contradictions,
        ),
        Part(*NN_("%(count)s other error", "%(count)s other errors"), count=errors),
        Part(*NN_("%(count)s warning", "%(count)s warnings"), count=warnings),
        Part(
            *NN_("%(count)s smelter needs you", "%(count)s smelters need you"),
            count=waiting,
        ),
    )
    return tuple(part for part in parts if part.count)


def verdict_sentence(found: Verdict, gettext: Gettext, ngettext: Ngettext) -> str:
    """The verdict in one sentence of the reader's language."""
    headline = gettext(found.headline)
    if not found.parts:
        return gettext(_BARE_SENTENCE) % {"headline": headline}
    texts = [
        ngettext(part.singular, part.plural, part.count) % {"count": part.count}
        for part in found.parts
    ]
    parts = gettext(_BETWEEN_PARTS).join(texts)
    return gettext(_SENTENCE) % {"headline": headline, "parts": parts}
