"""Versions of the risk policy: the one in force, the draft, others by number; what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from minerals.enums import PolicyState
from minerals.models import RiskPolicyVersion
from minerals.rules.risk.policy import DEFAULTS, PARTS, RiskPolicy
from minerals.selectors.risk_words import PART_WORDS, key_words


def policy_in_force() -> RiskPolicyVersion:
    """There always is one: the first comes with the database."""
    return RiskPolicyVersion.objects.get(state=PolicyState.PUBLISHED)


def numbers_of(version: RiskPolicyVersion) -> RiskPolicy:
    return RiskPolicy(version.numbers, version.number)


def policy_draft() -> RiskPolicyVersion | None:
    return RiskPolicyVersion.objects.filter(state=PolicyState.DRAFT).first()


def policy_versions() -> QuerySet[RiskPolicyVersion]:
    """The newest first."""
    return RiskPolicyVersion.objects.select_related("created_by", "published_by")


def policy_version(number: int) -> RiskPolicyVersion:
    """Errors: risk_policy_not_found."""
    found = policy_versions().filter(number=number).first()
    if found is None:
        raise NotFound("risk_policy_not_found", N_("There is no such version of the risk policy."))
    return found


def version_before(version: RiskPolicyVersion) -> RiskPolicyVersion | None:
    """The one it replaced or, for a draft, would replace."""
    if version.state == PolicyState.DRAFT:
        return policy_in_force()
    published = policy_versions().exclude(published_at=None).filter(number__lt=version.number)
    return published.first()


@dataclass(frozen=True, slots=True)
class NumberLine:
    """``before``: what it is in the version before, None where that is the same."""

    key: str
    words: str
    value: int
    before: int | None


@dataclass(frozen=True, slots=True)
class NumberGroup:
    code: str
    words: str
    lines: tuple[NumberLine, ...]


# Beginnings of the keys of each group.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "level": ("level.", "floor."),
    **{part: (f"{part}.",) for part in PARTS},
    "status": ("status.",),
}


def group_words(code: str) -> str:
    words = {"level": _("Levels and floors"), "status": _("Points by status of the smelter")}
    return words.get(code) or str(PART_WORDS[code])  # type: ignore[index]


def group_keys() -> dict[str, tuple[str, ...]]:
    """The keys of each group, in the order of the rubric; every key once."""
    return {
        code: tuple(key for key in DEFAULTS if key.startswith(beginnings))
        for code, beginnings in _GROUPS.items()
    }


def number_groups(
    numbers: Mapping[str, int], before: Mapping[str, int] | None = None
) -> list[NumberGroup]:
    return [
        NumberGroup(code, group_words(code), tuple(_line(key, numbers, before) for key in keys))
        for code, keys in group_keys().items()
    ]


def differences(before: Mapping[str, int], after: Mapping[str, int]) -> list[NumberLine]:
    """The numbers that ``after`` has otherwise."""
    lines = (_line(key, after, before) for key in DEFAULTS)
    return [line for line in lines if line.before is not None]


def _line(key: str, numbers: Mapping[str, int], before: Mapping[str, int] | None) -> NumberLine:
    value = numbers.get(key, DEFAULTS[key])
    was = value if before is None else before.get(key, DEFAULTS[key])
    return NumberLine(key, key_words(key), value, was if was != value else None)
