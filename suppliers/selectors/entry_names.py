"""What entries of the trail name by code, in the words of the reader.

Entries also keep the name as it was written, in one language: it stands in for codes that are not
there any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from core.models import ActivityEntry
from core.reader import listed
from suppliers.models import Category, DocumentType, Questionnaire

Named = tuple[type[Any], list[str]]


def names_of(entries: Iterable[ActivityEntry]) -> dict[int, str]:
    """By the key of the entry, for those that name something; at most three queries."""
    named = {entry.pk: found for entry in entries if (found := _named(entry)) is not None}
    labels = {
        model: _labels(model, [code for kind, codes in named.values() if kind is model
                               for code in codes])
        for model in {kind for kind, _codes in named.values()}
    }  # fmt: skip
    return {
        key: listed(labels[model][code] for code in codes)
        for key, (model, codes) in named.items()
        if all(code in labels[model] for code in codes)
    }


def _named(entry: ActivityEntry) -> Named | None:
    data = entry.data
    if entry.verb.startswith("document."):
        codes = data.get("documents") or [data.get("document") or data.get("code")]
        return (DocumentType, codes) if all(isinstance(code, str) for code in codes) else None
    if entry.verb == "assessment.requested" and data.get("name"):
        return Questionnaire, [str(data["name"])]
    if entry.verb == "supplier.category_added" and data.get("category"):
        return Category, [str(data["category"])]
    return None


def _labels(model: type[Any], codes: Sequence[str]) -> dict[str, str]:
    return {row.code: row.label for row in model.objects.filter(code__in=set(codes))}
