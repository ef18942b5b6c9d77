"""Headings and words that imported files may use: codes, and the labels of every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django_countries import countries

from core.countries import OTHER_NAMES
from core.currencies import CURRENCIES
from core.spreadsheets.headings import heading_key
from suppliers.enums import ContactRole, Metal, SupplierKind
from suppliers.excel.import_columns import COLUMNS, ImportColumn
from suppliers.models import Category

YES, NO = "yes", "no"


def known_headings(kind: str) -> dict[str, ImportColumn]:
    """Headings as ``heading_key`` gives them: the codes, and the labels in every language."""
    found: dict[str, ImportColumn] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for column in COLUMNS[kind]:
                found[heading_key(gettext(column.label))] = column
    for column in COLUMNS[kind]:
        found[heading_key(column.label)] = column
        found[heading_key(column.code)] = column
    return found


def known_columns(kind: str, header: Sequence[str]) -> list[ImportColumn | None]:
    """The column that each heading of a file means; None for one that is not known."""
    known = known_headings(kind)
    return [known.get(heading_key(heading)) for heading in header]


def choice_words(kind: str) -> dict[str, dict[str, str]]:
    """For each list that the columns use: every word for a code, in lower case."""
    wanted = {column.choices for column in COLUMNS[kind]} - {"", "flags"}
    return {name: _words(name) for name in wanted}


def choice_labels(name: str) -> list[str]:
    """What a drop-down offers in the language that is active now; each is understood back."""
    if name == "flags":
        return [gettext("yes"), gettext("no")]
    pairs = _pairs(name)
    if name in ("countries", "categories"):
        return [f"{code} · {word}" for code, word in pairs]
    return [word for _code, word in pairs]


def _words(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            found |= {word.casefold(): code for code, word in _pairs(name)}
    if name == "countries":
        found |= {word.casefold(): code for word, code in OTHER_NAMES.items()}
    # Last, so that a code is never taken for somebody else's word.
    return found | {code.casefold(): code for code, _word in _pairs(name)}


def _pairs(name: str) -> list[tuple[str, str]]:
    if name == "categories":
        rows = Category.objects.filter(is_active=True).order_by("path")
        return [(row.code, row.label) for row in rows]
    if name == "countries":
        return [(code, str(word)) for code, word in countries]
    if name == "currencies":
        return [(code, code) for code in sorted(CURRENCIES)]
    return _plain(
        {
            "kinds": SupplierKind.choices,
            "minerals": Metal.choices,
            "roles": ContactRole.choices,
            "languages": settings.LANGUAGES,
        }[name]
    )


def _plain(choices: Iterable[tuple[object, object]]) -> list[tuple[str, str]]:
    return [(str(code), str(word)) for code, word in choices]


def label_of(columns: Mapping[str, ImportColumn], code: str) -> str:
    """The label of a column in the language that is active now."""
    return gettext(columns[code].label) if code in columns else code
