"""Rating many suppliers again: because the rules changed, or because time passed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from core import clock
from core.services.jobs import fail_job, finish_job, report_progress, start_job
from minerals.enums import CountryListKind, Family, ReviewState
from minerals.models import CountryListing, Declaration, RiskRating
from minerals.rules.risk.combine import stored_rating
from minerals.selectors.country_lists import country_book
from minerals.selectors.overrides import level_with, overrides_in_force
from minerals.selectors.policies import numbers_of, policy_in_force
from minerals.selectors.risk_facts import ACCEPTED
from minerals.selectors.risk_material import who_signed
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.services.judging import rejudge_current
from minerals.services.rating import rate_with
from suppliers.models import Supplier

EACH = 25
# A start missed by a machine that was off is made up for within so many days.
MADE_UP_FOR = dt.timedelta(days=3)
RATING_ALL = N_("Rating suppliers by the new policy")
RATING_FAILED = N_("Not all suppliers could be rated again.")
RATING_REMEDY = N_("Those left are rated again with their next declaration or list.")


def rate_all(job_id: UUID) -> None:
    """Rate every supplier that has a rating, telling the job how far it is. Safe to run twice."""
    if start_job(job_id) is None:
        return
    keys = _rated()
    report_progress(job_id, 0, RATING_ALL, len(keys))
    for start in range(0, len(keys), EACH):
        _rate(keys[start : start + EACH], clock.today())
        report_progress(job_id, min(start + EACH, len(keys)), RATING_ALL)
    finish_job(job_id, rated=len(keys))


def give_up_rating(job_id: UUID) -> None:
    fail_job(job_id, "rating_failed", RATING_FAILED, remedy=RATING_REMEDY)


def recount_countries(kind: str) -> int:
    """A list of countries is another one: rate again, and where answers are held against the list
    judge again, which rates too. How many suppliers or declarations."""
    if kind == CountryListKind.CAHRA:
        return sum(rejudge_current(family) for family in Family.values)
    return _rate(_rated(), clock.today())


def rate_by_time(day: dt.date) -> int:
    """Rate again whoever's rating the passing of time alone has changed, and whoever was missed
    because a message to the worker was lost; how many.

    A year or a deadline has passed, a smelter's audit is due, a signature ran out or came, a
    country is on a list from today, a level set by people has ended.
    """
    missed = _missed()
    if _lists_changed(day):
        return _rate(sorted({*_rated(), *missed}), day)
    changed = _changed_by_time(status_book(day), day)
    return _rate(sorted({*changed, *missed}), day)


def _rate(keys: Sequence[int], day: dt.date) -> int:
    book, countries = status_book(day), country_book(day)
    for key in keys:
        rate_with(key, book, countries, day)
    return len(keys)


def _rated() -> list[int]:
    rows = RiskRating.objects.filter(is_current=True, supplier__merged_into=None)
    return list(rows.order_by("supplier_id").values_list("supplier_id", flat=True))


def _missed() -> set[int]:
    """Suppliers whose rating is of other declarations than those that count, or does not know that
    they were accepted. Two queries."""
    counting: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    rows = Declaration.objects.current().exclude(review=ReviewState.REJECTED)
    rows = rows.filter(supplier__merged_into=None, supplier__isnull=False, document__isnull=False)
    for owner, key, review in rows.order_by().values_list("supplier_id", "pk", "review"):
        assert owner is not None
        counting[owner][key] = review in ACCEPTED
    rated: dict[int, tuple[set[int], bool]] = {}
    ratings = RiskRating.objects.filter(is_current=True, supplier__merged_into=None)
    for owner, facts, provisional in ratings.values_list("supplier_id", "facts", "is_provisional"):
        rated[owner] = ({one["id"] for one in (facts or {}).get("declarations", [])}, provisional)
    return {
        owner
        for owner, own in counting.items()
        if rated.get(owner) != (set(own), not all(own.values()))
    }


def _lists_changed(day: dt.date) -> bool:
    """Where a mine's country stands on a list is not kept with the facts."""
    since = day - MADE_UP_FOR
    began = Q(valid_from__gt=since, valid_from__lte=day)
    ended = Q(valid_until__gte=since, valid_until__lt=day)
    return CountryListing.objects.filter(began | ended).exists()


def _changed_by_time(book: StatusBook, day: dt.date) -> Iterator[int]:
    policy, overrides = numbers_of(policy_in_force()), overrides_in_force(day)
    signed = who_signed(list(Supplier.objects.filter(pk__in=_rated())))
    rows = RiskRating.objects.filter(is_current=True, supplier__merged_into=None)
    fields = ("supplier_id", "score", "level", "computed_level", "facts")
    for key, score, level, computed, facts in rows.order_by("pk").values_list(*fields):
        now = stored_rating(facts or {}, policy, day)
        counts = level_with(overrides.get(key), now.level)
        stale = (score, computed, level) != (now.total, now.level, counts)
        if stale or _facts_are_old(facts or {}, book, key in signed):
            yield key


def _facts_are_old(facts: dict[str, Any], book: StatusBook, signed: bool) -> bool:
    """The status of a smelter or the signature is another one today."""
    return any(
        one["facts"]["signed"] != signed
        or any(
            group["cid"] and book.status_of(group["cid"]) != group["status"]
            for group in one["facts"]["groups"]
        )
        for one in facts.get("declarations", [])
    )
