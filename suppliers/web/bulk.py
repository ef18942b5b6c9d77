"""Pages that change many suppliers at once: what will happen, to whom, then one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_http_methods

from accounts.web.requests import SignedInRequest
from core.errors import DomainError, InvalidInput
from core.web.errors import form_page, show_in_form
from suppliers import policies
from suppliers.models import Category
from suppliers.selectors.links import possible_buyers
from suppliers.services.bulk import AT_MOST, BulkResult, add_category, set_buyer
from suppliers.web.list_state import selected

NAMED = 12
NOBODY = "nobody"


class BulkForm(forms.Form):
    """``expected``: how many the person saw; the list may have changed meanwhile."""

    expected = forms.IntegerField(widget=forms.HiddenInput)


class BuyerForm(BulkForm):
    """Nothing is chosen at first: taking the buyer away must be meant."""

    buyer = forms.ChoiceField(label=gettext_lazy("Buyer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        buyer = self.fields["buyer"]
        assert isinstance(buyer, forms.ChoiceField)
        people = [
            (str(person.pk), str(person)) for person in possible_buyers().order_by("name", "email")
        ]
        buyer.choices = [("", _("Choose the buyer")), *people, (NOBODY, _("No buyer"))]


class CategoryForm(BulkForm):
    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"), queryset=Category.objects.filter(is_active=True)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_buyer(request: SignedInRequest) -> HttpResponse:
    def apply(keys: list[int], form: forms.Form) -> BulkResult:
        buyer = form.cleaned_data["buyer"]
        return set_buyer(request.user, keys, None if buyer == NOBODY else int(buyer))

    return _page(request, BuyerForm, _("Set the buyer"), apply)


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_category(request: SignedInRequest) -> HttpResponse:
    def apply(keys: list[int], form: forms.Form) -> BulkResult:
        return add_category(request.user, keys, form.cleaned_data["category"].pk)

    return _page(request, CategoryForm, _("Add a category"), apply)


def _page(
    request: SignedInRequest,
    kind: type[BulkForm],
    title: str,
    apply: Callable[[list[int], forms.Form], BulkResult],
) -> HttpResponse:
    policies.require_manage_suppliers(request.user)
    chosen = selected(request)
    keys = list(chosen.values_list("pk", flat=True)[: AT_MOST + 1])
    form = kind(request.POST or None, initial={"expected": len(keys)})
    if request.method == "POST" and form.is_valid():
        try:
            _require_same(form, len(keys))
            result = apply(keys, form)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _told(result))
            return redirect("suppliers:supplier-list")
    context = {
        "form": form,
        "title": title,
        "count": len(keys),
        "named": chosen[:NAMED],
        "more": max(0, len(keys) - NAMED),
        "is_too_many": len(keys) > AT_MOST,
        "at_most": AT_MOST,
    }
    return form_page(request, "suppliers/supplier_bulk.html", context)


def _require_same(form: forms.Form, count: int) -> None:
    if form.cleaned_data["expected"] != count:
        raise InvalidInput(
            "selection_changed",
            N_("The list changed meanwhile: now %(count)s suppliers fit. Look again."),
            {"count": count},
        )


def _told(result: BulkResult) -> str:
    text = ngettext(
        "%(count)s supplier changed.", "%(count)s suppliers changed.", result.changed
    ) % {"count": result.changed}
    if result.same:
        text += " " + ngettext(
            "%(count)s was like that already.", "%(count)s were like that already.", result.same
        ) % {"count": result.same}
    return text
