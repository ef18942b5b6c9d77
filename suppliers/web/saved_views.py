"""Keeping, changing and deleting saved views of the supplier list."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import tell_error
from core.web.posted import posted_text
from suppliers.filters.suppliers import filters_alone
from suppliers.models import SavedView
from suppliers.policies.saved_views import require_save_views
from suppliers.selectors.saved_views import SUPPLIERS
from suppliers.selectors.supplier_list import known_columns
from suppliers.services.saved_views import (
    ViewInput,
    change_view,
    delete_view,
    save_view,
    update_view,
)
from suppliers.web.list_state import EVERYTHING, address_of, column_codes


class ViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, required=False)
    is_shared = forms.BooleanField(required=False)
    is_default = forms.BooleanField(required=False)


@require_POST
def view_save(request: SignedInRequest) -> HttpResponse:
    require_save_views(request.user)
    data = _said(request)
    query, columns = _filters(request)
    try:
        view = save_view(
            request.user,
            SUPPLIERS,
            ViewInput(
                str(data["name"]),
                query,
                columns,
                is_shared=bool(data["is_shared"]),
                is_default=bool(data["is_default"]),
            ),
        )
    except DomainError as error:
        tell_error(request, error)
        return _to_list(f"?{posted_text(request, 'back')[:2000]}")
    return _stored(request, view)


@require_POST
def view_change(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Name, sharing, opened first."""
    require_save_views(request.user)
    data = _said(request)
    try:
        view = change_view(
            request.user,
            view_id,
            str(data["name"]),
            is_shared=bool(data["is_shared"]),
            is_default=bool(data["is_default"]),
        )
    except DomainError as error:
        tell_error(request, error)
        return _to_list(f"?view={view_id}")
    return _stored(request, view)


@require_POST
def view_update(request: SignedInRequest, view_id: int) -> HttpResponse:
    """The filters and columns on screen become those of the view."""
    query, columns = _filters(request)
    try:
        view = update_view(request.user, view_id, query, columns)
    except DomainError as error:
        tell_error(request, error)
        return _to_list(f"?view={view_id}")
    return _stored(request, view)


@require_POST
def view_delete(request: SignedInRequest, view_id: int) -> HttpResponse:
    view = delete_view(request.user, view_id)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return _to_list(f"?view={EVERYTHING}")


def _said(request: SignedInRequest) -> dict[str, object]:
    form = ViewForm(request.POST)
    form.is_valid()
    return {"name": posted_text(request, "name"), **form.cleaned_data}


def _filters(request: SignedInRequest) -> tuple[str, list[str]]:
    query = QueryDict(posted_text(request, "query"))
    return filters_alone(query), known_columns(column_codes(request.POST))


def _stored(request: SignedInRequest, view: SavedView) -> HttpResponse:
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return _to_list(address_of(view))


def _to_list(parameters: str) -> HttpResponse:
    return redirect(reverse("suppliers:supplier-list") + parameters)
