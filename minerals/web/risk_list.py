"""The risk of all suppliers: list, chart, export."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.reader import clauses
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.enums import RiskLevel
from minerals.filters.risk import RatingFilter
from minerals.models import RiskRating
from minerals.policies import risk as policies
from minerals.selectors.questions import mineral_name
from minerals.selectors.risk_page import mineral_lines
from minerals.selectors.risk_ratings import current_ratings, level_chart, ratings_for
from minerals.selectors.risk_words import level_badge
from minerals.web.risk_tabs import risk_tabs

BATCH = 500


def _filters(request: SignedInRequest) -> RatingFilter:
    policies.require_view_risk(request.user)
    choose = ratings_for if request.GET.get("on") else current_ratings
    return RatingFilter(request.GET, choose(request.user), request=request)


@require_safe
def risk_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs.defer("facts", "result"))
    asked = None if filters.day == clock.today() else filters.day
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [(one, _badge(one), mineral_lines(one)) for one in page],
        "chart": level_chart(request.user, asked),
        "day": asked,
        "as_of": f"?on={asked.isoformat()}" if asked else "",
        "export_url": reverse("minerals:risk-export"),
        "tabs": risk_tabs("risk-list"),
    }
    return render(request, "minerals/risk/list.html", context)


def _badge(rating: RiskRating) -> object:
    return level_badge(rating.level, provisional=rating.is_provisional)


@require_safe
def risk_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly what the list shows with these filters, all pages of it."""
    filters = _filters(request)
    rows = _table_rows(filters.qs.defer("facts", "result"))
    return export_response(request, _("Risk of suppliers"), filters.form, _columns(), rows)


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 40),
        Column(_("Local-language name"), 28),
        Column(_("Level"), 12),
        Column(_("Level as computed"), 12),
        Column(_("Score"), 8),
        Column(_("Provisional"), 12),
        Column(_("By mineral"), 60),
        Column(_("Declaration"), 30),
        Column(_("Rated on"), 13),
        Column(_("Policy"), 8),
        Column(_("Smelter list of"), 14),
    ]


def _table_rows(ratings: QuerySet[RiskRating]) -> Iterator[list[Value]]:
    levels = {level: str(RiskLevel(level).label) for level in RiskLevel}
    for one in ratings.iterator(chunk_size=BATCH):
        supplier = one.supplier
        minerals = clauses(
            f"{mineral_name(name)}: {levels[RiskLevel(each['level'])]}"
            + (f" ({each['score']})" if each["score"] is not None else "")
            for name, each in one.minerals.items()
        )
        yield [
            supplier.code,
            supplier.name,
            supplier.local_name,
            levels[RiskLevel(one.level)],
            levels[RiskLevel(one.computed_level)],
            one.score,
            _("yes") if one.is_provisional else _("no"),
            minerals,
            one.declaration.file_name if one.declaration else "",
            one.rated_on,
            one.policy.number,
            one.smelter_list.listed_on if one.smelter_list else None,
        ]
