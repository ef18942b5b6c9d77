"""A supplier changed by two people at once: the second sees what the first changed, and decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import QueryDict

from core import clock
from core.models import ActivityEntry
from suppliers.models import Supplier
from suppliers.rules.master_data import SupplierInput, check_supplier, record_of_input
from suppliers.rules.meanwhile import compare
from suppliers.selectors.known_values import known_values
from suppliers.selectors.links import record_of
from suppliers.web.forms import SupplierForm
from suppliers.web.history import label_of, value_words

_SALT = "suppliers.web.meanwhile"


@dataclass(frozen=True, slots=True)
class OthersChange:
    """One field in words; ``mine`` is empty where the second person left it alone."""

    name: str
    label: str
    before: str
    after: str
    mine: str
    who: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Collision:
    """``form``: what the second person typed on top of the record of now."""

    changes: Sequence[OthersChange]
    form: SupplierForm


def opened_form(
    supplier: Supplier, data: QueryDict | None = None, typed: Mapping[str, Any] | None = None
) -> SupplierForm:
    """The form to change the record, which remembers what it began with. ``typed``: values that
    stand in it instead of those of the record."""
    seen = {"at": clock.now().isoformat(), "record": record_of(supplier)}
    base = signing.dumps(seen, salt=_SALT, compress=True)
    return SupplierForm(data, supplier=supplier, initial={"base": base, **(typed or {})})


def decided(post: QueryDict, supplier: Supplier) -> QueryDict:
    """What was posted, with the stored values of the fields for which they were chosen; so the
    form keeps the choice, too, when something else in it is refused."""
    record, data = record_of(supplier), post.copy()
    chosen = (name for name in record if post.get(f"decide-{name}") == "theirs")
    for name in chosen:
        value = record[name]
        if isinstance(value, bool):
            value = ["on"] if value else []
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def collision(supplier: Supplier, base: str, data: SupplierInput) -> Collision | None:
    """``supplier`` as the second person may know it now; None for a form that does not remember
    what it began with."""
    try:
        seen = signing.loads(base, salt=_SALT)
    except signing.BadSignature:
        return None
    clean, _problems = check_supplier(data, known_values())
    now, typed = record_of(supplier), record_of_input(clean)
    found = compare(seen["record"], now, typed)
    entries = _entries_since(supplier, dt.datetime.fromisoformat(seen["at"]))
    changes = [
        _change(name, seen["record"], now, typed if name in found.both else {}, entries)
        for name in found.others
    ]
    return Collision(changes, opened_form(supplier, typed=found.merged))


def _entries_since(supplier: Supplier, at: dt.datetime) -> list[ActivityEntry]:
    """Those that may have changed the record, the newest first."""
    since = ActivityEntry.objects.about(supplier).filter(at__gte=at).select_related("actor")
    return [
        entry
        for entry in since.order_by("-at", "-pk")
        if entry.verb.partition(".")[0] in ("supplier", "lifecycle")
    ]


def _change(
    name: str,
    base: dict[str, Any],
    now: dict[str, Any],
    typed: dict[str, Any],
    entries: Sequence[ActivityEntry],
) -> OthersChange:
    # A phase-out or a merge changes fields without naming them.
    named = [entry for entry in entries if name in (entry.data.get("changes") or ())]
    entry = next(iter(named or entries), None)
    return OthersChange(
        name,
        label_of(name),
        value_words(name, base[name]),
        value_words(name, now[name]),
        value_words(name, typed[name]) if name in typed else "",
        str(entry.actor) if entry and entry.actor else "",
        entry.at if entry else None,
    )
