"""One's own account: profile, language, API tokens; and the page about closed sign-up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import LANGUAGE_QUERY_PARAMETER
from django.views.i18n import set_language as set_language_cookie

from accounts.models import User
from accounts.selectors import tokens_of
from accounts.services.profile import remember_language, update_profile
from accounts.services.tokens import NewToken, create_token, revoke_token
from accounts.web.forms import ProfileForm, TokenForm
from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    user = request.user
    now = {name: getattr(user, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            update_profile(user, **form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    return form_page(request, "accounts/profile.html", {"form": form})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language switch: a cookie for this browser and, when signed in, the profile."""
    language = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if isinstance(request.user, User) and language and check_for_language(language):
        remember_language(request.user, language)
    return set_language_cookie(request)


@require_safe
@never_cache
def token_list(request: SignedInRequest) -> HttpResponse:
    return _token_page(request, TokenForm(request.user))


@require_POST
@never_cache
def token_create(request: SignedInRequest) -> HttpResponse:
    """Answers with the page itself, because the secret is shown once and kept nowhere."""
    form = TokenForm(request.user, request.POST)
    made = None
    if form.is_valid():
        try:
            made = create_token(request.user, form.cleaned_data["days"], form.wanted_scopes())
        except DomainError as error:
            show_in_form(form, error)
    return _token_page(request, TokenForm(request.user) if made else form, made)


@require_POST
def token_revoke(request: SignedInRequest, key: str) -> HttpResponse:
    revoke_token(request.user, key)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:token-list")


def _token_page(
    request: SignedInRequest, form: TokenForm, made: NewToken | None = None
) -> HttpResponse:
    context = {"form": form, "made": made, "tokens": tokens_of(request.user)}
    return form_page(request, "accounts/tokens.html", context)


@require_safe
def closed_sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody signs up alone; who came here by mistake reads how to get an account."""
    return render(request, "account/signup_closed.html")


@require_safe
def email_is_managed(request: HttpRequest) -> HttpResponse:
    """Addresses are what people sign in with; administrators change them."""
    return redirect("accounts:profile" if request.user.is_authenticated else "account_login")
