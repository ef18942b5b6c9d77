"""The trail of a supplier in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from core.models import ActivityEntry
from core.reader import clauses, listed
from suppliers.enums import (
    ContactRole,
    Metal,
    RatingLevel,
    ReasonCode,
    SupplierKind,
    SupplierStatus,
)
from suppliers.selectors.entry_names import names_of
from suppliers.web.words import WORDS
from suppliers.web.words.lifecycle_details import lifecycle_detail
from suppliers.web.words.minerals_risk import risk_detail

LABELS: dict[str, str | Promise] = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "local_name": gettext_lazy("Name in the local language"),
    "country": gettext_lazy("Country or region"),
    "kind": gettext_lazy("Kind"),
    "region": gettext_lazy("Province or state"),
    "city": gettext_lazy("City"),
    "address": gettext_lazy("Address"),
    "parent": gettext_lazy("Parent company"),
    "buyer": gettext_lazy("Buyer"),
    "categories": gettext_lazy("Categories"),
    "single_source": gettext_lazy("Single source"),
    "phase_out_on": gettext_lazy("Phase-out on"),
    "phase_out_reason": gettext_lazy("Reason of the phase-out"),
    "uscc": gettext_lazy("Unified social credit code"),
    "duns": gettext_lazy("D-U-N-S number"),
    "vat": gettext_lazy("VAT number"),
    "minerals": gettext_lazy("Minerals in scope"),
    "minerals_reason": gettext_lazy("Why minerals are in scope"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "title": gettext_lazy("Job title"),
    "role": gettext_lazy("Role"),
    "language": gettext_lazy("Language"),
    "is_primary": gettext_lazy("First contact"),
    "may_sign": gettext_lazy("May sign for the company"),
    "is_active": gettext_lazy("In use"),
    "closed_on": gettext_lazy("Closed on"),
    "level": gettext_lazy("CSR rating"),
    "rating": gettext_lazy("CSR rating"),
    "score": gettext_lazy("CSR score"),
}
WORDS_OF: dict[str, dict[str, Any]] = {
    "kind": dict(SupplierKind.choices),
    "minerals": dict(Metal.choices),
    "role": dict(ContactRole.choices),
    "level": dict(RatingLevel.choices),
    "rating": dict(RatingLevel.choices),
    "language": dict(settings.LANGUAGES),
}
# Where entries keep the words of the person who did it.
EXPLANATIONS = ("explanation", "note", "refusal", "why")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``detail`` says what changed from what to what, ``why`` the reason and the words of the
    person; ``who`` is empty for the system."""

    at: dt.datetime
    who: str
    what: str
    detail: str = ""
    why: str = ""


def history_lines(entries: Iterable[ActivityEntry]) -> list[HistoryLine]:
    listed = list(entries)
    names = names_of(listed)
    return [history_line(entry, names.get(entry.pk, "")) for entry in listed]


def history_line(entry: ActivityEntry, name: str = "") -> HistoryLine:
    """``name``: what the entry names, in the language of the reader (``names_of``)."""
    who = str(entry.actor) if entry.actor else ""
    data = {**entry.data, "name": name} if name else entry.data
    detail = lifecycle_detail(entry) or risk_detail(entry) or _detail(data)
    return HistoryLine(entry.at, who, _what(entry), detail, _why(entry.data))


def _what(entry: ActivityEntry) -> str:
    words = str(WORDS.get(entry.verb, entry.verb))
    return words % _Values(entry.data) if "%(" in words else words


class _Values(dict[str, Any]):
    """An old entry without a value must never break the page."""

    def __missing__(self, key: str) -> str:
        return "…"


def _detail(data: Mapping[str, Any]) -> str:
    changes = data.get("changes")
    if isinstance(changes, Mapping):
        return clauses(_change(name, values) for name, values in changes.items())
    if "from" in data and "to" in data:
        return f"{_status(data['from'])} → {_status(data['to'])}"
    return str(data.get("name", ""))


def _change(name: str, values: Any) -> str:
    old, new = values if isinstance(values, list) and len(values) == 2 else ("", values)
    return f"{label_of(name)}: {value_words(name, old)} → {value_words(name, new)}"


def label_of(name: str) -> str:
    """A field of a record as the pages call it."""
    return str(LABELS.get(name, name))


def value_words(name: str, value: Any) -> str:
    """The value of a field as the trail keeps it; a dash for none."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return listed(_word(name, each) for each in value) or "–"
    return _word(name, str(value)) if value not in (None, "") else "–"


def _word(name: str, value: str) -> str:
    """Codes as the reader calls them."""
    if name == "country":
        return str(countries.name(value) or value)
    words = WORDS_OF.get(name)
    return str(words.get(value, value)) if words else value


def _status(value: Any) -> str:
    known = dict(SupplierStatus.choices)
    return str(known.get(value, value) or "–")


def _why(data: Mapping[str, Any]) -> str:
    code = data.get("reason_code", data.get("reason", ""))
    reason = str(dict(ReasonCode.choices).get(code, code) or "")
    said = next((str(data[key]) for key in EXPLANATIONS if data.get(key)), "")
    return ": ".join(part for part in (reason, said) if part)
