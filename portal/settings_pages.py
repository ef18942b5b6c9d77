"""Settings, for administrators: accounts, their roles, and where the rest is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.policies import require_manage_users
from accounts.roles import Role
from accounts.selectors import has_second_factor, tokens_of, users_for
from accounts.services.second_factor import reset_second_factor
from accounts.services.tokens import revoke_token_of
from accounts.services.users import set_active
from accounts.web.invitations import Invitation
from accounts.web.letters import send_letter
from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.filters import every_word
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form, tell_error
from core.web.exports import export_response
from core.web.paging import page_of
from portal.forms import UserFilterForm, UserForm
from portal.selectors.activity import account_history
from portal.services.people import create_person, update_person
from suppliers.web.inviting import invite_person


@require_safe
def settings_home(request: SignedInRequest) -> HttpResponse:
    require_manage_users(request.user)
    people = users_for(request.user).filter(is_active=True).count()
    return render(request, "portal/settings.html", {"people": people})


@require_safe
def user_list(request: SignedInRequest) -> HttpResponse:
    form = UserFilterForm(request.GET)
    users = _filtered(users_for(request.user), form)
    context = {
        "form": form,
        "page_obj": page_of(request, users),
        "export_url": reverse("portal:settings-user-export"),
    }
    return render(request, "portal/user_list.html", context)


@require_safe
def user_export(request: SignedInRequest) -> HttpResponseBase:
    """What the list shows with the same filters. Errors: filter_invalid."""
    form = UserFilterForm(request.GET)
    users = _filtered(users_for(request.user), form)
    columns = [
        Column(pgettext("person", "Name"), 30),
        Column(_("E-mail"), 34),
        Column(_("Roles"), 40),
        Column(_("Last sign-in"), 18),
        Column(_("State"), 12),
    ]
    return export_response(request, _("Users and roles"), form, columns, _user_rows(users))


def _user_rows(users: QuerySet[User]) -> Iterator[list[Value]]:
    for person in users.iterator(chunk_size=500):
        yield [
            str(person),
            person.email,
            "; ".join(person.role_labels),
            timezone.localtime(person.last_login) if person.last_login else None,
            _("Active") if person.is_active else _("Closed"),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def user_create(request: SignedInRequest) -> HttpResponse:
    """The answer to a successful POST shows the invitation link, once."""
    require_manage_users(request.user)
    form = UserForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_person(request.user, form.to_input(), form.cleaned_data["supplier"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            return _invited_page(request, user)
    return form_page(request, "portal/user_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request: SignedInRequest, user_id: int) -> HttpResponse:
    user = get_object_or_404(users_for(request.user), pk=user_id)
    form = UserForm(request.user, request.POST or None, initial=UserForm.initial_of(user))
    if request.method == "POST" and form.is_valid():
        try:
            update_person(request.user, user_id, form.to_input(), form.cleaned_data["supplier"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": user})
            return redirect("portal:settings-user-list")
    return _user_page(request, user, form)


@require_POST
def user_close(request: SignedInRequest, user_id: int) -> HttpResponse:
    return _set_active(request, user_id, active=False)


@require_POST
def user_reopen(request: SignedInRequest, user_id: int) -> HttpResponse:
    return _set_active(request, user_id, active=True)


@require_POST
@never_cache
def user_invite(request: SignedInRequest, user_id: int) -> HttpResponse:
    """A new link to choose a password; the former one stops working when it is used."""
    user = get_object_or_404(users_for(request.user).filter(is_active=True), pk=user_id)
    return _invited_page(request, user)


def _invited_page(request: SignedInRequest, user: User) -> HttpResponse:
    return _user_page(request, user, _fresh_form(request, user), invite_person(request, user))


@require_POST
def user_reset_second_factor(request: SignedInRequest, user_id: int) -> HttpResponse:
    try:
        person = reset_second_factor(request.user, user_id)
    except DomainError as error:
        tell_error(request, error)
        return redirect("portal:settings-user-edit", user_id)
    link = request.build_absolute_uri(reverse("mfa_index"))
    context = {"administrator": request.user, "link": link}
    subject = gettext_lazy("Your two-step sign-in was reset")
    if send_letter(person, subject, "email/second_factor_reset.txt", context):
        text = _("%(name)s can sign in with the password alone, and was told so by e-mail.")
        messages.success(request, text % {"name": person})
    else:
        text = _("%(name)s can sign in with the password alone. The e-mail about it was not sent.")
        messages.warning(request, text % {"name": person})
    return redirect("portal:settings-user-edit", user_id)


@require_POST
def user_revoke_token(request: SignedInRequest, user_id: int, key: str) -> HttpResponse:
    revoke_token_of(request.user, user_id, key)
    messages.success(request, _("The token no longer works."))
    return redirect("portal:settings-user-edit", user_id)


def _set_active(request: SignedInRequest, user_id: int, *, active: bool) -> HttpResponse:
    try:
        user = set_active(request.user, user_id, active=active)
    except DomainError as error:
        tell_error(request, error)
    else:
        text = _("%(name)s can sign in again.") if active else _("%(name)s can no longer sign in.")
        messages.success(request, text % {"name": user})
    return redirect("portal:settings-user-edit", user_id)


def _user_page(
    request: SignedInRequest, person: User, form: UserForm, invitation: Invitation | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "invitation": invitation,
        "history": account_history(person),
        "tokens": tokens_of(person),
        "has_second_factor": has_second_factor(person),
        "may_limit": person.has_role(Role.PROCUREMENT),
    }
    return form_page(request, "portal/user_form.html", context)


def _fresh_form(request: SignedInRequest, user: User) -> UserForm:
    return UserForm(request.user, initial=UserForm.initial_of(user))


def _filtered(users: QuerySet[User], form: UserFilterForm) -> QuerySet[User]:
    if not form.is_valid():
        return users.none()
    wanted = cast(dict[str, str], form.cleaned_data)
    users = users.filter(every_word(wanted["search"], "name", "email"))
    if wanted["role"]:
        users = users.filter(groups__name=wanted["role"])
    if wanted["state"]:
        users = users.filter(is_active=wanted["state"] == "open")
    return users
