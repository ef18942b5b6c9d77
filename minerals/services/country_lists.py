"""The dated lists of countries: entries begin and end, none is deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_
from django_countries import countries

from core import clock
from core.errors import DomainError, InvalidInput
from core.queue import enqueue_after_commit
from core.services.activity import record_activity
from minerals.enums import CountryListKind
from minerals.models import CountryListing
from minerals.policies import risk as policies
from minerals.selectors.country_lists import listing_with
from suppliers.services.proof import require_near

if TYPE_CHECKING:
    from accounts.models import User

RECOUNT_TASK = "minerals.tasks.risk.recount_countries"
LONGEST_REGION, LONGEST_SOURCE = 120, 255
FIRST_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ListingInput:
    """``country``: ISO 3166, two letters. ``region``: empty for the whole country. ``source``:
    which edition says so."""

    kind: str
    country: str
    valid_from: dt.date | None = None
    region: str = ""
    source: str = ""


@transaction.atomic
def add_listing(actor: User, data: ListingInput) -> CountryListing:
    """On the list from a day on.

    Errors: may_not_edit_country_lists, country_list_unknown, country_unknown, valid_from_missing,
    valid_from_too_early, date_too_far, source_missing, text_too_long, country_listed_already.
    """
    policies.require_edit_countries(actor)
    if data.kind not in CountryListKind.values:
        raise InvalidInput("country_list_unknown", N_("There is no such list."), field="kind")
    code = data.country.strip().upper()
    if code not in dict(countries):
        raise InvalidInput(
            "country_unknown",
            N_("“%(value)s” is no country code; use two letters such as CN."),
            {"value": data.country[:40]},
            field="country",
        )
    start = _start(data.valid_from)
    source = _short(data.source, LONGEST_SOURCE, "source")
    if not source:
        raise InvalidInput(
            "source_missing", N_("Say which edition of the list says so."), field="source"
        )
    region = _short(data.region, LONGEST_REGION, "region")
    _require_free(data.kind, code, region, start)
    listing = CountryListing.objects.create(
        kind=data.kind,
        country_code=code,
        region=region,
        valid_from=start,
        source=source,
        changed_by=actor,
    )
    _record(actor, "country_list.added", listing)
    return listing


@transaction.atomic
def end_listing(actor: User, listing_id: int, last_day: dt.date | None) -> CountryListing:
    """``last_day``: the last day on the list. The entry stays, for answers about days before.

    Errors: may_not_edit_country_lists, country_listing_not_found, valid_until_missing,
    period_reversed, date_too_far.
    """
    policies.require_edit_countries(actor)
    listing = listing_with(listing_id, locked=True)
    if last_day is None:
        raise InvalidInput("valid_until_missing", N_("Give the last day."), field="valid_until")
    if last_day < listing.valid_from:
        raise InvalidInput(
            "period_reversed", N_("The last day is before the first one."), field="valid_until"
        )
    require_near(last_day, "valid_until")
    listing.valid_until, listing.changed_by = last_day, actor
    listing.save(update_fields=["valid_until", "changed_by"])
    _record(actor, "country_list.ended", listing)
    return listing


def _start(day: dt.date | None) -> dt.date:
    if day is None:
        raise InvalidInput("valid_from_missing", N_("Give the first day."), field="valid_from")
    if day < FIRST_DAY:
        raise InvalidInput(
            "valid_from_too_early", N_("No list is that old; look at the year."), field="valid_from"
        )
    require_near(day, "valid_from")
    return day


def _short(text: str, limit: int, field: str) -> str:
    words = " ".join(text.split())
    if len(words) > limit:
        raise InvalidInput(
            "text_too_long",
            N_("The text has %(length)s characters; %(limit)s are possible."),
            {"length": len(words), "limit": limit},
            field=field,
        )
    return words


def _require_free(kind: str, code: str, region: str, start: dt.date) -> None:
    """Two entries of the same place never hold on the same day."""
    same = CountryListing.objects.select_for_update().filter(
        kind=kind, country_code=code, region=region
    )
    if any(one.valid_until is None or one.valid_until >= start for one in same):
        raise DomainError(
            "country_listed_already",
            N_("It is on this list already on that day or later. End that entry first."),
            field="country",
        )


def _record(actor: User, verb: str, listing: CountryListing) -> None:
    record_activity(
        actor,
        verb,
        listing,
        kind=listing.kind,
        country=listing.country_code,
        region=listing.region,
        valid_from=listing.valid_from.isoformat(),
        valid_until=listing.valid_until.isoformat() if listing.valid_until else "",
    )
    # What begins later is counted from its day on (``services.rerating.rate_by_time``).
    if listing.valid_from <= clock.today():
        enqueue_after_commit(RECOUNT_TASK, listing.kind)
