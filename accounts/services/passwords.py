"""Choosing a password: the first one, another one, and one instead of a forgotten one."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.services.tokens import delete_tokens
from core.services.activity import record_activity


@transaction.atomic
def choose_password(person: User, password: str) -> None:
    """Who changes a password fears that somebody else knows it: sessions end by themselves, and
    the API tokens, which that somebody may have made, are deleted."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record_activity(person, "password.changed", person, tokens=delete_tokens(person))
