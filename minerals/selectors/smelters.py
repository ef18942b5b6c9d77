"""The register of smelters: what a row shows, and one smelter by its ID."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as N_

from core import clock
from core.badges import Badge
from core.errors import NotFound
from minerals.enums import ListSource
from minerals.models import ReferenceEntry, Smelter, SmelterListing
from minerals.rules.normalise import cid_key
from minerals.rules.smelter_status import StatusClass
from minerals.selectors.named_smelters import lines_seen_by
from minerals.selectors.smelter_status import StatusBook, list_in_force, status_book
from minerals.selectors.smelter_words import class_of, smelter_badge

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class SmelterRow:
    """``smelter`` carries ``supplier_count``, ``declaration_count``, ``last_audit_on``, ``due_on``
    where it comes from ``smelters_for``; ``is_overdue``: a watch, no failure."""

    smelter: Smelter
    status: str
    status_class: StatusClass | Literal[""]
    badge: Badge
    is_overdue: bool


def smelters_for(actor: User, day: dt.date | None = None) -> QuerySet[Smelter]:
    """With dates of RMI's list of ``day`` (today), and how many suppliers and declarations, of
    those the actor sees, name each."""
    named = lines_seen_by(actor).filter(matched_cid=OuterRef("cid")).values("matched_cid")
    rmap = list_in_force(ListSource.RMAP, day or clock.today())
    listing = SmelterListing.objects.filter(list=rmap, cid=OuterRef("cid")).order_by()
    return Smelter.objects.annotate(
        supplier_count=_count(named, "declaration__supplier"),
        declaration_count=_count(named, "declaration"),
        last_audit_on=Subquery(listing.values("last_audit_on")[:1]),
        due_on=Subquery(listing.values("due_on")[:1]),
    ).order_by()


def _count(named: QuerySet[Any], field: str) -> Coalesce:
    numbers = named.annotate(number=Count(field, distinct=True)).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def smelter_rows(smelters: Iterable[Smelter], book: StatusBook | None = None) -> list[SmelterRow]:
    """Status of today, or of the day of ``book``."""
    known = book or status_book(clock.today())
    return [smelter_row(smelter, known) for smelter in smelters]


def smelter_row(smelter: Smelter, book: StatusBook) -> SmelterRow:
    status = book.status_of(smelter.cid)
    due = cast("dt.date | None", getattr(smelter, "due_on", None))
    return SmelterRow(
        smelter, status, class_of(status), smelter_badge(status), due is not None and due < book.day
    )


def cids_where(book: StatusBook, fits: Callable[[str], bool]) -> list[str]:
    """IDs of the register whose status fits; statuses come from lists in memory, not from rows."""
    every = Smelter.objects.order_by().values_list("cid", flat=True)
    return [cid for cid in every if fits(book.status_of(cid))]


def smelter_with_cid(cid: str) -> Smelter:
    """Errors: smelter_not_found."""
    found = Smelter.objects.filter(cid=cid_key(cid)).first()
    if found is None:
        raise NotFound("smelter_not_found", N_("There is no such smelter."))
    return found


def aliases_of(smelter: Smelter) -> list[str]:
    """All names that official templates give for it, its standard name aside."""
    names = ReferenceEntry.objects.filter(cid=smelter.cid).order_by("name")
    found = dict.fromkeys(names.values_list("name", flat=True).distinct())
    return [name for name in found if name != smelter.name]


def country_counts(smelters: QuerySet[Smelter]) -> list[tuple[str, int]]:
    """ISO codes (``""``: not known) and how many of the smelters are there, most first."""
    codes = Counter(smelters.order_by().values_list("country_code", flat=True))
    return sorted(codes.items(), key=lambda item: (-item[1], item[0]))
