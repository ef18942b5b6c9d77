"""Every page stands behind sign-in; the person's language comes before the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from core.api.errors import API_PREFIX
from core.way_back import address_to_open

Handler = Callable[[HttpRequest], HttpResponse]

# Personal links of surveys carry their own proof; checking a file is for everybody.
PUBLIC_PREFIXES = ("/accounts/", "/answer/", "/check/", "/static/", "/i18n/", "/healthz", "/readyz")
API_PAGES = ("/api/v1/docs/",)


class SignInRequiredMiddleware:
    """Sends strangers to the sign-in page, so that a forgotten decorator opens nothing.

    The API answers for itself (401 with a code), because it also knows tokens.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or request.path.startswith(PUBLIC_PREFIXES):
            return self.get_response(request)
        if request.path.startswith(API_PREFIX) and not request.path.startswith(API_PAGES):
            return self.get_response(request)
        if request.headers.get("HX-Request"):
            response: HttpResponse = JsonResponse(
                {"error": {"code": "not_authenticated"}}, status=401
            )
            response["HX-Refresh"] = "true"
            return response
        return redirect_to_login(address_to_open(request), settings.LOGIN_URL)


class PreferredLanguageMiddleware:
    """Answers in the language of the person's profile, which the language switch writes too.

    The profile comes before the cookie: the cookie may be of somebody else who used this browser.
    The API answers as its ``Accept-Language`` header asks.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API_PREFIX):
            return self.get_response(request)
        user = request.user
        if user.is_authenticated and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
