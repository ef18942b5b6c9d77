"""What a supplier's record may say. One rule for forms, the API and spreadsheets.

Source: issue text of the master data (code, names, place, kind, categories, numbers, minerals,
phase-out), ISO 3166 for countries, GB 32100-2015 for the unified social credit code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from suppliers.rules.cleaning import all_fit, one_line, shown, text_problems
from suppliers.rules.problems import Problem
from suppliers.rules.registration import is_plausible

LENGTHS = {
    "code": 40,
    "name": 255,
    "local_name": 255,
    "region": 80,
    "city": 80,
    "address": 255,
    "phase_out_reason": 255,
    "minerals_reason": 255,
    "uscc": 40,
    "duns": 40,
    "vat": 40,
}
FURTHEST_PHASE_OUT = dt.timedelta(days=3660)
REGISTRATIONS = ("uscc", "duns", "vat")
# Fields that the rules look at together: a fault of one may come from a change of the other.
_TOGETHER = (
    frozenset({"phase_out_on", "phase_out_reason"}),
    frozenset({"minerals", "minerals_reason"}),
)


@dataclass(frozen=True, slots=True)
class SupplierInput:
    """What may be said about a supplier. ``country``: ISO 3166 alpha-2, upper or lower case;
    ``kind``: a code of ``SupplierKind``; ``parent``: the code of the parent company; ``buyer``:
    the e-mail address of an account; ``categories`` and ``minerals``: codes."""

    code: str
    name: str
    local_name: str = ""
    country: str = ""
    kind: str = "production"
    region: str = ""
    city: str = ""
    address: str = ""
    parent: str = ""
    buyer: str = ""
    categories: tuple[str, ...] = ()
    single_source: bool = False
    phase_out_on: dt.date | None = None
    phase_out_reason: str = ""
    uscc: str = ""
    duns: str = ""
    vat: str = ""
    minerals: tuple[str, ...] = ()
    minerals_reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownValues:
    """What the lists of this installation know. ``categories``: code in lower case to the code
    as stored; ``kinds`` and ``minerals``: code to the word shown."""

    countries: frozenset[str]
    kinds: Mapping[str, str]
    minerals: Mapping[str, str]
    categories: Mapping[str, str] = field(default_factory=dict)
    registration_words: Mapping[str, str] = field(default_factory=dict)

    def keeping(self, codes: Iterable[str]) -> KnownValues:
        """With the categories that a record has already: one that went out of use stays with
        those that have it, and nobody else gets it."""
        more = {code.lower(): code for code in codes if code.lower() not in self.categories}
        return replace(self, categories={**self.categories, **more}) if more else self


def check_supplier(data: SupplierInput, known: KnownValues) -> tuple[SupplierInput, list[Problem]]:
    """The input made clean, and everything that is wrong with it, field by field.

    What needs the database (free code, parent, buyer) is checked by the caller.
    """
    clean = _cleaned(data, known)
    problems = [*_missing(clean), *_lengths(clean), *_lists(clean, known)]
    problems += [*_numbers(clean, known), *_phase_out(clean)]
    return clean, problems


def _cleaned(data: SupplierInput, known: KnownValues) -> SupplierInput:
    texts: dict[str, Any] = {name: one_line(getattr(data, name)) for name in LENGTHS}
    return replace(
        data,
        **texts,
        country=data.country.strip().upper(),
        kind=data.kind.strip().lower(),
        parent=one_line(data.parent),
        buyer=data.buyer.strip().lower(),
        categories=_categories(data.categories, known),
        minerals=tuple(dict.fromkeys(one_line(code).lower() for code in data.minerals if code)),
    )


def _categories(codes: tuple[str, ...], known: KnownValues) -> tuple[str, ...]:
    """As stored, each once, in the order of the codes; unknown ones stay as typed."""
    typed = (one_line(code) for code in codes)
    found = {known.categories.get(code.lower(), code): None for code in typed if code}
    return tuple(sorted(found))


def _missing(data: SupplierInput) -> list[Problem]:
    problems = []
    if not data.code:
        problems.append(Problem("supplier_code_missing", "code"))
    if not data.name:
        problems.append(Problem("supplier_name_missing", "name"))
    return problems


def _lengths(data: SupplierInput) -> list[Problem]:
    if all_fit([getattr(data, name) for name in LENGTHS], tuple(LENGTHS.values())):
        return []
    return [
        problem
        for name, most in LENGTHS.items()
        for problem in text_problems(name, getattr(data, name), most)
    ]


def _lists(data: SupplierInput, known: KnownValues) -> list[Problem]:
    problems = []
    if data.country and data.country not in known.countries:
        problems.append(Problem("country_unknown", "country", {"value": shown(data.country)}))
    if data.kind not in known.kinds:
        params = {"value": shown(data.kind), "allowed": ", ".join(known.kinds)}
        problems.append(Problem("kind_unknown", "kind", params))
    stored = set(known.categories.values())
    problems += [
        Problem("category_unknown", "categories", {"value": shown(code)})
        for code in data.categories
        if code not in stored
    ]
    problems += [
        Problem(
            "mineral_unknown",
            "minerals",
            {"value": shown(code), "allowed": ", ".join(known.minerals)},
        )
        for code in data.minerals
        if code not in known.minerals
    ]
    if data.minerals and not data.minerals_reason:
        problems.append(Problem("minerals_reason_missing", "minerals_reason"))
    return problems


def _numbers(data: SupplierInput, known: KnownValues) -> list[Problem]:
    return [
        Problem(
            "registration_invalid",
            kind,
            {"value": shown(number), "kind": known.registration_words.get(kind, kind)},
        )
        for kind in REGISTRATIONS
        if (number := getattr(data, kind)) and not is_plausible(kind, number)
    ]


def _phase_out(data: SupplierInput) -> list[Problem]:
    if data.phase_out_on and not data.phase_out_reason:
        return [Problem("phase_out_reason_missing", "phase_out_reason")]
    if data.phase_out_reason and not data.phase_out_on:
        return [Problem("phase_out_date_missing", "phase_out_on")]
    return []


def phase_out_day(
    today: dt.date, before: dt.date | None, after: dt.date | None, *, is_done: bool = False
) -> list[Problem]:
    """The day from which nothing is ordered. ``is_done``: the supplier is phased out.

    A new one is today or later: what was answered about past days stays true. For the same reason
    one that has come, or that was decided with the phase-out, is no plan any more and stays.
    """
    if after == before:
        return []
    if is_done or (before is not None and before < today):
        return [Problem("phase_out_fixed", "phase_out_on")]
    if after is not None and not today <= after <= today + FURTHEST_PHASE_OUT:
        return [Problem("phase_out_date_impossible", "phase_out_on")]
    return []


def record_of_input(data: SupplierInput) -> dict[str, Any]:
    """Clean input in the shape of ``selectors.links.record_of``, as it would be stored."""
    return {
        "code": data.code,
        "name": data.name,
        "local_name": data.local_name,
        "country": data.country,
        "kind": data.kind,
        "region": data.region,
        "city": data.city,
        "address": data.address,
        "parent": data.parent,
        "buyer": data.buyer,
        "categories": list(data.categories),
        "single_source": data.single_source,
        "phase_out_on": data.phase_out_on.isoformat() if data.phase_out_on else "",
        "phase_out_reason": data.phase_out_reason,
        "uscc": data.uscc,
        "duns": data.duns,
        "vat": data.vat,
        "minerals": sorted(data.minerals),
        # The reason is kept with each material.
        "minerals_reason": data.minerals_reason if data.minerals else "",
    }


def of_change(problems: Iterable[Problem], changed: Collection[str]) -> list[Problem]:
    """Faults of the fields that change; those the record had before are not the change's.

    Else a buyer who left, or a number from before a check, would freeze the whole record."""
    touched = set(changed)
    for group in _TOGETHER:
        if touched & group:
            touched |= group
    return [problem for problem in problems if problem.field in touched]
