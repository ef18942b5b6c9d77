"""Suppliers found by words of their code and names."""

from __future__ import annotations

from django.db.models import Q, Value
from django.db.models.functions import Lower

from core.filters import words_in
from suppliers.models import Supplier

# More than these are found soon in whatever order they are shown, so nobody needs their keys.
FEW = 1_000


def named(text: str, of: str = "") -> Q:
    """Suppliers with every word of ``text`` in their code or one of their names, or what belongs
    to them (``of``: ``supplier__``).

    One query over an index of the texts alone: rare words would else walk through all rows, twice
    for a page and its count.
    """
    condition, outside = Q(), Q()
    for word in words_in(text):
        part = Lower(Value(word))
        condition &= Q(search_text__contains=part)
        outside &= Q(**{f"{of}search_text__contains": part})
    if not condition:
        return condition
    found = Supplier.objects.filter(condition).order_by().values_list("pk", flat=True)
    keys = list(found[: FEW + 1])
    return outside if len(keys) > FEW else Q(**{f"{of}pk__in": keys})
