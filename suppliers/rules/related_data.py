"""What sites, contacts and spend of a supplier may say; one rule for every door."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from suppliers.rules.cleaning import (
    amount_problems,
    one_line,
    shown,
    text_problems,
    year_problems,
)
from suppliers.rules.problems import Problem

# Good enough to catch mistakes of typing; whether the address exists only a mail can tell.
_EMAIL = re.compile(r"[^@\s\"<>()]+@[^@\s\"<>().]+(\.[^@\s\"<>().]+)+")
SITE_LENGTHS = {
    "code": 40,
    "name": 255,
    "local_name": 255,
    "region": 80,
    "city": 80,
    "address": 255,
}
CONTACT_LENGTHS = {"name": 150, "email": 254, "phone": 40, "title": 120}


@dataclass(frozen=True, slots=True)
class SiteInput:
    """``country``: ISO 3166 alpha-2. ``closed_on``: the first day a site was no longer in use."""

    code: str
    name: str
    local_name: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    address: str = ""
    is_active: bool = True
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ContactInput:
    """``role``: a code of ``ContactRole``; ``language``: a code of the portal or empty."""

    name: str
    email: str = ""
    phone: str = ""
    title: str = ""
    role: str = "other"
    language: str = ""
    is_primary: bool = False
    may_sign: bool = False


@dataclass(frozen=True, slots=True)
class SpendInput:
    """``year`` and ``amount`` None where what was typed is none; ``currency``: ISO 4217."""

    year: int | None
    currency: str
    amount: Decimal | None
    year_text: str = ""
    amount_text: str = ""


def site_values(current: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """``current`` with what is ``given``; a site that is opened again loses its closing day."""
    reopened = given.get("is_active") and "closed_on" not in given
    return {**current, **given, **({"closed_on": None} if reopened else {})}


def check_site(
    data: SiteInput, countries: frozenset[str], today: dt.date, current: SiteInput | None = None
) -> tuple[SiteInput, list[Problem]]:
    """``current``: the site as it stands, None for a new one.

    One that is closed without a day is closed today, one that was closed before keeps its day.
    """
    texts: dict[str, Any] = {name: one_line(getattr(data, name)) for name in SITE_LENGTHS}
    clean = replace(
        data,
        **texts,
        country=data.country.strip().upper(),
        closed_on=data.closed_on or _closing_day(data, today, current),
    )
    problems = _closing_problems(clean, today, current)
    if not clean.code:
        problems.append(Problem("site_code_missing", "code"))
    if not clean.name:
        problems.append(Problem("site_name_missing", "name"))
    for name, most in SITE_LENGTHS.items():
        problems += text_problems(name, getattr(clean, name), most)
    if clean.country and clean.country not in countries:
        problems.append(Problem("country_unknown", "country", {"value": shown(clean.country)}))
    return clean, problems


def _closing_day(data: SiteInput, today: dt.date, current: SiteInput | None) -> dt.date | None:
    if data.is_active:
        return None
    return current.closed_on if current and not current.is_active else today


def _closing_problems(data: SiteInput, today: dt.date, current: SiteInput | None) -> list[Problem]:
    if data.closed_on is None:
        return []
    if data.is_active:
        # Named where the change is: the day stayed and the site was opened, or the other way round.
        stayed = current is not None and current.closed_on == data.closed_on
        return [Problem("site_open_with_end", "is_active" if stayed else "closed_on")]
    if data.closed_on > today:
        return [Problem("site_end_future", "closed_on")]
    return []


def check_contact(
    data: ContactInput, roles: Mapping[str, str], languages: Mapping[str, str]
) -> tuple[ContactInput, list[Problem]]:
    texts: dict[str, Any] = {name: one_line(getattr(data, name)) for name in CONTACT_LENGTHS}
    texts["email"] = texts["email"].lower()
    clean = replace(
        data, **texts, role=data.role.strip().lower(), language=data.language.strip().lower()
    )
    problems = [] if clean.name else [Problem("contact_name_missing", "name")]
    for name, most in CONTACT_LENGTHS.items():
        problems += text_problems(name, getattr(clean, name), most)
    if clean.email and not is_email(clean.email):
        problems.append(Problem("email_invalid", "email", {"value": shown(clean.email)}))
    if clean.role not in roles:
        params = {"value": shown(clean.role), "allowed": ", ".join(roles)}
        problems.append(Problem("contact_role_unknown", "role", params))
    if clean.language and clean.language not in languages:
        params = {"value": shown(clean.language), "allowed": ", ".join(languages)}
        problems.append(Problem("language_unknown", "language", params))
    return clean, problems


def check_spend(
    data: SpendInput, currencies: frozenset[str], today: dt.date
) -> tuple[SpendInput, list[Problem]]:
    """Years from 1990 to the next one; amounts of zero or more with at most two decimals."""
    clean = replace(data, currency=data.currency.strip().upper())
    problems = year_problems("year", clean.year, clean.year_text or str(clean.year), today)
    if clean.currency not in currencies:
        problems.append(Problem("currency_unknown", "currency", {"value": shown(clean.currency)}))
    if clean.amount is None:
        problems.append(Problem("amount_invalid", "amount", {"value": shown(clean.amount_text)}))
    else:
        problems += amount_problems("amount", clean.amount)
    return clean, problems


def is_email(text: str) -> bool:
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text))
