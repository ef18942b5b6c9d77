"""May we buy this from them? For one supplier or many, today or on another day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import InvalidInput
from suppliers.enums import QualificationState, SupplierStatus
from suppliers.models import (
    Category,
    Qualification,
    Restriction,
    Site,
    StatusChange,
    Supplier,
    Waiver,
)
from suppliers.policies import require_view_suppliers
from suppliers.rules.sourcing import Answer, may_buy, unknown_supplier
from suppliers.rules.sourcing_facts import (
    Limited,
    Period,
    Purpose,
    Qualified,
    Question,
    Standing,
    Waived,
)

if TYPE_CHECKING:
    from accounts.models import User

MOST_AT_ONCE = 2000
YEARS = range(1990, 2200)
# Rows that were in force once; a withdrawn one was until its last day.
ONCE_APPROVED = (QualificationState.APPROVED, QualificationState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class SourcingQuestion:
    """``category`` and ``site`` are codes, empty for any; ``on``: today without one."""

    category: str = ""
    site: str = ""
    on: dt.date | None = None
    purpose: Purpose = "order"


@dataclass(frozen=True, slots=True)
class SourcingRow:
    """``code`` as it was asked; ``supplier`` None when there is none or the actor may not know."""

    code: str
    supplier: Supplier | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class SourcingResult:
    """``question`` with what was looked up; ``category`` None for any."""

    on: dt.date
    category: Category | None
    site: str
    purpose: Purpose
    rows: Sequence[SourcingRow] = field(default=())


def check_sourcing(actor: User, codes: Sequence[str], question: SourcingQuestion) -> SourcingResult:
    """One row per code in the order asked, repeated codes once; a constant number of queries.

    Errors: may_not_view_suppliers, codes_missing, codes_too_many, category_unknown,
    date_impossible.
    """
    require_view_suppliers(actor)
    asked = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    _require_some(asked)
    category = _category(question.category)
    on = _day(question.on)
    site = question.site.strip().upper()
    checked = Question(on, category.path if category else "", site, question.purpose)
    found = _suppliers(actor, asked)
    standings = _standings(list(found.values()), on)
    rows = [_row(code, found.get(code.upper()), standings, checked) for code in asked]
    return SourcingResult(on, category, site, question.purpose, rows)


def answer_of_today(supplier: Supplier) -> Answer:
    """For a supplier that the caller may see, without category and site."""
    today = clock.today()
    return may_buy(_standings([supplier], today)[supplier.pk], Question(today))


def _row(
    code: str, supplier: Supplier | None, standings: Mapping[int, Standing], question: Question
) -> SourcingRow:
    if supplier is None:
        return SourcingRow(code, None, unknown_supplier())
    return SourcingRow(code, supplier, may_buy(standings[supplier.pk], question))


def _require_some(codes: Sequence[str]) -> None:
    if not codes:
        raise InvalidInput("codes_missing", N_("Give a supplier code."), field="supplier")
    if len(codes) > MOST_AT_ONCE:
        raise InvalidInput(
            "codes_too_many",
            N_("%(count)s codes are too many; %(limit)s are possible at once."),
            {"count": len(codes), "limit": MOST_AT_ONCE},
            field="supplier",
        )


def _category(code: str) -> Category | None:
    """One no longer in use can be asked about, too: answers of the past stay possible."""
    if not code.strip():
        return None
    found = Category.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise InvalidInput(
            "category_unknown",
            N_("There is no category “%(value)s”."),
            {"value": code.strip()[:40]},
            field="category",
        )
    return found


def _day(on: dt.date | None) -> dt.date:
    if on is None:
        return clock.today()
    if on.year not in YEARS:
        raise InvalidInput(
            "date_impossible", N_("This day is out of all reach; look at the year."), field="on"
        )
    return on


def _suppliers(actor: User, codes: Sequence[str]) -> dict[str, Supplier]:
    """By code in capitals. SQLite knows those of ASCII only, so such codes are also asked for as
    they were typed."""
    keys = {code.upper() for code in codes}
    typed = {form for code in codes if not code.isascii() for form in _forms(code)}
    asked = Q(key__in=keys | typed) | Q(code__in=typed)
    visible = Supplier.objects.visible_to(actor).annotate(key=Upper("code")).filter(asked)
    return {one.code.upper(): one for one in visible.select_related("merged_into")}


def _forms(code: str) -> Iterable[str]:
    yield from (code, code.upper(), code.lower())
    yield "".join(sign.upper() if sign.isascii() else sign for sign in code)


def _standings(suppliers: Sequence[Supplier], on: dt.date) -> dict[int, Standing]:
    keys = [one.pk for one in suppliers]
    periods, come = _periods(keys, on), _phase_outs_come(keys, on)
    sites, closed = _sites(keys, on)
    qualified = _qualified(keys)
    limits, waivers = _limits(keys), _waivers(keys)
    return {
        one.pk: Standing(
            status=periods.get(one.pk),
            phase_out_on=_phase_out_on(one, periods.get(one.pk), come.get(one.pk)),
            merged_into=one.merged_into.code if one.merged_into else "",
            sites=frozenset(sites[one.pk]),
            closed=closed[one.pk],
            qualifications=qualified[one.pk],
            limits=limits[one.pk],
            waivers=waivers[one.pk],
        )
        for one in suppliers
    }


def _periods(keys: Iterable[int], on: dt.date) -> dict[int, Period]:
    """The status at the end of the day."""
    ended = StatusChange.objects.filter(supplier__in=keys, at__lt=_night(on))
    changes = ended.order_by("at", "pk")
    found: dict[int, Period] = {}
    for pk, status, at, before, out_on in changes.values_list(
        "supplier_id", "to_status", "at", "from_status", "phase_out_on"
    ):
        earlier = found[pk].since if pk in found else None
        if pk in found and found[pk].status == status:
            # A limitation that replaces another: the status goes on.
            continue
        found[pk] = Period(status, timezone.localdate(at), before, earlier, out_on)
    return found


def _phase_outs_come(keys: Iterable[int], on: dt.date) -> dict[int, dt.date]:
    """Days of phase-outs that had come by then as plans, and were carried out only later."""
    rows = StatusChange.objects.filter(supplier__in=keys, at__gte=_night(on), phase_out_on__lte=on)
    found = rows.order_by("-at", "-pk").values_list("supplier_id", "phase_out_on")
    return {pk: day for pk, day in found if day is not None}


def _phase_out_on(
    supplier: Supplier, period: Period | None, come: dt.date | None
) -> dt.date | None:
    """What was decided, or else planned, as it stood on the day; the plan on the record is of
    today and never moves into the past (``rules.master_data.phase_out_day``)."""
    if period is not None and period.status == SupplierStatus.PHASED_OUT:
        return period.phase_out_on
    return come or supplier.phase_out_on


def _night(on: dt.date) -> dt.datetime:
    """The end of the day."""
    return timezone.make_aware(dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min))


def _sites(
    keys: Iterable[int], on: dt.date
) -> tuple[defaultdict[int, set[str]], defaultdict[int, dict[str, dt.date | None]]]:
    """All, and those no longer in use on the day. One whose day of closing is not known is closed
    from today on, so that answers about the past stay as they were."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    closed: defaultdict[int, dict[str, dt.date | None]] = defaultdict(dict)
    today = clock.today()
    rows = Site.objects.filter(supplier__in=keys).order_by("pk")
    for row in rows.only("supplier_id", "code", "is_active", "closed_on"):
        code = row.code.upper()
        found[row.supplier_id].add(code)
        if not row.is_active and (row.closed_on or today) <= on:
            closed[row.supplier_id][code] = row.closed_on
    return found, closed


