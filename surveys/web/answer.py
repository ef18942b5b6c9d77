"""The supplier's task: by personal link without an account, or signed in.

Both doors lead to the same pages and services; ``door`` says how the person came in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_POST, require_safe

from core.downloads import attachment
from core.errors import DomainError, NotFound
from core.uploads.contract import MEGABYTE
from core.web.errors import form_page, show_in_form, tell_error
from core.web.posted import posted_text
from core.web.turns import in_turn
from minerals.selectors.reference import snapshots_in_force
from minerals.services.clarifications import AnswerInput
from minerals.services.web_form import fillable
from surveys.selectors.own_task import FormTask, own_task
from surveys.services import answers, questions, responses
from surveys.services.links import LinkExpired, link_of
from surveys.services.responses import Respondent
from surveys.web.doors import BOTH, POST, SAFE, Door, by_either_door
from surveys.web.files import ENDINGS, FileForm, sent_file


@require_safe
def blank(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The official form as the administrator installed it; RMI gives it to everybody."""
    snapshot = next((one for one in snapshots_in_force() if one.pk == pk), None)
    if snapshot is None:
        raise NotFound("snapshot_not_found", N_("There is no such form."))
    stream = snapshot.workbook.content.open("rb")
    return attachment(stream, snapshot.file_name, snapshot.workbook.kind)


@require_POST
def answer_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link goes to the address the old one went to."""
    try:
        link_of(token)
    except LinkExpired as error:
        responses.send_new_link(error.link)
        return render(request, "surveys/answer_renewed.html")
    return redirect("surveys:answer", token=token)


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Your question"), widget=forms.Textarea(attrs={"rows": 4}))


class WrongPersonForm(forms.Form):
    text = forms.CharField(
        label=_("Anything we should know"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class ColleagueForm(forms.Form):
    name = forms.CharField(label=_("Name of the colleague"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    text = forms.CharField(
        label=_("Anything we should know"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class DeclineForm(forms.Form):
    text = forms.CharField(
        label=_("Why you will not answer"), widget=forms.Textarea(attrs={"rows": 4})
    )


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing a supplier can tell us: its form, words, and what is done."""

    form: type[forms.Form]
    heading: Any
    lead: Any
    button: Any
    done: Any
    run: Callable[[Respondent, dict[str, Any]], object]


SAYINGS: dict[str, Saying] = {
    "question": Saying(
        QuestionForm,
        _("Ask a question"),
        _("Your buyer reads it and answers by mail."),
        _("Send the question"),
        _("We have your question and will answer it."),
        lambda by, data: responses.ask(by, data["text"]),
    ),
    "wrong-person": Saying(
        WrongPersonForm,
        _("I am not the right person"),
        _("You will get no more mails about this survey; we look for the right person."),
        _("Tell them"),
        _("Thank you. You will hear no more of this."),
        lambda by, data: responses.say_wrong_person(by, data["text"]),
    ),
    "colleague": Saying(
        ColleagueForm,
        _("A colleague will answer"),
        _("We write to the colleague after your buyer has had a look."),
        _("Name the colleague"),
        _("Thank you. We will write to your colleague."),
        lambda by, data: responses.name_colleague(by, data["name"], data["email"], data["text"]),
    ),
    "decline": Saying(
        DeclineForm,
        _("We will not answer"),
        _("Reminders stop. Your buyer reads the reason and will talk to you."),
        _("Decline"),
        _("Your buyer will read this. You can change your mind until the survey is closed."),
        lambda by, data: responses.decline(by, data["text"]),
    ),
}


def _task(request: HttpRequest, door: Door) -> HttpResponse:
    task = own_task(door.by.participant)
    context = {
        "task": task,
        "door": door,
        "participant": task.participant,
        "campaign": task.participant.campaign,
        "upload_url": door.url("upload"),
        "opened_url": door.url("opened"),
        "sayings": [(code, one, door.url("say", code)) for code, one in SAYINGS.items()],
        "take_back_url": door.url("take-back"),
        "endings": ENDINGS,
        "max_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "files": [(one, _form_links(door, one)) for one in task.forms],
        "questions": [
            (one, door.url("questions", one.pk)) for one in questions.questions_to(door.by)
        ],
    }
    return render(request, "surveys/answer.html", context)


def _form_links(door: Door, form: FormTask) -> dict[str, Any]:
    urls: dict[str, Any] = _urls(door, form.draft.pk) if form.draft else {}
    urls["field"] = FileForm(auto_id=f"{form.family}-%s")["files"]
    if fillable(form.family) is not None:
        urls["form"] = door.url("form", form.family)
    if form.before:
        urls["before"] = door.url("before", form.before.pk)
    return urls


def _urls(door: Door, draft: int) -> dict[str, str]:
    names = ("file", "submit", "discard", "correction")
    return {name: door.url(name, draft) for name in names}


def _before(request: HttpRequest, door: Door, declaration_id: int) -> HttpResponseBase:
    """The supplier's own file of an earlier year."""
    stream, found = answers.former_file(door.by, declaration_id)
    return attachment(stream, found.file_name, found.workbook.kind)


def _compare(request: HttpRequest, door: Door, draft_id: int) -> HttpResponse:
    """What has changed since last year."""
    old, new, changes = answers.compared_with_before(door.by, draft_id)
    context = {
        "old": old,
        "declaration": new,
        "changes": changes,
        "back_url": door.url("file", draft_id),
    }
    return render(request, "surveys/answer_compare.html", context)


