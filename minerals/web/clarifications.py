"""Questions to the supplier: sent by us, answered on a phone or by a corrected file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.web.requests import SignedInRequest, frame
from core.errors import DomainError
from core.uploads.contract import MEGABYTE
from core.web.errors import form_page, show_in_form, tell_error
from core.web.posted import posted_text
from core.widgets import DayInput
from minerals.enums import ClarificationState, Source
from minerals.models import Clarification, Finding
from minerals.policies import review as policies
from minerals.selectors.clarifications import (
    clarification_badge,
    clarification_for,
    question_lines,
)
from minerals.selectors.declarations import declaration_for
from minerals.selectors.finding_lines import finding_line
from minerals.selectors.review import FindingReview, pending_questions, reviewers
from minerals.services.clarifications import (
    AnswerInput,
    AskInput,
    answer_questions,
    close_clarification,
    default_due,
    send_questions,
    take_questions_back,
)
from minerals.services.receive import Delivery, receive_files
from minerals.web.forms import ENDINGS
from minerals.web.uploads import incoming_files

QUESTION = "question-"
ANSWER = "answer-"


class AskForm(forms.Form):
    """A field for each question, and to whom and until when."""

    due_on = forms.DateField(label=gettext_lazy("Please answer by"), widget=DayInput)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who waits for the answer"), queryset=User.objects.none()
    )
    message = forms.CharField(
        label=gettext_lazy("Message above the questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, pending: list[tuple[Finding, FindingReview]], *args: Any, **more: Any):
        super().__init__(*args, **more)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = reviewers()
        for _finding, review in pending:
            self.fields[QUESTION + review.key] = forms.CharField(
                label=gettext_lazy("In your own words"),
                required=False,
                initial=review.decision.reason if review.decision else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def data_for_service(self) -> AskInput:
        given = self.cleaned_data
        due_on: dt.date = given["due_on"]
        questions = {
            name.removeprefix(QUESTION): text
            for name, text in given.items()
            if name.startswith(QUESTION)
        }
        return AskInput(due_on, given["owner"].pk, given["message"], questions)


@require_http_methods(["GET", "HEAD", "POST"])
def questions_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that waits to be asked about a declaration, in one message."""
    declaration = declaration_for(request.user, pk)
    policies.require_review(request.user)
    pending = pending_questions(declaration)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(pending, sent, initial={"due_on": default_due(), "owner": request.user.pk})
    if sent is not None and form.is_valid():
        try:
            send_questions(request.user, pk, form.data_for_service)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The questions are on their way."))
            return redirect(declaration)
    context = {
        **frame(request.user),
        "declaration": declaration,
        "form": form,
        "questions": [
            (finding_line(declaration, finding), form[QUESTION + review.key])
            for finding, review in pending
        ],
    }
    return form_page(request, "minerals/clarifications/send.html", context)


@require_safe
def clarification_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    clarification = clarification_for(request.user, pk)
    return render(request, "minerals/clarifications/detail.html", _context(request, clarification))


@require_POST
def clarification_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the answers, or keep them to go on later; what was typed stays when refused."""
    clarification = clarification_for(request.user, pk)
    typed = {
        item.position: posted_text(request, f"{ANSWER}{item.position}")
        for item in clarification.items.all()
        if f"{ANSWER}{item.position}" in request.POST
    }
    data = AnswerInput(typed, is_final="later" not in request.POST)
    try:
        answer_questions(request.user, pk, data)
    except DomainError as error:
        tell_error(request, error)
        context = _context(request, clarification, typed)
        return render(request, "minerals/clarifications/detail.html", context, status=422)
    words = _("Thank you. Your answers are with us.")
    messages.success(request, words if data.is_final else _("Your answers are kept."))
    return redirect("minerals:clarification-detail", pk)


@require_POST
def clarification_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A corrected file instead of words; it is judged like every file that comes in."""
    clarification = clarification_for(request.user, pk)
    policies.require_answer(request.user)
    delivery = Delivery(request.user, Source.WEB, clarification.supplier)
    try:
        receive_files(delivery, incoming_files(request))
    except DomainError as error:
        tell_error(request, error)
        return redirect("minerals:clarification-detail", pk)
    return redirect("minerals:upload-batch", batch=delivery.batch)


@require_POST
def clarification_close(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(request, pk, close_clarification, _("The questions are closed."))


@require_POST
def clarification_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    words = _("The questions are taken back. They can be sent again.")
    return _step(request, pk, take_questions_back, words)


def _step(
    request: SignedInRequest,
    pk: int,
    take: Callable[[User, int], Clarification],
    words: str,
) -> HttpResponse:
    try:
        clarification = take(request.user, pk)
    except DomainError as error:
        tell_error(request, error)
        return redirect("minerals:clarification-detail", pk)
    messages.success(request, words)
    answer = clarification.answered_with_id or clarification.declaration_id
    return redirect("minerals:declaration-detail", answer)


def _context(
    request: SignedInRequest,
    clarification: Clarification,
    typed: dict[int, str] | None = None,
) -> dict[str, Any]:
    actor = request.user
    is_open = clarification.state == ClarificationState.OPEN
    answering = is_open and policies.can_answer(actor)
    return {
        **frame(actor),
        "clarification": clarification,
        "badge": clarification_badge(clarification, internal=actor.is_internal),
        "lines": [
            (line, (typed or {}).get(line.item.position, line.item.answer))
            for line in question_lines(clarification)
        ],
        "answering": answering,
        "is_answered": not is_open,
        "may_take_back": is_open and policies.can_review(actor),
        "may_close": clarification.state == ClarificationState.ANSWERED
        and policies.can_review(actor),
        "endings": ENDINGS,
        "max_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
    }