def _qualified(keys: Iterable[int]) -> defaultdict[int, list[Qualified]]:
    found: defaultdict[int, list[Qualified]] = defaultdict(list)
    rows = Qualification.objects.filter(
        supplier__in=keys, state__in=ONCE_APPROVED, valid_from__isnull=False
    ).order_by("pk")
    for row in rows.select_related("category", "site"):
        assert row.valid_from is not None  # filtered above
        site = row.site.code.upper() if row.site else ""
        found[row.supplier_id].append(
            Qualified(
                row.category.path,
                site,
                row.valid_from,
                row.valid_until,
                row.ended_on,
                row.category.code,
                row.category.label,
            )
        )
    return found


def _limits(keys: Iterable[int]) -> defaultdict[int, list[Limited]]:
    found: defaultdict[int, list[Limited]] = defaultdict(list)
    for row in Restriction.objects.filter(supplier__in=keys).order_by("starts_on", "pk"):
        found[row.supplier_id].append(Limited(row.scope, row.starts_on, row.ends_on, row.lifted_on))
    return found


def _waivers(keys: Iterable[int]) -> defaultdict[int, list[Waived]]:
    found: defaultdict[int, list[Waived]] = defaultdict(list)
    rows = Waiver.objects.filter(supplier__in=keys).order_by("starts_on", "pk")
    for row in rows.select_related("category"):
        path = row.category.path if row.category else ""
        names = (row.category.code, row.category.label) if row.category else ()
        waived = Waived(path, row.starts_on, row.ends_on, row.ended_on, *names)
        found[row.supplier_id].append(waived)
    return found
