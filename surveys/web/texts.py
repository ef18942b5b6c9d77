"""The words of a survey's mails: own ones in each language, seen as they will arrive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form, tell_error
from surveys import policies
from surveys.selectors.campaigns import campaign_for
from surveys.selectors.words import MAIL_WORDS, state_badge
from surveys.services import texts
from surveys.services.letters import PLACEHOLDERS
from surveys.web.forms import TextForm


@require_safe
def text_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every mail in both languages, side by side."""
    campaign = campaign_for(request.user, pk)
    own = set(campaign.texts.values_list("kind", "language"))
    rows = [
        (
            MAIL_WORDS[kind],
            [
                (
                    language,
                    texts.preview(campaign, kind, language),
                    (kind, language) in own,
                    reverse("surveys:text-edit", args=[pk, kind, language]),
                )
                for language in texts.LANGUAGES
            ],
        )
        for kind in texts.KINDS
    ]
    context = {
        "campaign": campaign,
        "badge": state_badge(campaign),
        "rows": rows,
        "may_run": policies.can_run_surveys(request.user),
    }
    return render(request, "surveys/text_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text_edit(request: SignedInRequest, pk: int, kind: str, language: str) -> HttpResponse:
    campaign = campaign_for(request.user, pk)
    policies.require_run_surveys(request.user)
    texts.require_text(kind, language)
    own = campaign.texts.filter(kind=kind, language=language).first()
    shown = own or texts.usual(campaign, kind, language)
    posted = request.POST if request.method == "POST" else None
    form = TextForm(posted, initial={"title": shown.title, "body": shown.body})
    if posted is not None and form.is_valid():
        data = texts.TextInput(form.cleaned_data["title"], form.cleaned_data["body"])
        try:
            texts.set_text(request.user, pk, kind, language, data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("Saved. Mails that were not sent yet use these words."))
            return redirect("surveys:text-list", pk)
    context = {
        "campaign": campaign,
        "form": form,
        "mail": MAIL_WORDS[kind],
        "language": language,
        "kind": kind,
        "own": own,
        "placeholders": PLACEHOLDERS,
        "preview": texts.preview(campaign, kind, language),
    }
    return form_page(request, "surveys/text_edit.html", context)


@require_POST
def text_drop(request: SignedInRequest, pk: int, kind: str, language: str) -> HttpResponse:
    try:
        texts.drop_text(request.user, pk, kind, language)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The usual words are used again."))
    return redirect("surveys:text-list", pk)
