"""What the lists of this installation know, for the checks of master data."""

from __future__ import annotations

from django.conf import settings
from django_countries import countries

from suppliers.enums import ContactRole, Metal, RegistrationKind, SupplierKind
from suppliers.models import Category
from suppliers.rules.master_data import KnownValues


def known_values() -> KnownValues:
    """One query. The words are in the language that is active now."""
    codes = Category.objects.filter(is_active=True).values_list("code", flat=True)
    return KnownValues(
        countries=known_countries(),
        kinds=_words(SupplierKind.choices),
        minerals=_words(Metal.choices),
        categories={code.lower(): code for code in codes},
        registration_words=_words(RegistrationKind.choices),
    )


def known_countries() -> frozenset[str]:
    return frozenset(dict(countries))


def contact_roles() -> dict[str, str]:
    return _words(ContactRole.choices)


def portal_languages() -> dict[str, str]:
    return _words(settings.LANGUAGES)


def _words(choices: object) -> dict[str, str]:
    return {code: str(word) for code, word in choices}  # type: ignore[attr-defined]
