"""Suppliers found by words of their code and names; for our own people also by the numbers of
public registers and by their contacts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

from core.filters import in_any, words_in
from suppliers.models import RegistrationNumber, Supplier, SupplierContact
from suppliers.rules.registration import registration_key

# More than these are found soon in whatever order they are shown, so nobody needs their keys.
FEW = 1_000
# A single letter is part of everybody's name.
SHORTEST_NAME = 2
# The supplier of what belongs to one, where other fields are searched too.
SUPPLIER_NAMES = ("supplier__code", "supplier__name", "supplier__local_name")


def named(text: str, of: str = "") -> Q:
    """Suppliers with every word of ``text`` in their code or one of their names, or what belongs
    to them (``of``: ``supplier__``).

    One query over an index of the texts alone: rare words would else walk through all rows, twice
    for a page and its count.
    """
    words = words_in(text)
    if not words:
        return Q()
    keys = _keys(words)
    return Q(**{f"{of}pk__in": keys}) if len(keys) <= FEW else _by_name(words, of)


def known_by(text: str) -> Q:
    """As ``named``; also suppliers with this registration number, blanks and dashes aside, and,
    where there is none of those, suppliers with a contact whose name or mail has every word. For
    our own people only.

    People are only looked for after companies: there are several of them to a supplier, and the
    name of a company is what is mostly meant.
    """
    words = words_in(text)
    if not words:
        return Q()
    keys, numbered = _keys(words), _with_number(text)
    if len(keys) > FEW:
        return _by_name(words, "") | Q(pk__in=numbered) if numbered else _by_name(words, "")
    if keys or numbered:
        return Q(pk__in=[*keys, *numbered])
    people = contacts_named(text).values("supplier_id")
    return Q(pk__in=people) if len(text.strip()) >= SHORTEST_NAME else Q(pk__in=[])


def contacts_named(text: str) -> QuerySet[SupplierContact]:
    """Contacts with every word of ``text`` in their name or mail. A mail counts from its
    beginning: its domain would find whole companies by a part of their name."""
    found = SupplierContact.objects.order_by()
    for word in words_in(text):
        part_of_mail = Q(email__icontains=word) if "@" in word else Q(email__istartswith=word)
        found = found.filter(Q(name__icontains=word) | part_of_mail)
    return found


def _keys(words: Sequence[str]) -> list[int]:
    """Of suppliers found by name; cut off above ``FEW``, where the database can stop looking."""
    found = Supplier.objects.filter(_by_name(words, "")).order_by()
    return list(found.values_list("pk", flat=True)[: FEW + 1])


def _by_name(words: Sequence[str], of: str) -> Q:
    return Q(*(_has(word, of) for word in words))


def _with_number(text: str) -> list[int]:
    keys = {registration_key(part) for part in (text, *words_in(text))} - {""}
    rows = RegistrationNumber.objects.filter(key__in=keys).order_by()
    return list(rows.values_list("supplier_id", flat=True)[: FEW + 1])


def _has(word: str, of: str) -> Q:
    """PostgreSQL looks at the one text in small letters, which spares it to make them of every
    name; SQLite at the names in their index, where it would read whole rows for such a text."""
    if connection.vendor == "postgresql":
        place = StrIndex(F(f"{of}search_text"), Lower(Value(word)))
        return Q(GreaterThan(place, 0))
    return in_any(word, f"{of}code", f"{of}name", f"{of}local_name")
