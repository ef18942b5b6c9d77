"""Is a supplier qualified for what was asked, and for how much of it where the question is open?

A parent category covers those below it, a qualification without site every site. A question
without category or site is answered from what holds; the answer names what it holds for.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from suppliers.rules.sourcing_facts import Qualified, Question, Reason, Standing, Waived

NARROW_WAIVER = "waiver_only_for_categories"
# Answers with one of these hold for a part of what was asked.
NARROWING = frozenset(
    {"only_for_categories", "only_from_sites", "only_from_sites_of_category", NARROW_WAIVER}
)
# Rows that say the same about the part of the question that was left open: path and site.
Groups = dict[tuple[str, str], Qualified]


def coverage(standing: Standing, question: Question) -> Iterable[Reason]:
    if question.purpose == "new_category":
        return
    fitting = [row for row in standing.qualifications if question.path.startswith(row.path)]
    if not question.path:
        fitting = list(standing.qualifications)
    at_site = [row for row in fitting if not question.site or row.site in ("", question.site)]
    holding = [row for row in at_site if row.holds(question.on)]
    current = [row for row in holding if row.site not in standing.closed]
    if current:
        yield from _covered(current, question)
    elif holding:
        sites = sorted({row.site for row in holding})
        yield Reason("qualified_sites_closed", "waivable", params={"sites": ", ".join(sites)})
    elif not fitting:
        code = "category_not_qualified" if standing.qualifications else "no_qualification"
        yield Reason(code, "waivable")
    elif not at_site:
        yield Reason("site_not_qualified", "waivable")
    else:
        yield _lapsed(at_site, question.on)


def named(rows: Sequence[Qualified | Waived]) -> dict[str, str]:
    """The categories of the rows, by code for programs and by name for people."""
    found = {row.path: row for row in sorted(rows, key=lambda row: row.path)}
    return {
        "categories": ", ".join(row.code for row in found.values()),
        "names": ", ".join(row.name for row in found.values()),
    }


def _covered(current: Sequence[Qualified], question: Question) -> Iterable[Reason]:
    """The day named is one until which all of it holds."""
    groups = _groups(current, question)
    first = min(groups.values(), key=lambda row: (row.last_day, row.valid_from))
    if first.last_day < dt.date.max:
        params = {"date": first.last_day}
        yield Reason("qualified_until", "supports", first.valid_from, params)
    else:
        yield Reason("qualified", "supports", first.valid_from)
    if not question.path:
        yield Reason("only_for_categories", "note", params=named(list(groups.values())))
    if not question.site and any(site for _path, site in groups):
        yield _only_from(groups)


def _groups(current: Sequence[Qualified], question: Question) -> Groups:
    """The row that lasts longest for each category and site that the question left open; without
    those that lie inside another."""
    groups: Groups = {}
    for row in sorted(current, key=lambda row: (row.last_day, row.valid_from)):
        groups["" if question.path else row.path, "" if question.site else row.site] = row
    wide = [path for path, site in groups if not site]
    return {
        (path, site): row
        for (path, site), row in groups.items()
        if not any(path.startswith(other) and (site or other != path) for other in wide)
    }


def _only_from(groups: Groups) -> Reason:
    sites: defaultdict[str, set[str]] = defaultdict(set)
    codes = {path: row.code for (path, _site), row in groups.items()}
    for path, site in groups:
        sites[path].add(site)
    if len({frozenset(found) for found in sites.values()}) == 1:
        everywhere = ", ".join(sorted({site for _path, site in groups}))
        return Reason("only_from_sites", "note", params={"sites": everywhere})
    bound = {codes[path]: found for path, found in sites.items() if "" not in found}
    pairs = "; ".join(f"{code}: {', '.join(sorted(bound[code]))}" for code in sorted(bound))
    return Reason("only_from_sites_of_category", "note", params={"pairs": pairs})


def _lapsed(rows: Sequence[Qualified], on: dt.date) -> Reason:
    """Why none of them holds on the day: the most recent one speaks."""
    begun = [row for row in rows if row.valid_from <= on]
    if not begun:
        first = min(row.valid_from for row in rows)
        return Reason("qualification_later", "waivable", params={"date": first})
    last = max(begun, key=lambda row: row.last_day)
    if last.ended_on is not None and last.ended_on <= (last.valid_until or dt.date.max):
        return Reason("qualification_withdrawn", "waivable", last.ended_on)
    return Reason("qualification_expired", "waivable", params={"date": last.last_day})
