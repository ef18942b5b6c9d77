"""May we buy? One supplier or a pasted list; neither writes anything."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from core.widgets import DayInput
from suppliers.models import Supplier
from suppliers.policies import require_view_suppliers
from suppliers.selectors.sourcing import (
    MOST_AT_ONCE,
    SourcingQuestion,
    SourcingResult,
    SourcingRow,
    check_sourcing,
)
from suppliers.selectors.sourcing_words import (
    TONES,
    ReasonLine,
    headline,
    outcome_label,
    reason_lines,
)
from suppliers.web.lifecycle_forms import category_choices
from suppliers.web.upload_fields import posted

PURPOSES = [
    ("order", gettext_lazy("An order")),
    ("new_category", gettext_lazy("A new category or site")),
]
SUGGESTIONS = 20


class QuestionForm(forms.Form):
    """What both doors ask besides the suppliers."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    site = forms.CharField(label=gettext_lazy("Site code"), required=False, max_length=40)
    on = forms.DateField(label=gettext_lazy("On"), required=False, widget=DayInput)
    purpose = forms.ChoiceField(label=gettext_lazy("For"), required=False, choices=PURPOSES)

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_with_day(data), *args, **kwargs)
        choices = category_choices(gettext_lazy("Any category"))
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()

    def to_question(self) -> SourcingQuestion:
        given = self.cleaned_data
        return SourcingQuestion(
            given["category"], given["site"], given["on"], given["purpose"] or "order"
        )


def _with_day(data: QueryDict | None) -> QueryDict | None:
    """Without a day the answer is about today, and the field says so."""
    if data is None or data.get("on"):
        return data
    completed = data.copy()
    completed["on"] = clock.today().isoformat()
    return completed


class OneForm(QuestionForm):
    supplier = forms.CharField(
        label=gettext_lazy("Supplier code or name"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("supplier", "category", "site", "on", "purpose")


class ManyForm(QuestionForm):
    supplier = forms.CharField(
        label=gettext_lazy("Supplier codes"),
        max_length=MOST_AT_ONCE * 42,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line, or separated by commas, as copied from a spreadsheet."),
    )
    field_order = ("supplier", "category", "site", "on", "purpose")

    def codes(self) -> list[str]:
        text = str(self.cleaned_data["supplier"])
        for sign in ",;，；、\t":
            text = text.replace(sign, "\n")
        return text.splitlines()


class Shown:
    """One answer as the page shows it."""

    def __init__(self, row: SourcingRow, purpose: str) -> None:
        self.code = row.code
        self.supplier = row.supplier
        self.outcome = row.answer.outcome
        self.tone, self.icon = TONES[row.answer.outcome]
        self.label = outcome_label(row.answer)
        self.headline = headline(row.answer, row.code, row.supplier, purpose)
        self.reasons: tuple[ReasonLine, ...] = reason_lines(row.answer, row.supplier)


@require_safe
def sourcing_check(request: SignedInRequest) -> HttpResponse:
    """The question stands in the address, so that an answer can be sent as a link."""
    require_view_suppliers(request.user)
    asked = "supplier" in request.GET
    form = OneForm(request.GET if asked else None)
    if not asked:
        # Once there is an answer, the eye belongs there, on a phone above all.
        form.fields["supplier"].widget.attrs["autofocus"] = True
    context: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        context |= _one(request, form)
    return form_page(request, "suppliers/sourcing_check.html", context)


def _one(request: SignedInRequest, form: OneForm) -> dict[str, Any]:
    """The answer for a code; for a name its one supplier, else the suppliers that fit."""
    text = form.cleaned_data["supplier"].strip()
    visible = Supplier.objects.visible_to(request.user)
    found = visible.filter(code__iexact=text).first()
    if found is None:
        fitting = _named(request, text)
        if len(fitting) > 1:
            return {"fitting": fitting}
        found = fitting[0] if fitting else None
    code = found.code if found else text
    try:
        result = check_sourcing(request.user, [code], form.to_question())
    except DomainError as error:
        show_in_form(form, error)
        return {}
    return {
        "result": result,
        "shown": Shown(result.rows[0], result.purpose),
        "is_past": result.on < clock.today(),
    }


def _named(request: SignedInRequest, text: str) -> list[Supplier]:
    visible = Supplier.objects.visible_to(request.user).living()
    named = visible.filter(name__icontains=text) | visible.filter(local_name__icontains=text)
    return list(named.order_by("name", "code")[:SUGGESTIONS])


@require_http_methods(["GET", "HEAD", "POST"])
def sourcing_bulk(request: SignedInRequest) -> HttpResponse:
    """A POST because two thousand codes do not fit into an address."""
    require_view_suppliers(request.user)
    form = ManyForm(*posted(request))
    result = _many(request, form)
    context: dict[str, Any] = {"form": form, "result": result}
    if result is not None:
        shown = [Shown(row, result.purpose) for row in result.rows]
        context |= {"rows": shown, "counts": _counts(shown)}
    return form_page(request, "suppliers/sourcing_bulk.html", context)


def _many(request: SignedInRequest, form: ManyForm) -> SourcingResult | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return check_sourcing(request.user, form.codes(), form.to_question())
    except DomainError as error:
        show_in_form(form, error)
        return None


def _counts(shown: list[Shown]) -> list[tuple[str, str, str, int]]:
    order = list(TONES)
    answers = Counter((order.index(one.outcome), one.label) for one in shown)
    return [
        (*TONES[order[place]], label, count) for (place, label), count in sorted(answers.items())
    ]


@require_POST
def sourcing_export(request: SignedInRequest) -> HttpResponseBase:
    """The same answers as a file; ``format=csv`` in the address for CSV."""
    require_view_suppliers(request.user)
    form = ManyForm(request.POST)
    result = _many(request, form)
    if result is None:
        context = {"form": form, "result": None}
        return form_page(request, "suppliers/sourcing_bulk.html", context)
    return export_response(request, _("Sourcing check"), form, _columns(), _table_rows(result))


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 40),
        Column(_("Answer"), 22),
        Column(_("Reasons"), 80),
        Column(_("Category"), 30),
        Column(_("Site code"), 14),
        Column(_("On"), 14),
    ]


def _table_rows(result: SourcingResult) -> Iterator[list[Value]]:
    on: dt.date = result.on
    for row in result.rows:
        shown = Shown(row, result.purpose)
        yield [
            row.code,
            row.supplier.name if row.supplier else "",
            shown.label,
            " ".join(line.text for line in shown.reasons),
            str(result.category or ""),
            result.site,
            on,
        ]
