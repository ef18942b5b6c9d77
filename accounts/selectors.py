"""Reads of accounts shared by pages and API."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from knox.models import AuthToken

from accounts import policies
from accounts.models import User
from core import clock


def users_for(actor: User) -> QuerySet[User]:
    """All accounts with their groups; for administrators only."""
    policies.require_manage_users(actor)
    return User.objects.prefetch_related("groups").order_by("-is_active", "name", "email")


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def tokens_of(user: User) -> Any:
    """The person's API tokens that still open something, newest first (knox has no types)."""
    return (
        AuthToken.objects.filter(user=user, expiry__gt=clock.now())
        .select_related("limits")
        .order_by("-created")
    )
