"""Conditions of a step: met, unmet, expired or not applicable, and why.

Facts from before ``since`` (the last disqualification or rejection) do not count: a supplier that
comes back is certified anew (domain, section 1.3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from suppliers.rules.documents import has_expired

State = Literal["met", "unmet", "expired", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something recorded: ``dated_on`` is the day it is about, ``at`` the moment it was stored.
    ``ref`` names the record."""

    passed: bool
    dated_on: dt.date
    at: dt.datetime
    valid_until: dt.date | None = None
    note: str = ""
    source: str = ""
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class SignatureFact:
    """A valid signature under version ``number`` of a document."""

    number: int
    signed_on: dt.date
    at: dt.datetime
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document the supplier must sign. ``floor``: the number of the newest version that is the
    first or changes something material."""

    label: str
    floor: int
    signatures: Sequence[SignatureFact] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """The moment of the last disqualification or rejection, and its day where we are."""

    on: dt.date
    at: dt.datetime

    def covers(self, dated_on: dt.date, at: dt.datetime) -> bool:
        """Is a fact from before the ending? On the day itself the moment of recording tells."""
        return dated_on < self.on or (dated_on == self.on and at <= self.at)


@dataclass(frozen=True, slots=True)
class Gate:
    """``reason`` is a code; ``missing`` names documents; ``ref`` the record that decides."""

    kind: str
    state: State
    reason: str
    dated_on: dt.date | None = None
    valid_until: dt.date | None = None
    missing: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    ref: int | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        """Does it stand in the way of a step that asks for it?"""
        return self.state in ("unmet", "expired")


def not_applicable(kind: str, reason: str) -> Gate:
    return Gate(kind, "not_applicable", reason)


def documents_gate(
    kind: str, required: Sequence[RequiredDocument], since: Ending | None, today: dt.date
) -> Gate:
    """Every required document has a signature in force under a version that is not older than the
    newest material one; a later cosmetic version does not matter."""
    if not required:
        return not_applicable(kind, "no_documents_required")
    newest = {document.label: _signature_of(document, since) for document in required}
    absent = tuple(label for label, found in newest.items() if found is None)
    if absent:
        return Gate(kind, "unmet", "documents_missing", missing=absent)
    held = {label: found for label, found in newest.items() if found is not None}
    over = tuple(label for label, found in held.items() if has_expired(found.valid_until, today))
    ends = min((found.valid_until for found in held.values() if found.valid_until), default=None)
    latest = max(found.signed_on for found in held.values())
    if over:
        return Gate(kind, "expired", "documents_expired", latest, ends, over)
    return Gate(kind, "met", "documents_signed", latest, ends)


def _signature_of(document: RequiredDocument, since: Ending | None) -> SignatureFact | None:
    counting = [
        one
        for one in document.signatures
        if one.number >= document.floor
        and not (since is not None and since.covers(one.signed_on, one.at))
    ]
    return max(counting, key=lambda one: (one.valid_until or dt.date.max, one.at), default=None)


def record_gate(kind: str, facts: Iterable[Fact], since: Ending | None, today: dt.date) -> Gate:
    """The newest fact that counts decides: passed, failed or no longer valid."""
    newest = _newest(facts, since)
    return _gate_of(kind, newest, today) if newest else Gate(kind, "unmet", "no_record")


def _newest(facts: Iterable[Fact], since: Ending | None) -> Fact | None:
    counting = [
        one for one in facts if not (since is not None and since.covers(one.dated_on, one.at))
    ]
    return max(counting, key=_age, default=None)


def _age(fact: Fact) -> tuple[dt.date, dt.datetime]:
    return fact.dated_on, fact.at


def _gate_of(kind: str, newest: Fact, today: dt.date) -> Gate:
    state: State = "met"
    reason = "record_passed"
    if not newest.passed:
        state, reason = "unmet", "record_failed"
    elif has_expired(newest.valid_until, today):
        state, reason = "expired", "record_expired"
    return Gate(
        kind,
        state,
        reason,
        newest.dated_on,
        newest.valid_until,
        note=newest.note,
        source=newest.source,
        ref=newest.ref,
    )


def assessment_gate(
    kind: str,
    facts: Iterable[Fact],
    handed_in: Iterable[Fact],
    since: Ending | None,
    today: dt.date,
) -> Gate:
    """``facts`` are accepted self-assessments and records made by hand: the newest decides.

    One that is only ``handed_in`` meets nothing. While the condition is open it is named, if it
    is newer than what stands in the way: accepted, it would decide.
    """
    newest, waiting = _newest(facts, since), _newest(handed_in, since)
    found = _gate_of(kind, newest, today) if newest else Gate(kind, "unmet", "no_record")
    if waiting is None or not found.is_open or (newest and _age(newest) > _age(waiting)):
        return found
    return Gate(
        kind,
        "unmet",
        "waiting_for_review",
        waiting.dated_on,
        source=waiting.source,
        ref=waiting.ref,
    )
