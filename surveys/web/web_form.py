"""The report filled in the browser: questions, smelter grid, saved as it is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.downloads import attachment
from core.errors import DomainError
from core.web.errors import tell_error
from core.web.turns import in_turn
from minerals.excel.form_values import PRODUCT_FIELDS, SMELTER_FIELDS, scopes_of
from minerals.excel.layout import Layout, Question
from minerals.selectors.questions import field_name, mineral_name, question_words
from minerals.services.web_form import smelters_named
from surveys.models import WebForm
from surveys.services import answers, web_forms
from surveys.web.doors import BOTH, POST, SAFE, Door, by_either_door
from surveys.web.grid_words import COLUMN_WORDS

EMPTY_ROWS = 5
LONG = ("address", "scope_description")


def _form(request: HttpRequest, door: Door, family: str) -> HttpResponseBase:
    """GET shows it; POST keeps what was typed, answered as JSON where a script asks."""
    if request.method == "POST":
        return _save(request, door, family)
    snapshot, layout = web_forms.template_of(door.by, family)
    form = web_forms.web_form_of(door.by, family)
    context = {
        "form": form,
        "family": family,
        "version": snapshot.version,
        "participant": door.by.participant,
        "company": _company(layout, form),
        "questions": [_question(family, layout, form, one) for one in layout.questions],
        "company_questions": [
            _question(family, layout, form, one) for one in layout.company_questions
        ],
        "minerals": [(one, mineral_name(one)) for one in layout.minerals.names],
        "mineral_names": layout.minerals.names,
        "smelters": _grid("smelters", SMELTER_FIELDS, form.smelters),
        "products": _grid("products", PRODUCT_FIELDS, form.products),
        "urls": {
            "self": door.url("form", family),
            "lookup": door.url("form-lookup", family),
            "remove": door.url("form-remove", family),
            "check": door.url("form-check", family),
            "former": door.url("form-former", family),
            "download": door.url("form-download", family),
        },
        "may_begin": not form.pk and answers.former_of(door.by, family) is not None,
        "back_url": door.url(""),
        "is_over": not door.by.participant.campaign.is_running,
    }
    return render(request, "surveys/web_form.html", context)


def _company(layout: Layout, form: WebForm) -> list[dict[str, Any]]:
    return [
        {
            "name": f"company-{name}",
            "label": field_name(name),
            "value": form.company.get(name, ""),
            "options": scopes_of(layout) if name == "scope" else (),
            "kind": "date" if name == "effective_date" else "long" if name in LONG else "text",
        }
        for name, address in layout.company.items()
        if address
    ]


def _question(family: str, layout: Layout, form: WebForm, question: Question) -> dict[str, Any]:
    minerals = question.minerals or layout.minerals.names if question.per_mineral else (None,)
    fields = []
    for mineral in minerals:
        key = f"{question.id}{web_forms.BETWEEN}{mineral}" if mineral else question.id
        fields.append(
            {
                "key": key,
                "label": mineral_name(mineral) if mineral else "",
                "value": form.answers.get(key, ""),
                "comment": form.comments.get(key, ""),
                "options": question.options_for(mineral),
            }
        )
    return {
        "number": question.id,
        "words": question_words(family, question.id),
        "fields": fields,
        "per_mineral": question.per_mineral,
    }


def _grid(kind: str, names: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, Any]:
    known = {row["id"] for row in rows}
    fresh = (f"n{number}" for number in range(len(rows) + EMPTY_ROWS * 2))
    blank = [{"id": key} for key in fresh if key not in known][:EMPTY_ROWS]
    return {
        "kind": kind,
        "columns": [(name, COLUMN_WORDS[name]) for name in names],
        "rows": [
            (row["id"], [(name, row.get(name, "")) for name in names]) for row in [*rows, *blank]
        ],
        "count": len(rows),
    }


def _save(request: HttpRequest, door: Door, family: str) -> HttpResponse:
    given = {name: str(value) for name, value in request.POST.items()}
    wants_json = request.headers.get("X-Requested-With") == "fetch"
    try:
        form = web_forms.save_fields(door.by, family, given)
    except DomainError as error:
        if wants_json:
            told = {"code": error.code, "message": error.message, "field": error.field}
            return JsonResponse(told, status=error.status)
        tell_error(request, error)
        return redirect(door.url("form", family))
    if wants_json:
        saved_at = timezone.localtime(form.changed_at)
        return JsonResponse({"saved": _("Saved at %(time)s") % {"time": f"{saved_at:%H:%M:%S}"}})
    if "check" in request.POST:
        return _checked(request, door, family)
    messages.success(request, _("Saved."))
    return redirect(door.url("form", family))


def _check(request: HttpRequest, door: Door, family: str) -> HttpResponse:
    """Judge the filled template like an uploaded file."""
    return _checked(request, door, family)


def _checked(request: HttpRequest, door: Door, family: str) -> HttpResponse:
    try:
        with in_turn():
            draft = web_forms.check_web_form(door.by, family)
    except DomainError as error:
        tell_error(request, error)
        return redirect(door.url("form", family))
    return redirect(door.url("file", draft.pk))


def _former(request: HttpRequest, door: Door, family: str) -> HttpResponse:
    try:
        web_forms.begin_with_former(door.by, family)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("These are last year’s answers. Please bring them up to date."))
    return redirect(door.url("form", family))


def _remove(request: HttpRequest, door: Door, family: str) -> HttpResponse:
    kind, _dash, key = request.POST.get("row", "").partition("-")
    try:
        web_forms.remove_row(door.by, family, kind, key)
    except DomainError as error:
        return JsonResponse({"code": error.code, "message": error.message}, status=error.status)
    return JsonResponse({"saved": _("Saved.")})


def _lookup(request: HttpRequest, door: Door, family: str) -> HttpResponse:
    """Smelters for what was typed: by ID, name, alias or likeness."""
    snapshot, _layout = web_forms.template_of(door.by, family)
    metal, text = request.GET.get("metal", ""), request.GET.get("q", "")
    found = smelters_named(snapshot, metal, text) if metal and text.strip() else ()
    rows = [
        {"cid": one.cid, "name": one.standard_name, "country": one.country, "metal": one.metal}
        for one in found
    ]
    return JsonResponse({"found": rows})


def _download(request: HttpRequest, door: Door, family: str) -> HttpResponseBase:
    stream, name = web_forms.filled_template(door.by, family)
    return attachment(stream, name, "xlsx")


answer_form, own_form = by_either_door(_form, BOTH)
answer_form_check, own_form_check = by_either_door(_check, POST)
answer_form_former, own_form_former = by_either_door(_former, POST)
answer_form_remove, own_form_remove = by_either_door(_remove, POST)
answer_form_lookup, own_form_lookup = by_either_door(_lookup, SAFE)
answer_form_download, own_form_download = by_either_door(_download, SAFE)
