"""The dated lists of countries: read, export, entries that begin and end."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_countries import countries

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.enums import CountryListKind
from minerals.filters.risk import ListingFilter
from minerals.models import CountryListing
from minerals.policies import risk as policies
from minerals.selectors.country_lists import listing_with, listings
from minerals.services.country_lists import add_listing, end_listing
from minerals.web.risk_forms import ListingEndForm, ListingForm
from minerals.web.risk_tabs import risk_tabs

PER_PAGE = 100


def _filters(request: SignedInRequest) -> ListingFilter:
    """One list at a time; the covered countries unless another is asked for."""
    policies.require_view_risk(request.user)
    data: QueryDict = request.GET.copy()
    if data.get("kind") not in CountryListKind.values:
        data["kind"] = CountryListKind.COVERED.value
    return ListingFilter(data, listings(), request=request)


@require_safe
def country_list(request: SignedInRequest) -> HttpResponse:
    filters = _filters(request)
    kind = filters.data["kind"]
    page = page_of(request, filters.qs, PER_PAGE)
    today = clock.today()
    context = {
        "form": filters.form,
        "kind": CountryListKind(kind),
        "page_obj": page,
        "rows": [(one, countries.name(one.country_code), _state(one)) for one in page],
        "today": today,
        "kinds": [
            {"label": label, "url": f"?kind={value}", "here": value == kind}
            for value, label in CountryListKind.choices
        ],
        "may_edit": policies.can_edit_countries(request.user),
        "export_url": reverse("minerals:country-export"),
        "tabs": risk_tabs("country-list"),
    }
    return form_page(request, "minerals/risk/country_list.html", context)


def _state(one: CountryListing) -> str:
    today = clock.today()
    if one.valid_until is not None and one.valid_until < today:
        return "over"
    return "later" if one.valid_from > today else "now"


@require_safe
def country_export(request: SignedInRequest) -> HttpResponseBase:
    filters = _filters(request)
    title = str(CountryListKind(filters.data["kind"]).label)
    return export_response(request, title, filters.form, _columns(), _rows(filters.qs))


def _columns() -> list[Column]:
    return [
        Column(_("List"), 30),
        Column(_("Code"), 8),
        Column(_("Country or region"), 30),
        Column(_("Part of the country"), 24),
        Column(_("First day"), 13),
        Column(_("Last day"), 13),
        Column(_("Source and edition"), 60),
        Column(_("Changed by"), 24),
    ]


def _rows(found: QuerySet[CountryListing]) -> Iterator[list[Value]]:
    for one in found:
        yield [
            str(one.get_kind_display()),
            one.country_code,
            str(countries.name(one.country_code)),
            one.region,
            one.valid_from,
            one.valid_until,
            one.source,
            str(one.changed_by or ""),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def country_add(request: SignedInRequest) -> HttpResponse:
    policies.require_edit_countries(request.user)
    form = ListingForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            listing = add_listing(request.user, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The country is on the list."))
            return _back(listing)
    return form_page(request, "minerals/risk/country_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def country_end(request: SignedInRequest, listing_id: int) -> HttpResponse:
    policies.require_edit_countries(request.user)
    listing = listing_with(listing_id)
    form = ListingEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_listing(request.user, listing_id, form.cleaned_data["valid_until"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The entry has a last day; it stays for days before."))
            return _back(listing)
    context = {
        "form": form,
        "listing": listing,
        "name": countries.name(listing.country_code),
    }
    return form_page(request, "minerals/risk/country_end.html", context)


def _back(listing: CountryListing) -> HttpResponse:
    response = redirect("minerals:country-list")
    response["Location"] += f"?kind={listing.kind}"
    return response
