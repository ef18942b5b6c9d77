"""The measures that a mitigation begins with, from the reasons of a rating. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from minerals.rules.mitigation import plan_dates
from minerals.rules.risk.facts import RiskFacts
from minerals.rules.smelter_status import BY_CODE


@dataclass(frozen=True, slots=True)
class ProposedMeasure:
    """``cid`` and ``name`` of the smelter where it is about one."""

    kind: str
    due_on: dt.date
    cid: str = ""
    name: str = ""


def proposed_measures(
    facts: Sequence[RiskFacts], level: str, opened_on: dt.date
) -> list[ProposedMeasure]:
    """What the reasons of a rating ask for. Specialised training always; a spot check at a high
    risk; every smelter whose status asks something of the supplier, by the deadline of that status;
    a policy where there is none; a correction where the file contradicts itself or none came."""
    dates = plan_dates(level, opened_on)
    found = [ProposedMeasure("training", dates.close_due_on)]
    if dates.spot_check_due_on is not None:
        found.append(ProposedMeasure("spot_check", dates.spot_check_due_on))
    found += _smelter_measures(facts, opened_on, dates.close_due_on)
    if any(place.name == "A" for one in facts for place in one.programme):
        found.append(ProposedMeasure("policy", dates.close_due_on))
    if not facts or any(one.missing or one.contradictions for one in facts):
        found.append(ProposedMeasure("correction", dates.close_due_on))
    return found


def _smelter_measures(
    facts: Sequence[RiskFacts], opened_on: dt.date, close_due_on: dt.date
) -> list[ProposedMeasure]:
    """One a smelter, with the earliest deadline of what is known of it."""
    due: dict[tuple[str, str], dt.date] = {}
    for group in (group for one in facts for group in one.groups):
        fact = BY_CODE.get(group.status)
        if fact is None or not fact.asks_supplier:
            continue
        key = (group.cid, "" if group.cid else group.name)
        day = min(opened_on + dt.timedelta(days=fact.days), close_due_on)
        due[key] = min(due.get(key, day), day)
    names = {group.cid: group.name for one in facts for group in one.groups if group.cid}
    return [
        ProposedMeasure("smelter", day, cid, names.get(cid, name))
        for (cid, name), day in sorted(due.items(), key=lambda item: (item[1], item[0]))
    ]
