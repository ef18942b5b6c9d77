"""From which internet address a request comes, by the rule that limits sign-in attempts."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the person, behind trusted proxies too (``TRUSTED_PROXY_COUNT``)."""
    try:
        address: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return address
