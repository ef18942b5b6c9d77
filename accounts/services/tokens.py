"""API tokens: made by their owner, shown once, expiring, stored as a hash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop as N_
from knox.models import AuthToken

from accounts.models import User
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
def create_token(user: User, days: int) -> NewToken:
    """Errors: token_days_invalid, too_many_tokens."""
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
    record_activity(user, "token.created", user, token=shown_key(token.token_key), days=days)
    return NewToken(token.token_key, secret, token.expiry)


@transaction.atomic
def revoke_token(user: User, key: str) -> None:
    """``key``: the first 15 characters of the token, as the list gives them."""
    found = AuthToken.objects.filter(user=user, token_key=key)
    if not key or not found.exists():
        raise NotFound("token_not_found", N_("There is no such token."))
    found.delete()
    record_activity(user, "token.revoked", user, token=shown_key(key))


def shown_key(key: str) -> str:
    return f"{key[:SHOWN_CHARACTERS]}…"
