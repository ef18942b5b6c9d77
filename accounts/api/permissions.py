"""What a limited token may do: the one place that looks at its scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_
from knox.models import AuthToken
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import TokenScope
from accounts.token_scopes import Scope
from core.errors import NotAllowed

if TYPE_CHECKING:
    from rest_framework.views import APIView


class WithinTokenScope(BasePermission):
    """Reading needs ``read``; writing what the view names: ``token_scope = "suppliers"`` means
    ``suppliers:write``. A view without the attribute is closed to limited tokens for writing;
    ``token_reads_only = True`` marks one whose POST is a question and changes nothing.

    Sessions and tokens without limits pass; what the person may do is decided by the services.
    Errors: token_scope_missing.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, AuthToken):
            return True
        limits = TokenScope.objects.filter(token=request.auth).first()
        if limits is None or wanted_scope(request, view) in limits.scopes:
            return True
        raise NotAllowed(
            "token_scope_missing",
            N_("This token is limited and may not do that. It would need the scope %(scope)s."),
            {"scope": wanted_scope(request, view) or "–"},
        )


class WithinTokenScopeOrItself(WithinTokenScope):
    """For the view of one token: whatever it is limited to, a token may end itself."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        is_itself = isinstance(token, AuthToken) and token.token_key == view.kwargs["key"]
        return is_itself or super().has_permission(request, view)


def wanted_scope(request: Request, view: APIView) -> str:
    """Empty for writing that no scope allows."""
    if request.method in SAFE_METHODS or getattr(view, "token_reads_only", False):
        return Scope.READ
    area = getattr(view, "token_scope", "")
    return f"{area}:write" if area else ""
