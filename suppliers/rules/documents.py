"""Which documents a supplier must sign, and where each of them stands.

States of a document for one supplier, the first that fits:
``signed``, ``expiring`` (in force for at most ``EXPIRING_DAYS`` more), ``to_check`` (a scan
waits for our own people), ``overdue`` (asked, the day has passed), ``refused``, ``outdated``
(a newer material version is published), ``expired``, ``requested``, ``missing``,
``not_required``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from suppliers.rules.months import months_later

EXPIRING_DAYS = 60
# Days after the due day on which a reminder goes out; the last one also tells our own people.
REMINDER_DAYS = (-7, 0, 7, 14)
MATERIAL = frozenset({"first", "material"})

STATES = (
    "missing",
    "requested",
    "overdue",
    "to_check",
    "signed",
    "expiring",
    "expired",
    "outdated",
    "refused",
    "not_required",
)
IN_FORCE = frozenset({"signed", "expiring"})
# The supplier has something to do.
TO_SIGN = frozenset({"missing", "requested", "overdue", "expired", "outdated", "expiring"})


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """``material_number``: number of the newest published version that earlier signers must sign
    again; ``number``: of the newest published version; both 0 while none is published."""

    kinds: Collection[str]
    minerals_only: bool
    number: int
    material_number: int
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class SignatureFact:
    """A signature that is valid or to be checked. ``valid_until`` None: without an end."""

    number: int
    is_valid: bool
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RequestFact:
    """A request; only open ones and the newest closed one matter. ``order`` grows with time."""

    state: str
    due_on: dt.date
    order: int


def is_required(document: DocumentFact, kind: str, has_minerals: bool) -> bool:
    """Must a supplier of this kind sign the document? Never before a version is published."""
    if not document.is_active or not document.number or kind not in document.kinds:
        return False
    return has_minerals or not document.minerals_only


def document_state(
    document: DocumentFact,
    required: bool,
    signatures: Iterable[SignatureFact],
    requests: Iterable[RequestFact],
    today: dt.date,
) -> str:
    """One of ``STATES``; see the head of this file for which of several goes first."""
    known, asked = list(signatures), list(requests)
    valid = [one for one in known if one.is_valid]
    current = [one for one in valid if one.number >= document.material_number]
    living = [one for one in current if not has_expired(one.valid_until, today)]
    if living:
        soon = all(expires_soon(one.valid_until, today) for one in living)
        return "expiring" if soon else "signed"
    if any(not one.is_valid and one.number >= document.material_number for one in known):
        return "to_check"
    waiting = [one for one in asked if one.state == "open"]
    if any(one.due_on < today for one in waiting):
        return "overdue"
    if not waiting and asked and max(asked, key=lambda one: one.order).state == "refused":
        return "refused"
    if required and valid:
        return "expired" if current else "outdated"
    if waiting:
        return "requested"
    return "missing" if required else "not_required"


def has_expired(valid_until: dt.date | None, today: dt.date) -> bool:
    """The last day itself still counts."""
    return valid_until is not None and valid_until < today


def expires_soon(valid_until: dt.date | None, today: dt.date) -> bool:
    return valid_until is not None and valid_until <= today + dt.timedelta(days=EXPIRING_DAYS)


def valid_until(signed_on: dt.date, months: int | None) -> dt.date | None:
    """The last day of validity; None without an end."""
    return months_later(signed_on, months) if months else None


def reminder_due(due_on: dt.date, told_on: dt.date, today: dt.date) -> str:
    """``""``, ``reminder`` or ``last``. ``told_on``: day of the last reminder, else of the request.

    A day that was missed, because nothing ran, is made up for once.
    """
    days = [due_on + dt.timedelta(days=after) for after in REMINDER_DAYS]
    if not any(told_on < day <= today for day in days):
        return ""
    return "last" if today >= days[-1] else "reminder"


def text_sha256(number: int, text_en: str, text_zh: str) -> str:
    """The hash of a version's wording: its number and both texts."""
    content = json.dumps([number, text_en, text_zh], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def newest_numbers(versions: Sequence[tuple[int, str]]) -> tuple[int, int]:
    """``number`` and ``material_number`` of ``DocumentFact`` from (number, change) of all
    published versions."""
    newest = max((number for number, _change in versions), default=0)
    material = max((number for number, change in versions if change in MATERIAL), default=0)
    return newest, material
