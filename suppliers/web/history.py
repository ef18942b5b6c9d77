"""The trail of a supplier in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.translation import gettext as _
from django_countries import countries

from core.models import ActivityEntry
from suppliers.enums import ReasonCode, SupplierStatus
from suppliers.models import Supplier
from suppliers.web.words import WORDS

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
    return [history_line(entry) for entry in entries]


def history_line(entry: ActivityEntry) -> HistoryLine:
    who = str(entry.actor) if entry.actor else ""
    return HistoryLine(entry.at, who, _what(entry), _detail(entry.data), _why(entry.data))


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
        return "; ".join(_change(name, values) for name, values in changes.items())
    if "from" in data and "to" in data:
        return f"{_status(data['from'])} → {_status(data['to'])}"
    return str(data.get("name", ""))


def _change(name: str, values: Any) -> str:
    old, new = values if isinstance(values, list) and len(values) == 2 else ("", values)
    return f"{_label(name)}: {_shown(name, old)} → {_shown(name, new)}"


def _label(name: str) -> str:
    labels = {
        "code": _("Supplier code"),
        "name": _("Name"),
        "local_name": _("Name in the local language"),
        "country": _("Country or region"),
        "categories": _("Categories"),
    }
    field = _field(name)
    return labels.get(name) or (str(field.verbose_name).capitalize() if field else name)


def _field(name: str) -> Field[Any, Any] | None:
    try:
        found = Supplier._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "–"
    if name == "country" and value:
        return str(countries.name(str(value))) or str(value)
    field = _field(name)
    words = dict(field.flatchoices) if field is not None and field.choices else {}
    return str(words.get(value, value) or "–")


def _status(value: Any) -> str:
    known = dict(SupplierStatus.choices)
    return str(known.get(value, value) or "–")


def _why(data: Mapping[str, Any]) -> str:
    code = data.get("reason_code", data.get("reason", ""))
    reason = str(dict(ReasonCode.choices).get(code, code) or "")
    said = next((str(data[key]) for key in EXPLANATIONS if data.get(key)), "")
    return ": ".join(part for part in (reason, said) if part)
