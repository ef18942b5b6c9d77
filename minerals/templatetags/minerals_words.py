"""Words of the minerals pages for templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from core.countries import country_label
from minerals.enums import MatchKind
from minerals.models import SmelterLine
from minerals.selectors.questions import mineral_name

register = template.Library()


MATCH_TONES: dict[str, tuple[str, str]] = {
    MatchKind.CID: ("verified", "circle-check"),
    MatchKind.STANDARD_NAME: ("verified", "circle-check"),
    MatchKind.ALIAS: ("verified", "circle-check"),
    MatchKind.AMBIGUOUS: ("soon", "help-circle"),
    MatchKind.NOT_LISTED: ("unknown", "circle-dashed"),
    MatchKind.NOT_IDENTIFIED: ("unknown", "circle-dashed"),
    MatchKind.UNMATCHED: ("unknown", "question-mark"),
}


STEP_ICONS = {
    "begin": "eye-check",
    "take_over": "user-check",
    "accept": "circle-check",
    "reject": "circle-x",
    "reopen": "restore",
}


@register.filter
def mineral(name: str) -> str:
    """The name of a mineral in the reader's language."""
    return mineral_name(name)


@register.filter
def match_tone(line: SmelterLine) -> str:
    return "soon" if line.waits_for_person else MATCH_TONES[line.match][0]


@register.filter
def match_icon(line: SmelterLine) -> str:
    return "hourglass" if line.waits_for_person else MATCH_TONES[line.match][1]


@register.filter
def step_icon(code: str) -> str:
    """Of a step of a review."""
    return STEP_ICONS[code]


@register.filter
def country_name(name: str) -> str:
    """A country as the form writes it (capitals, English) in the reader's language."""
    return country_label(name)


@register.filter
def of_key(found: Mapping[int, object] | None, key: int) -> object:
    """What stands under a key that the page computes; nothing where there is none."""
    return found.get(key) if found else None