def _questions(request: HttpRequest, door: Door, clarification_id: int) -> HttpResponse:
    """Our questions about the report, one after the other."""
    asked = questions.asked_questions(door.by, clarification_id)
    typed: dict[int, str] = {}
    status = 200
    if request.method == "POST":
        typed = {
            line.item.position: posted_text(request, f"answer-{line.item.position}")
            for line in asked.lines
            if f"answer-{line.item.position}" in request.POST
        }
        data = AnswerInput(typed, is_final="later" not in request.POST)
        try:
            questions.answer(door.by, clarification_id, data)
        except DomainError as error:
            tell_error(request, error)
            status = 422
        else:
            thanks = gettext("Thank you. Your answers are with us.")
            messages.success(
                request, thanks if data.is_final else gettext("Your answers are kept.")
            )
            return redirect(door.url(""))
    context = {
        "asked": asked,
        "clarification": asked.clarification,
        "lines": [(one, typed.get(one.item.position, one.item.answer)) for one in asked.lines],
        "answering": asked.is_open,
        "back_url": door.url(""),
    }
    return render(request, "surveys/answer_questions.html", context, status=status)


def _opened(request: HttpRequest, door: Door) -> HttpResponse:
    """Sent by the page itself, when a person looks at it."""
    responses.note_opened(door.by)
    return HttpResponse(status=204)


def _say(request: HttpRequest, door: Door, code: str) -> HttpResponse:
    saying = SAYINGS.get(code)
    if saying is None:
        raise Http404
    form = saying.form(request.POST) if request.method == "POST" else saying.form()
    if request.method == "POST" and form.is_valid():
        try:
            saying.run(door.by, form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            if code == "wrong-person":
                return render(request, "surveys/answer_thanks.html", {"words": saying.done})
            messages.success(request, str(saying.done))
            return redirect(door.url(""))
    context = {"form": form, "saying": saying, "door": door, "back_url": door.url("")}
    return form_page(request, "surveys/answer_say.html", context)


def _take_back(request: HttpRequest, door: Door) -> HttpResponse:
    return _done(request, door, lambda: responses.take_back_decline(door.by), gettext("Thank you."))


def _upload(request: HttpRequest, door: Door) -> HttpResponse:
    incoming = sent_file(request)
    if incoming is None:
        messages.error(request, gettext("Choose a file first."))
        return redirect(door.url(""))
    try:
        with in_turn():
            draft = answers.upload(door.by, incoming)
    except DomainError as error:
        tell_error(request, error)
        return redirect(door.url(""))
    return redirect(door.url("file", draft.pk))


def _file(request: HttpRequest, door: Door, draft_id: int) -> HttpResponse:
    seen = answers.seen_file(door.by, draft_id)
    context = {
        "seen": seen,
        "door": door,
        "declaration": seen.declaration,
        "verdict": seen.verdict,
        "sections": seen.sections,
        "back_url": door.url(""),
        "self_url": door.url("file", draft_id),
        "urls": _urls(door, draft_id),
        "compare_url": door.url("compare", draft_id)
        if seen.verdict and answers.former_of(door.by, seen.declaration.family)
        else "",
        "internal": False,
    }
    return render(request, "surveys/answer_file.html", context)


def _submit(request: HttpRequest, door: Door, draft_id: int) -> HttpResponse:
    words = posted_text(request, "explanation")
    return _done(
        request,
        door,
        lambda: answers.submit(door.by, draft_id, words),
        gettext("Submitted. Thank you: we check it and write to you should something be unclear."),
        door.url("file", draft_id),
    )


def _discard(request: HttpRequest, door: Door, draft_id: int) -> HttpResponse:
    return _done(
        request, door, lambda: answers.discard(door.by, draft_id), gettext("The file was removed.")
    )


def _correction(request: HttpRequest, door: Door, draft_id: int) -> HttpResponseBase:
    """POST has it written; GET hands it out as soon as it is ready."""
    if request.method == "POST":
        return _done(
            request,
            door,
            lambda: answers.order_correction_of(door.by, draft_id),
            gettext("Your file with our remarks is being written. It takes a few seconds."),
            door.url("file", draft_id),
            door.url("file", draft_id),
        )
    stream, name = answers.correction_of(door.by, draft_id)
    return attachment(stream, name, "xlsx")


def _done(
    request: HttpRequest,
    door: Door,
    run: Callable[[], object],
    words: str,
    failed_url: str = "",
    done_url: str = "",
) -> HttpResponse:
    try:
        run()
    except DomainError as error:
        tell_error(request, error)
        return redirect(failed_url or door.url(""))
    messages.success(request, words)
    return redirect(done_url or door.url(""))


answer, own = by_either_door(_task, SAFE)
answer_before, own_before = by_either_door(_before, SAFE)
answer_compare, own_compare = by_either_door(_compare, SAFE)
answer_questions, own_questions = by_either_door(_questions, BOTH)
answer_opened, own_opened = by_either_door(_opened, POST)
answer_say, own_say = by_either_door(_say, BOTH)
answer_take_back, own_take_back = by_either_door(_take_back, POST)
answer_upload, own_upload = by_either_door(_upload, POST)
answer_file, own_file = by_either_door(_file, SAFE)
answer_submit, own_submit = by_either_door(_submit, POST)
answer_discard, own_discard = by_either_door(_discard, POST)
answer_correction, own_correction = by_either_door(_correction, BOTH)
