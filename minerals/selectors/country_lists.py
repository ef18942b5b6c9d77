"""The dated lists of countries, and what the origin of a mineral says by them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core.countries import country_code
from core.errors import NotFound
from minerals.enums import CountryListKind
from minerals.models import CountryListing
from minerals.rules.consistency.rows import origins_in
from minerals.rules.declaration import Declaration
from minerals.rules.risk.facts import Origin

# The one country that has a level of its own in RMI's origin data.
DRC = "CD"


@dataclass(frozen=True, slots=True)
class CountryBook:
    """ISO codes on each list on ``day``. A country with only some regions listed counts whole:
    declarations name countries."""

    day: dt.date
    covered: frozenset[str]
    cahra: frozenset[str]
    transit: frozenset[str]

    def origin_of(self, name: str) -> Origin:
        """By RMI's levels (standards, section 3.1): the DRC; covered countries and areas of
        conflict; transit countries; others. Unknown for a text that names no country."""
        code = country_code(name)
        if not code:
            return "unknown"
        if code == DRC:
            return "drc"
        if code in self.covered or code in self.cahra:
            return "high_risk"
        return "transit" if code in self.transit else "low_risk"


def on_list(day: dt.date) -> Q:
    return (Q(valid_until=None) | Q(valid_until__gte=day)) & Q(valid_from__lte=day)


def country_book(day: dt.date) -> CountryBook:
    """One query."""
    rows = CountryListing.objects.filter(on_list(day))
    found: dict[str, set[str]] = defaultdict(set)
    for kind, code in rows.values_list("kind", "country_code"):
        found[kind].add(code)
    return CountryBook(
        day,
        frozenset(found[CountryListKind.COVERED]),
        frozenset(found[CountryListKind.CAHRA]),
        frozenset(found[CountryListKind.TRANSIT]),
    )


def areas_named(found: Declaration, day: dt.date) -> tuple[str, ...]:
    """The countries of origin a declaration names that are on the list of conflict-affected and
    high-risk areas on ``day``, as they are written in it: the rules compare texts."""
    texts = dict.fromkeys(text for row in found.smelters for text in origins_in(row.mine_countries))
    texts |= dict.fromkeys(mine.country.strip() for mine in found.mines if mine.country.strip())
    codes = {text: code for text in texts if (code := country_code(text))}
    if not codes:
        return ()
    listed = country_book(day).cahra
    return tuple(text for text, code in codes.items() if code in listed)


def listings() -> QuerySet[CountryListing]:
    return CountryListing.objects.select_related("changed_by")


def listing_with(listing_id: int, *, locked: bool = False) -> CountryListing:
    """Errors: country_listing_not_found."""
    rows = CountryListing.objects.select_for_update() if locked else CountryListing.objects.all()
    found = rows.filter(pk=listing_id).first()
    if found is None:
        raise NotFound("country_listing_not_found", N_("There is no such entry of a list."))
    return found
