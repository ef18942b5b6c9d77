"""The two doors to a supplier's task: a personal link without an account, or being signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from accounts.models import User
from surveys.services import responses
from surveys.services.links import LinkExpired, link_of
from surveys.services.posting import language_of
from surveys.services.responses import Respondent


@dataclass(frozen=True, slots=True)
class Door:
    """``token`` empty: signed in, for the participant ``key``."""

    by: Respondent
    token: str = ""

    def url(self, name: str, *args: Any) -> str:
        if self.token:
            return reverse(
                f"surveys:answer-{name}" if name else "surveys:answer", args=[self.token, *args]
            )
        own = self.by.participant.pk
        return reverse(f"surveys:own-{name}" if name else "surveys:own", args=[own, *args])


SAFE = ("GET", "HEAD")
POST = ("POST",)
BOTH = (*SAFE, *POST)
View = Callable[..., HttpResponseBase]


def by_either_door(view: View, verbs: Sequence[str]) -> tuple[View, View]:
    """The view for a personal link and the one for those who are signed in."""

    def guest(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            link = link_of(token)
        except LinkExpired as error:
            with _in_language(request, language_of(error.link.contact)):
                return _expired(request, token)
        door = Door(Respondent(link.participant, link=link), token)
        with _in_language(request, language_of(link.contact)):
            return _private(view(request, door, *args, **kwargs))

    def own(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        door = Door(responses.respondent_of(cast(User, request.user), pk))
        return view(request, door, *args, **kwargs)

    allowed = require_http_methods(list(verbs))
    return allowed(guest), allowed(own)


def _in_language(request: HttpRequest, language: str) -> translation.override:
    """What the person chose in this browser, else the language of the mail."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.user.is_authenticated:
        return translation.override(translation.get_language())
    return translation.override(language or translation.get_language())


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """The address is a key: it goes nowhere else, and no copy stays behind."""
    # Browsers name no origin with a form where no referrer at all is allowed.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _expired(request: HttpRequest, token: str) -> HttpResponse:
    url = reverse("surveys:answer-renew", args=[token])
    return render(request, "surveys/answer_expired.html", {"renew_url": url}, status=410)
