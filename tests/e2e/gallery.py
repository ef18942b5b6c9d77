"""Every component on one page. Exists in tests only; the product has no such address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as product_urls
from core.widgets import DayInput
from tests.e2e.gallery_data import HOME, SMELTERS


class GalleryForm(forms.Form):
    """One field of each kind, with something wrong."""

    name = forms.CharField(label="Name", help_text="As on the invoice.")
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("CN", "China")])
    since = forms.DateField(label="Supplier since", required=False, widget=DayInput)
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea({"rows": 2}))
    mail = forms.BooleanField(label="Send the supplier a mail", required=False)
    scope = forms.ChoiceField(
        label="Scope",
        choices=[("a", "Company"), ("b", "Product")],
        widget=forms.RadioSelect,
        required=False,
    )
    workbooks = forms.FileField(required=False)


class FilterForm(forms.Form):
    search = forms.CharField(
        label="Search",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search smelters"}),
    )
    metal = forms.ChoiceField(
        label="Metal", required=False, choices=[("", "All metals"), ("tin", "Tin"), ("au", "Gold")]
    )


def _context(request: HttpRequest) -> dict[str, Any]:
    page = Paginator(SMELTERS * 40, 8).get_page(request.GET.get("page"))
    return {
        "form": FilterForm(request.GET or None),
        "entry_form": GalleryForm({"name": "", "country": "", "mail": "on"}),
        "page_obj": page,
        "export_url": "/export",
        "moment_value": dt.datetime(2026, 11, 12, 9, 30, 5, tzinfo=dt.UTC),
        "tabs": [
            {"label": "Findings", "url": "#", "here": True, "count": 9},
            {"label": "Answers", "url": "#", "here": False},
            {"label": "Smelters", "url": "#", "here": False, "count": 1057},
        ],
        "tones": ["verified", "now", "soon", "info", "progress", "unknown", "quiet"],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", _context(request))


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", HOME if "full" in request.GET else {})


def empty_list(request: HttpRequest) -> HttpResponse:
    nothing: list[dict[str, str]] = []
    page = Paginator(nothing, 8).get_page(1)
    return render(request, "gallery_list.html", {"form": FilterForm(), "page_obj": page})


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, f"{request.GET['page']}.html", {})


urlpatterns = [
    path("gallery/", gallery),
    path("gallery/home/", home),
    path("gallery/empty/", empty_list),
    path("accounts/gallery/broken/", broken),
    *product_urls,
]
