"""Lists that are too alike, and suppliers that name far more smelters than others."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.filter_forms import wrong_filters
from core.filters import search_box
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.enums import DeclarationStatus
from minerals.filters.plausibility import AlertFilter
from minerals.models import PlausibilityAlert
from minerals.models.declaration import CURRENT
from minerals.policies import review as policies
from minerals.rules.catalogue.labels import MINERAL_LABELS
from minerals.selectors.plausibility import alert_badge, alert_words, alerts_for, seen_suppliers
from minerals.selectors.plausibility_evidence import ReportedLine, over_reporting
from minerals.selectors.questions import mineral_name
from suppliers.models import Category

BATCH = 500


def plausibility_tabs(here: str) -> list[dict[str, object]]:
    pages = {
        "alert-list": pgettext_lazy("plausibility", "Alerts"),
        "over-reporting": gettext_lazy("Length of the lists"),
    }
    return [
        {"label": label, "url": reverse(f"minerals:{name}"), "here": name == here}
        for name, label in pages.items()
    ]


def counts_still(alert: PlausibilityAlert) -> bool:
    return DeclarationStatus(alert.declaration.status) in CURRENT


def _filters(request: SignedInRequest) -> AlertFilter:
    policies.require_see_review(request.user)
    return AlertFilter(request.GET, alerts_for(request.user), request=request)


@require_safe
def alert_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    page = page_of(request, filters.qs)
    alerts = list(page)
    seen = seen_suppliers(request.user, alerts)
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": [
            {
                "alert": alert,
                "badge": alert_badge(alert, counts=counts_still(alert)),
                "words": alert_words(alert),
                "other": alert.other if alert.other and alert.other.supplier_id in seen else None,
            }
            for alert in alerts
        ],
        "tabs": plausibility_tabs("alert-list"),
        "export_url": reverse("minerals:alert-export"),
    }
    return render(request, "minerals/plausibility/list.html", context)


@require_safe
def alert_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly what the list shows with these filters, all pages of it."""
    filters = _filters(request)
    rows = _table_rows(request, filters.qs)
    return export_response(request, _("Plausibility"), filters.form, _columns(), rows)


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 14),
        Column(_("Supplier"), 36),
        Column(_("Declaration"), 36),
        Column(_("What"), 34),
        Column(_("Finding"), 50),
        Column(_("Resembles"), 36),
        Column(_("State"), 18),
        Column(_("Found"), 18),
        Column(_("Decided by"), 22),
        Column(_("Decided"), 18),
        Column(_("Explanation"), 50),
    ]


def _table_rows(
    request: SignedInRequest, found: QuerySet[PlausibilityAlert]
) -> Iterator[list[Value]]:
    alerts = list(found)
    seen = seen_suppliers(request.user, alerts)
    for alert in alerts:
        yield [
            alert.supplier.code,
            alert.supplier.name,
            alert.declaration.file_name,
            str(alert.get_kind_display()),
            alert_words(alert),
            _other_name(alert, seen),
            alert_badge(alert, counts=counts_still(alert)).label,
            timezone.localtime(alert.found_at),
            str(alert.decided_by or ""),
            timezone.localtime(alert.decided_at) if alert.decided_at else None,
            alert.note,
        ]


def _other_name(alert: PlausibilityAlert, seen: set[int]) -> str:
    if alert.other is None:
        return ""
    if alert.other.supplier_id not in seen or alert.other.supplier is None:
        return _("another supplier")
    return f"{alert.other.supplier.code} · {alert.other.supplier.name}"


class ReportedForm(forms.Form):
    """Filters of the ranking."""

    search = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        widget=search_box(gettext_lazy("Supplier code or name")),
    )
    metal = forms.ChoiceField(label=gettext_lazy("Metal"), required=False)
    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"),
        queryset=Category.objects.order_by("path"),
        required=False,
        empty_label=gettext_lazy("All categories"),
    )

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        names = [(name, mineral_name(name)) for name in MINERAL_LABELS]
        field = self.fields["metal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All metals")), *names]


def _reported(request: SignedInRequest) -> tuple[ReportedForm, list[ReportedLine]]:
    policies.require_see_review(request.user)
    form = ReportedForm(request.GET)
    form.is_valid()
    if wrong_filters(form):
        return form, []
    chosen = form.cleaned_data["category"]
    found = over_reporting(
        request.user,
        metal=form.cleaned_data["metal"],
        category=chosen.pk if chosen else None,
        search=form.cleaned_data["search"],
    )
    return form, found


@require_safe
def over_reporting_list(request: SignedInRequest) -> HttpResponse:
    form, found = _reported(request)
    page = page_of(request, found)
    context = {
        "form": form,
        "page_obj": page,
        "unusual": sum(one.reported.is_unusual for one in found),
        "tabs": plausibility_tabs("over-reporting"),
        "export_url": reverse("minerals:over-reporting-export"),
    }
    return render(request, "minerals/plausibility/over_reporting.html", context)


@require_safe
def over_reporting_export(request: SignedInRequest) -> HttpResponseBase:
    form, found = _reported(request)
    columns = [
        Column(_("Supplier code"), 14),
        Column(_("Supplier"), 36),
        Column(_("Category"), 30),
        Column(_("Metal"), 14),
        Column(_("Smelters"), 10),
        Column(_("Median of the category"), 12),
        Column(_("Times the median"), 12),
        Column(_("Suppliers compared"), 12),
        Column(_("Unusual"), 10),
    ]
    rows: Iterator[list[Value]] = (
        [
            one.supplier.code,
            one.supplier.name,
            str(one.category),
            mineral_name(one.reported.metal),
            one.reported.count,
            one.reported.median,
            round(one.reported.ratio, 1),
            one.reported.peers,
            _("yes") if one.reported.is_unusual else _("no"),
        ]
        for one in found
    )
    return export_response(request, _("Length of the lists"), form, columns, rows)
