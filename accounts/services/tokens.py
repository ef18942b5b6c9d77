"""API tokens: made by their owner, shown once, expiring, stored as a hash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop as N_
from knox.models import AuthToken

from accounts import policies
from accounts.models import TokenScope, User
from accounts.policies import scopes_for
from accounts.selectors import tokens_of
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity

MAX_DAYS = 365
MAX_TOKENS = 10
# Enough to tell one's tokens apart, far too little to guess the rest of 64 characters.
SHOWN_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class NewToken:
    """``secret`` is known here and never again."""

    key: str
    secret: str
    expires_at: dt.datetime


@transaction.atomic
def create_token(user: User, days: int, scopes: Iterable[str] | None = None) -> NewToken:
    """``scopes`` None: the token may do what the person may do.

    Errors: token_days_invalid, token_scopes_missing, token_scope_unknown, too_many_tokens.
    """
    limits = None if scopes is None else _limits(user, scopes)
    if not 1 <= days <= MAX_DAYS:
        raise InvalidInput(
            "token_days_invalid",
            N_("A token is valid for 1 to %(most)s days."),
            {"most": MAX_DAYS},
            field="days",
        )
    if len(list(tokens_of(user))) >= MAX_TOKENS:
        raise DomainError(
            "too_many_tokens",
            N_("You have %(most)s tokens already. Revoke one that is no longer used."),
            {"most": MAX_TOKENS},
        )
    token, secret = AuthToken.objects.create(user=user, expiry=dt.timedelta(days=days))
    shown = {"token": shown_key(token.token_key), "days": days}
    if limits is not None:
        TokenScope.objects.create(token=token, scopes=limits)
        shown["scopes"] = limits
    record_activity(user, "token.created", user, **shown)
    return NewToken(token.token_key, secret, token.expiry)


def _limits(user: User, scopes: Iterable[str]) -> list[str]:
    wanted = set(scopes)
    offered = scopes_for(user)
    if not wanted:
        raise InvalidInput(
            "token_scopes_missing", N_("Tick what the token may do."), field="scopes"
        )
    strange = sorted(wanted.difference(offered))
    if strange:
        raise InvalidInput(
            "token_scope_unknown",
            N_("A token of yours cannot have the scope %(scope)s."),
            {"scope": strange[0][:40]},
            field="scopes",
        )
    return [scope.value for scope in offered if scope in wanted]


@transaction.atomic
def revoke_token(user: User, key: str) -> None:
    """``key``: the first 15 characters of the token, as the list gives them."""
    _revoke(user, user, key)


@transaction.atomic
def revoke_token_of(actor: User, owner_id: int, key: str) -> None:
    """An administrator revokes a token of somebody else."""
    policies.require_manage_users(actor)
    owner = User.objects.filter(pk=owner_id).first()
    if owner is None:
        raise _no_such_token()
    _revoke(actor, owner, key)


def _revoke(actor: User, owner: User, key: str) -> None:
    found = AuthToken.objects.filter(user=owner, token_key=key)
    if not key or not found.exists():
        raise _no_such_token()
    found.delete()
    record_activity(actor, "token.revoked", owner, token=shown_key(key))


def _no_such_token() -> NotFound:
    return NotFound("token_not_found", N_("There is no such token."))


def delete_tokens(owner: User) -> int:
    """All of them, when what opened the account is no longer to open it; how many there were."""
    count: int = AuthToken.objects.filter(user=owner).count()
    AuthToken.objects.filter(user=owner).delete()
    return count


def shown_key(key: str) -> str:
    return f"{key[:SHOWN_CHARACTERS]}…"
