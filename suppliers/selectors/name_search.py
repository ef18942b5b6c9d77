"""Suppliers found by words of their code and names."""

from __future__ import annotations

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

from core.filters import in_any, words_in
from suppliers.models import Supplier

# More than these are found soon in whatever order they are shown, so nobody needs their keys.
FEW = 1_000
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
    condition = Q(*(_has(word, "") for word in words))
    found = Supplier.objects.filter(condition).order_by().values_list("pk", flat=True)
    keys = list(found[: FEW + 1])
    if len(keys) <= FEW:
        return Q(**{f"{of}pk__in": keys})
    return Q(*(_has(word, of) for word in words))


def _has(word: str, of: str) -> Q:
    """PostgreSQL looks at the one text in small letters, which spares it to make them of every
    name; SQLite at the names in their index, where it would read whole rows for such a text."""
    if connection.vendor == "postgresql":
        place = StrIndex(F(f"{of}search_text"), Lower(Value(word)))
        return Q(GreaterThan(place, 0))
    return in_any(word, f"{of}code", f"{of}name", f"{of}local_name")
