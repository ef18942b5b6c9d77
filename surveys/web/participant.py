"""One supplier in a survey, for our own people: where it stands, what was said, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from core.web.posted import posted_text
from surveys import policies
from surveys.models import Participant
from surveys.rules.schedule import planned_steps
from surveys.selectors.campaigns import participant_for
from surveys.selectors.mails import FAILED, letters_to
from surveys.selectors.own_task import own_task
from surveys.selectors.stages import with_stage
from surveys.selectors.words import STEP_WORDS, letter_words, stage_badge
from surveys.services import people
from surveys.services.messages import answer_message, settle_message, write_message
from surveys.web.forms import ContactForm, HoldForm

MAILS = 30


@require_safe
def participant_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    policies.require_view_surveys(request.user)
    participant = participant_for(request.user, pk)
    letters = [(one, letter_words(one)) for one in letters_to(participant)[:MAILS]]
    context = {
        "participant": participant,
        "campaign": participant.campaign,
        "supplier": participant.supplier,
        "badge": stage_badge(_stage(participant)),
        "task": own_task(participant),
        "steps": _steps(participant),
        "letters": letters,
        "came_back": _came_back(participant, letters),
        "said": participant.messages.select_related("handled_by", "user"),
        "links": participant.links.filter(revoked_at=None),
        "may_chase": policies.can_chase(request.user) and participant.campaign.is_running,
        "may_run": policies.can_run_surveys(request.user),
    }
    return render(request, "surveys/participant_detail.html", context)


def _stage(participant: Participant) -> str:
    rows = with_stage(Participant.objects.filter(pk=participant.pk))
    return str(rows.values_list("stage", flat=True).get())


def _steps(participant: Participant) -> list[tuple[Any, str, Any]]:
    country = participant.supplier.country.code or ""
    taken = {one.code: one for one in participant.steps.all()}
    planned = planned_steps(
        participant.asked_on,
        participant.due_on,
        country,
        days_off=participant.campaign.further_days_off,
    )
    return [(one, str(STEP_WORDS[one.step.code]), taken.get(one.step.code)) for one in planned]


def _came_back(participant: Participant, letters: list[Any]) -> str:
    """Why the newest mail to the present contact did not arrive; empty when it did."""
    if participant.contact is None:
        return ""
    address = participant.contact.email.lower()
    sent = [one.mail for one, _words in letters if one.mail and one.address == address]
    return sent[0].problem or "–" if sent and sent[0].state in FAILED else ""


@require_http_methods(["GET", "HEAD", "POST"])
def participant_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask another person."""
    participant = participant_for(request.user, pk)
    policies.require_chase(request.user)
    contacts = participant.supplier.contacts.exclude(email="")
    first = {"name": request.GET.get("name", ""), "email": request.GET.get("email", "")}

    def run(data: dict[str, Any]) -> None:
        if data["contact"] is not None:
            people.set_contact(request.user, pk, data["contact"].pk)
        else:
            people.add_contact(request.user, pk, data["name"], data["email"])

    posted = request.POST if request.method == "POST" else None
    form = ContactForm(contacts, posted, initial=first)
    return _form(request, participant, form, run, _("Ask another person"), _("Ask this person"))


@require_http_methods(["GET", "HEAD", "POST"])
def participant_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """No reminders for a while; an empty date lets them go on."""
    participant = participant_for(request.user, pk)
    policies.require_chase(request.user)
    posted = request.POST if request.method == "POST" else None
    form = HoldForm(posted, initial={"until": participant.paused_until})
    return _form(
        request,
        participant,
        form,
        lambda data: people.hold_reminders(request.user, pk, data["until"]),
        _("No reminders for a while"),
        _("Save"),
    )


def _form(
    request: SignedInRequest,
    participant: Participant,
    form: forms.Form,
    run: Callable[[dict[str, Any]], object],
    heading: str,
    button: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            run(form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(participant)
    context = {"form": form, "participant": participant, "heading": heading, "button": button}
    return form_page(request, "surveys/participant_form.html", context)


ACTIONS: dict[str, Callable[[SignedInRequest, int], object]] = {
    "renew": lambda request, pk: people.renew_link(request.user, pk),
    "revoke": lambda request, pk: people.revoke_links(request.user, pk),
    "write": lambda request, pk: write_message(request.user, pk, posted_text(request, "text")),
}


@require_POST
def participant_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """A new link, no link, a message."""
    if code not in ACTIONS:
        raise Http404
    try:
        ACTIONS[code](request, pk)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("Done."))
    return redirect("surveys:participant-detail", pk)


@require_POST
def message_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a question, or note that a message was seen to."""
    text = posted_text(request, "text")
    try:
        said = (
            answer_message(request.user, pk, text)
            if text.strip()
            else settle_message(request.user, pk)
        )
    except DomainError as error:
        tell_error(request, error)
        return redirect("surveys:campaign-list")
    return redirect("surveys:participant-detail", said.participant_id)
