"""Sending the questionnaire: choose suppliers, see who gets it, send."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.numbers import whole_number
from core.web.errors import form_page, show_in_form, tell_error
from core.web.paging import page_of
from suppliers.filters.assessments import RecipientFilter
from suppliers.models import Supplier
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import newest_questionnaire
from suppliers.selectors.risk import risk_tables
from suppliers.services.assessment_requests import (
    MAX_AT_ONCE,
    Planned,
    RequestInput,
    plan_requests,
    request_assessments,
)
from suppliers.web.assessment_forms import SendForm
from suppliers.web.assessment_words import skip_words
from suppliers.web.list_state import selected
from suppliers.web.risk_words import risk_badge

DEFAULT_DAYS = 28


def _filters(request: SignedInRequest) -> RecipientFilter:
    policies.require_request_assessments(request.user)
    found = Supplier.objects.visible_to(request.user).living()
    return RecipientFilter(request.GET, found, request=request)


@require_safe
def assessment_request(request: SignedInRequest) -> HttpResponse:
    """Step one: whom. Each line says at once whether the supplier can be asked, and its risk."""
    filters = _filters(request)
    page = page_of(request, filters.qs.prefetch_related("categories"))
    tables = risk_tables()
    planned = {line.supplier.pk: line for line in _plan(request, [one.pk for one in page])}
    rows = [
        (
            one,
            skip_words(planned[one.pk].skip) if one.pk in planned else "",
            risk_badge(tables.risk_of(one, [category.path for category in one.categories.all()])),
        )
        for one in page
    ]
    context = {
        "form": filters.form,
        "page_obj": page,
        "rows": rows,
        "questionnaire": newest_questionnaire(clock.now()),
        "too_many": page.paginator.count > MAX_AT_ONCE,
        "limit": MAX_AT_ONCE,
    }
    return render(request, "suppliers/assessments/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_send(request: SignedInRequest, *, from_list: bool = False) -> HttpResponse:
    """Step two: exactly who gets it, who does not and why, and by when."""
    policies.require_request_assessments(request.user)
    keys = _chosen(request, from_list)
    form = SendForm(request.POST or None, initial=_initial(keys))
    if request.method == "POST" and form.is_valid():
        data = RequestInput(form.cleaned_data["suppliers"], form.cleaned_data["due_on"])
        try:
            result = request_assessments(request.user, data)
        except DomainError as error:
            show_in_form(form, error)
            keys = form.cleaned_data["suppliers"]
        else:
            messages.success(request, _sent_words(len(result.sent)))
            return redirect("suppliers:assessment-list")
    try:
        planned = plan_requests(request.user, keys)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:assessment-request")
    if not planned:
        messages.info(request, _("Choose at least one supplier."))
        return redirect("suppliers:assessment-request")
    context: dict[str, Any] = {
        "form": form,
        "chosen": [line.supplier for line in planned if not line.skip],
        "skipped": [(line.supplier, skip_words(line.skip)) for line in planned if line.skip],
        "questionnaire": newest_questionnaire(clock.now()),
    }
    return form_page(request, "suppliers/assessments/send.html", context)


def _plan(request: SignedInRequest, keys: list[int]) -> list[Planned]:
    """Nothing to say while no questionnaire is published; the page tells that by itself."""
    if newest_questionnaire(clock.now()) is None:
        return []
    return plan_requests(request.user, keys)


def _chosen(request: SignedInRequest, from_list: bool = False) -> list[int]:
    """The marked suppliers, or (``all=1``) everybody the filters in the address show.

    ``from_list``: the selection of the list of suppliers.
    """
    if from_list and request.method != "POST":
        return list(selected(request).values_list("pk", flat=True)[: MAX_AT_ONCE + 1])
    if request.method == "POST":
        texts = request.POST.get("suppliers", "").split(",")
    elif request.GET.get("all"):
        found = _filters(request).everything_found
        return list(found.values_list("pk", flat=True)[: MAX_AT_ONCE + 1])
    else:
        texts = request.GET.getlist("supplier")
    numbers = [whole_number(text.strip()) for text in texts]
    return [number for number in numbers if number is not None]


def _initial(keys: list[int]) -> dict[str, object]:
    due_on = clock.today() + dt.timedelta(days=DEFAULT_DAYS)
    return {"suppliers": ",".join(str(key) for key in keys), "due_on": due_on}


def _sent_words(count: int) -> str:
    return ngettext(
        "The form was sent to %(count)s supplier.",
        "The form was sent to %(count)s suppliers.",
        count,
    ) % {"count": count}
