"""Editions of the investigation form: to read for our people, to edit for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from suppliers.enums import CsrArea
from suppliers.models import Question, Questionnaire
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import (
    counted_questionnaires,
    questionnaire_for,
    questions_of,
)
from suppliers.services.questionnaires import (
    change_edition,
    copy_edition,
    delete_draft,
    delete_question,
    publish_edition,
    save_question,
)
from suppliers.web.assessment_forms import EditionForm, QuestionForm


@require_safe
def questionnaire_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "questionnaires": counted_questionnaires(request.user),
        "may_manage": policies.can_manage_questionnaires(request.user),
    }
    return render(request, "suppliers/questionnaires/list.html", context)


@require_safe
def questionnaire_detail(request: SignedInRequest, questionnaire_id: int) -> HttpResponse:
    edition = questionnaire_for(request.user, questionnaire_id)
    groups: dict[str, list[Question]] = {}
    for question in questions_of(edition.pk):
        groups.setdefault(question.area, []).append(question)
    may_manage = policies.can_manage_questionnaires(request.user)
    context = {
        "questionnaire": edition,
        "groups": [
            (str(CsrArea(area).label), groups[area]) for area in CsrArea.values if area in groups
        ],
        "may_manage": may_manage,
        "may_edit": may_manage and edition.published_at is None,
    }
    return render(request, "suppliers/questionnaires/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_copy(request: SignedInRequest, questionnaire_id: int) -> HttpResponse:
    policies.require_manage_questionnaires(request.user)
    source = questionnaire_for(request.user, questionnaire_id)
    form = EditionForm(request.POST or None, initial={"valid_months": source.valid_months})
    if request.method == "POST" and form.is_valid():
        try:
            draft = copy_edition(request.user, questionnaire_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The draft is ready to be changed."))
            return redirect("suppliers:questionnaire-detail", draft.pk)
    return _edition_page(request, form, source, is_copy=True)


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_edit(request: SignedInRequest, questionnaire_id: int) -> HttpResponse:
    policies.require_manage_questionnaires(request.user)
    edition = questionnaire_for(request.user, questionnaire_id)
    form = EditionForm(request.POST or None, initial=EditionForm.initial_of(edition))
    if request.method == "POST" and form.is_valid():
        try:
            change_edition(request.user, questionnaire_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            return redirect("suppliers:questionnaire-detail", questionnaire_id)
    return _edition_page(request, form, edition, is_copy=False)


@require_POST
def questionnaire_publish(request: SignedInRequest, questionnaire_id: int) -> HttpResponse:
    try:
        publish_edition(request.user, questionnaire_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("Published. From now on this edition is sent."))
    return redirect("suppliers:questionnaire-detail", questionnaire_id)


@require_POST
def questionnaire_delete(request: SignedInRequest, questionnaire_id: int) -> HttpResponse:
    try:
        delete_draft(request.user, questionnaire_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("suppliers:questionnaire-detail", questionnaire_id)
    return redirect("suppliers:questionnaire-list")


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_question_create(request: SignedInRequest, questionnaire_id: int) -> HttpResponse:
    return _question_page(request, questionnaire_id, None)


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_question_edit(
    request: SignedInRequest, questionnaire_id: int, question_id: int
) -> HttpResponse:
    return _question_page(request, questionnaire_id, question_id)


@require_POST
def questionnaire_question_delete(
    request: SignedInRequest, questionnaire_id: int, question_id: int
) -> HttpResponse:
    try:
        delete_question(request.user, questionnaire_id, question_id)
    except DomainError as error:
        tell_error(request, error)
    return redirect("suppliers:questionnaire-detail", questionnaire_id)


def _edition_page(
    request: SignedInRequest, form: EditionForm, edition: Questionnaire, *, is_copy: bool
) -> HttpResponse:
    context = {"form": form, "questionnaire": edition, "is_copy": is_copy}
    return form_page(request, "suppliers/questionnaires/edition_form.html", context)


def _question_page(
    request: SignedInRequest, questionnaire_id: int, question_id: int | None
) -> HttpResponse:
    policies.require_manage_questionnaires(request.user)
    edition = questionnaire_for(request.user, questionnaire_id)
    question = _question_in(edition, question_id)
    initial = QuestionForm.initial_of(question) if question else None
    form = QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_question(request.user, questionnaire_id, question_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            return redirect("suppliers:questionnaire-detail", questionnaire_id)
    context = {"form": form, "questionnaire": edition, "question": question}
    return form_page(request, "suppliers/questionnaires/question_form.html", context)


def _question_in(edition: Questionnaire, question_id: int | None) -> Question | None:
    if question_id is None:
        return None
    question = edition.questions.filter(pk=question_id).first()
    if question is None:
        raise Http404
    return question
