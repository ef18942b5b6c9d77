"""Creating, changing and closing accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts import policies
from accounts.models import User
from accounts.roles import STAFF_ROLES, Role
from accounts.services.profile import require_offered
from accounts.services.tokens import delete_tokens
from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import changes_between, record_activity


@dataclass(frozen=True, slots=True)
class UserInput:
    """What an administrator says about a person. ``language`` empty: the browser's."""

    email: str
    name: str
    roles: frozenset[Role]
    language: str = ""


@transaction.atomic
def create_user(actor: User, data: UserInput) -> User:
    """An account without a password; its owner chooses one through an invitation.

    Errors: may_not_manage_users, email_invalid, email_taken, name_missing, roles_mixed,
    role_missing, language_unknown.
    """
    policies.require_manage_users(actor)
    return _create(actor, _validated(data))


@transaction.atomic
def create_contact_user(actor: User, email: str, name: str, language: str = "") -> User:
    """An account for a person of a supplier; the caller links it to the supplier."""
    policies.require_invite_contacts(actor)
    roles = frozenset({Role.SUPPLIER_CONTACT})
    return _create(actor, _validated(UserInput(email, name, roles, language)))


def _create(actor: User, data: UserInput) -> User:
    _require_free_email(data.email, None)
    user = User.objects.create_user(data.email, None, name=data.name, language=data.language)
    _set_roles(user, data.roles)
    record_activity(actor, "user.created", user, **_snapshot(user))
    return user


@transaction.atomic
def update_user(actor: User, user_id: int, data: UserInput) -> User:
    """Change name, address, language and roles. One's own administrator role stays."""
    policies.require_manage_users(actor)
    user = _locked(user_id)
    clean = _validated(data)
    _require_free_email(clean.email, user)
    if user == actor and Role.ADMINISTRATOR not in clean.roles:
        raise DomainError(
            "own_administrator_role",
            N_("You cannot take the administrator role from yourself; ask a colleague to do it."),
        )
    before = _snapshot(user)
    if user.email != clean.email:
        # The sign-in library remembers addresses of its own; the old one must not open the door.
        EmailAddress.objects.filter(user=user).delete()
    user.email, user.name, user.language = clean.email, clean.name, clean.language
    user.save(update_fields=["email", "name", "language"])
    _set_roles(user, clean.roles)
    changes = changes_between(before, _snapshot(user))
    if changes:
        record_activity(actor, "user.changed", user, changes=changes)
    return user


@transaction.atomic
def set_active(actor: User, user_id: int, *, active: bool) -> User:
    """Close or reopen an account. Closing ends its sessions and deletes its API tokens."""
    policies.require_manage_users(actor)
    user = _locked(user_id)
    if user == actor:
        raise DomainError("own_account", N_("You cannot close your own account."))
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        delete_tokens(user)
        _end_sessions(user)
    record_activity(actor, "user.reopened" if active else "user.closed", user)
    return user


def _end_sessions(user: User) -> None:
    """Otherwise they would work again when the account is reopened."""
    for session in Session.objects.filter(expire_date__gt=clock.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def _locked(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound("user_not_found", N_("There is no such account."))
    return user


def _set_roles(user: User, roles: Iterable[Role]) -> None:
    """Groups that are no role of ours are left as they are."""
    wanted = {role.value for role in roles}
    ours = Group.objects.filter(name__in=Role.values)
    user.groups.remove(*ours.exclude(name__in=wanted))
    user.add_roles([Role(value) for value in wanted])
    user.is_staff = Role.ADMINISTRATOR in wanted
    user.save(update_fields=["is_staff"])


def _snapshot(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "roles": sorted(role.value for role in user.roles),
    }


def _validated(data: UserInput) -> UserInput:
    clean = UserInput(
        email=_clean_email(data.email),
        name=" ".join(data.name.split()),
        roles=data.roles,
        language=data.language,
    )
    if not clean.name:
        raise InvalidInput("name_missing", N_("Give the name of the person."), field="name")
    require_offered(clean.language)
    _require_sensible_roles(clean.roles)
    return clean


def _clean_email(email: str) -> str:
    clean = email.strip().lower()
    try:
        validate_email(clean)
    except ValidationError:
        raise InvalidInput(
            "email_invalid",
            N_("“%(value)s” is no e-mail address."),
            {"value": clean[:100]},
            field="email",
        ) from None
    return clean


def _require_sensible_roles(roles: frozenset[Role]) -> None:
    if not roles:
        raise InvalidInput("role_missing", N_("Choose at least one role."), field="roles")
    if Role.SUPPLIER_CONTACT in roles and roles & STAFF_ROLES:
        raise InvalidInput(
            "roles_mixed",
            N_("A supplier contact sees one supplier only and can have no role of our own people."),
            field="roles",
        )


def _require_free_email(email: str, current: User | None) -> None:
    others = User.objects.filter(email__iexact=email)
    if current is not None:
        others = others.exclude(pk=current.pk)
    if others.exists():
        raise InvalidInput(
            "email_taken", N_("There is an account with this address already."), field="email"
        )
