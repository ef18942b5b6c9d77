"""Suppliers found by words of their code and names; for our own people also by the numbers of
public registers and by their contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
    return _few_or_all([_by_name(words, "")], _by_name(words, of), of) if words else Q()


def known_by(text: str) -> Q:
    """As ``named``; also suppliers with this registration number, blanks and dashes aside, and
    those with a contact whose name or mail has every word. For our own people only. One query
    over three indexes."""
    words = words_in(text)
    if not words:
        return Q()
    related = [_with_number(text), *_with_contact(words)]
    everywhere = _by_name(words, "")
    for rows in related:
        everywhere |= Q(pk__in=rows)
    return _few_or_all([_by_name(words, ""), *related], everywhere, "")


def contacts_named(text: str) -> QuerySet[SupplierContact]:
    """Contacts with every word of ``text`` in their name or mail. A mail counts from its
    beginning: its domain would find whole companies by a part of their name."""
    found = SupplierContact.objects.order_by()
    for word in words_in(text):
        part_of_mail = Q(email__icontains=word) if "@" in word else Q(email__istartswith=word)
        found = found.filter(Q(name__icontains=word) | part_of_mail)
    return found


def _few_or_all(ways: Sequence[Q | QuerySet[Any]], condition: Q, of: str) -> Q:
    """The keys found in any of ``ways`` where they are few, else ``condition``."""
    first, *more = [
        Supplier.objects.filter(way).order_by().values_list("pk") if isinstance(way, Q) else way
        for way in ways
    ]
    found = first.union(*more) if more else first
    keys = [key for (key,) in found[: FEW + 1]]
    return Q(**{f"{of}pk__in": keys}) if len(keys) <= FEW else condition


def _by_name(words: Sequence[str], of: str) -> Q:
    return Q(*(_has(word, of) for word in words))


def _with_number(text: str) -> QuerySet[Any]:
    keys = {registration_key(part) for part in (text, *words_in(text))} - {""}
    rows = RegistrationNumber.objects.filter(key__in=keys).order_by()
    return rows.values_list("supplier_id")


def _with_contact(words: Sequence[str]) -> list[QuerySet[Any]]:
    text = " ".join(words)
    if len(text) < SHORTEST_NAME:
        return []
    return [contacts_named(text).values_list("supplier_id")]


def _has(word: str, of: str) -> Q:
    """PostgreSQL looks at the one text in small letters, which spares it to make them of every
    name; SQLite at the names in their index, where it would read whole rows for such a text."""
    if connection.vendor == "postgresql":
        place = StrIndex(F(f"{of}search_text"), Lower(Value(word)))
        return Q(GreaterThan(place, 0))
    return in_any(word, f"{of}code", f"{of}name", f"{of}local_name")
