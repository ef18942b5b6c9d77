"""Whom a survey asks: the smallest set of suppliers that reaches a share of the spend, or all above
an amount, with those who must be in and those who must stay out.

The report of 2020: 1,505 suppliers in scope, of whom 277 make 95 % of the spend (domain, section 3;
indicators CM-01, CM-03, CM-04). Plain values; no database, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Method = Literal["coverage", "threshold", "everybody"]
# Why somebody is asked, in the order in which the reasons are told.
IN_REASONS = ("coverage", "threshold", "everybody", "high_risk", "new", "single_source", "by_hand")
# Why somebody is not asked.
OUT_REASONS = ("by_hand", "phase_out", "below")
FORCING = ("high_risk", "new", "single_source")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A supplier in scope. ``spend``: what was bought in the year, in the survey's currency, in its
    hundredth part; whole numbers keep sums exact and quick. ``marks``: of ``FORCING``, what applies
    to it. ``phase_out``: nothing will be bought any more. ``by_hand``: ``in`` or ``out`` where a
    person said so."""

    key: int
    spend: int
    marks: frozenset[str] = frozenset()
    phase_out: bool = False
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """``share``: of the spend of all candidates, for ``coverage`` (0.95). ``threshold``: in
    hundredths, for ``threshold``. ``forced``: marks that bring a supplier in whatever its spend."""

    method: Method = "coverage"
    share: Decimal = Decimal("0.95")
    threshold: int = 0
    forced: frozenset[str] = frozenset(FORCING)


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """``rank``: place by spend, 1 is the largest. ``reached``: spend of this and all larger ones
    that are asked because of the spend; 0 for the others."""

    key: int
    spend: int
    included: bool
    reasons: tuple[str, ...]
    rank: int
    reached: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """``base_count``: how many are asked because of the spend alone. ``reached_aim``: False where
    those who stay out make the share impossible."""

    lines: tuple[ScopeLine, ...]
    spend: int
    included_spend: int
    base_count: int
    base_spend: int
    reached_aim: bool
    included: tuple[ScopeLine, ...] = field(default=())

    @property
    def coverage(self) -> Decimal:
        """Share of the spend that is asked for, 0 to 1; 1 where nothing was spent at all."""
        return Decimal(self.included_spend) / self.spend if self.spend else Decimal(1)


def scope_of(candidates: Iterable[Candidate], rule: ScopeRule) -> Scope:
    """Every candidate with the decision and its reasons, the largest spend first.

    The base set is minimal: taking the largest first, any other set of as many suppliers has at
    most the same spend, so no smaller one reaches the share. Whoever stays out (phase-out, by hand)
    counts in the whole but cannot be taken. Suppliers of equal spend come by their key.
    """
    ordered = sorted(candidates, key=lambda one: (-one.spend, one.key))
    whole = sum(one.spend for one in ordered)
    takes = _taker(rule, whole)
    reached, base, aim = 0, 0, rule.method != "coverage"
    lines: list[ScopeLine] = []
    for rank, one in enumerate(ordered, start=1):
        out = _out_reason(one)
        by_spend = not out and takes(one.spend, reached)
        if by_spend:
            reached += one.spend
            base += 1
        reasons = (out,) if out else _in_reasons(one, rule, by_spend)
        included = bool(reasons) and not out
        lines.append(
            ScopeLine(
                one.key,
                one.spend,
                included,
                reasons or ("below",),
                rank,
                reached if by_spend else 0,
            )
        )
    aim = aim or reached >= _needed(rule, whole)
    chosen = tuple(line for line in lines if line.included)
    return Scope(
        tuple(lines),
        whole,
        sum(line.spend for line in chosen),
        base,
        reached,
        aim,
        chosen,
    )


def _needed(rule: ScopeRule, whole: int) -> Decimal:
    return rule.share * whole


def _taker(rule: ScopeRule, whole: int) -> Callable[[int, int], bool]:
    """Is a supplier of this spend taken, when so much is reached already?"""
    if rule.method == "everybody":
        return lambda _spend, _reached: True
    if rule.method == "threshold":
        return lambda spend, _reached: spend >= rule.threshold
    needed = _needed(rule, whole)
    return lambda spend, reached: reached < needed and spend > 0


def _out_reason(one: Candidate) -> str:
    """A person's word stands above the rules, whichever way."""
    if one.by_hand == "out":
        return "by_hand"
    return "phase_out" if one.phase_out and one.by_hand != "in" else ""


def _in_reasons(one: Candidate, rule: ScopeRule, by_spend: bool) -> tuple[str, ...]:
    reasons = [str(rule.method)] if by_spend else []
    reasons += [mark for mark in FORCING if mark in one.marks and mark in rule.forced]
    if one.by_hand == "in":
        reasons.append("by_hand")
    return tuple(reasons)


def families_for(metals: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    """Which of the ``asked`` forms concern a supplier with these materials in its goods.

    CMRT: tin, tantalum, tungsten, gold; EMRT: cobalt, mica and the other metals it knows; AMRT is
    asked of everybody in scope where it is asked at all (its minerals are chosen by the survey).
    """
    held = set(metals)
    wanted = {
        "CMRT": bool(held & {"tin", "tantalum", "tungsten", "gold"}),
        "EMRT": bool(held - {"tin", "tantalum", "tungsten", "gold"}),
        "AMRT": bool(held),
    }
    return tuple(family for family in asked if wanted.get(family, False))
