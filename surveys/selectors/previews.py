"""What a start would do, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from surveys.models import Campaign
from surveys.selectors.contacts import contacts_to_ask
from surveys.selectors.scope import scope_preview


@dataclass(frozen=True, slots=True)
class StartFacts:
    """``mute``: chosen suppliers of whom nobody with an address is known."""

    asked: int
    in_scope: int
    written_to: int
    mute: list[int]


def start_facts(campaign: Campaign) -> dict[str, Any]:
    preview = scope_preview(campaign)
    keys = [line.key for line in preview.scope.included]
    contacts = contacts_to_ask(keys)
    facts = StartFacts(
        len(keys),
        len(preview.scope.lines),
        len(contacts),
        [key for key in keys if key not in contacts],
    )
    return {"facts": facts, "coverage": 100 * preview.scope.coverage}
