"""What every endpoint asks of a request: who sent it, and is the input in order."""

from __future__ import annotations

from typing import Any, cast

from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import User


def actor_of(request: Request) -> User:
    return cast(User, request.user)


def valid(serializer: serializers.BaseSerializer[Any]) -> Any:
    """The serializer once it has found nothing wrong."""
    serializer.is_valid(raise_exception=True)
    return serializer
