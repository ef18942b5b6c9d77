"""``/api/v1/auth/tokens/``: one's own API tokens.

There is no sign-in by password here: it would pass by the second factor. A token is made by a
person who is signed in with the browser, here or on the page of the profile.
"""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from knox.models import AuthToken
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.permissions import WithinTokenScope, WithinTokenScopeOrItself
from accounts.models import User
from accounts.selectors import tokens_of
from accounts.services.tokens import MAX_DAYS, create_token, revoke_token
from accounts.token_scopes import Scope
from core.api.schema import refusals


class TokenSerializer(serializers.Serializer[AuthToken]):
    key = serializers.CharField(source="token_key", help_text="How the token begins.")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")
    scopes = serializers.SerializerMethodField(help_text="null: all that the person may do.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), allow_null=True))
    def get_scopes(self, token: AuthToken) -> list[str] | None:
        limits = getattr(token, "limits", None)
        return list(limits.scopes) if limits else None


class TokenRequestSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=MAX_DAYS, default=90)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices),
        required=False,
        allow_null=True,
        default=None,
        help_text="Leave out for a token that may do what you may do.",
    )


class NewTokenSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    token = serializers.CharField(source="secret", help_text="Shown here and never again.")
    expires_at = serializers.DateTimeField()


class SignedInWithBrowser(IsAuthenticated):
    """A stolen token must not be able to make others."""

    code = "browser_needed"
    message = _("Only a person who is signed in with the browser makes a token.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        by_session = isinstance(request.successful_authenticator, SessionAuthentication)
        return super().has_permission(request, view) and (request.method != "POST" or by_session)


class TokenListView(APIView):
    permission_classes = [SignedInWithBrowser, WithinTokenScope]

    @extend_schema(
        summary="Your API tokens", responses={200: TokenSerializer(many=True), **refusals()}
    )
    def get(self, request: Request) -> Response:
        tokens = list(tokens_of(cast(User, request.user)))
        return Response(TokenSerializer(tokens, many=True).data)

    @extend_schema(
        summary="Make an API token (signed in with the browser only)",
        request=TokenRequestSerializer,
        responses={201: NewTokenSerializer, **refusals(400, 403, 409)},
    )
    def post(self, request: Request) -> Response:
        wanted = TokenRequestSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        made = create_token(cast(User, request.user), **wanted.validated_data)
        answer = Response(NewTokenSerializer(made).data, status=status.HTTP_201_CREATED)
        answer["Cache-Control"] = "no-store"
        return answer


class TokenView(APIView):
    permission_classes = [IsAuthenticated, WithinTokenScopeOrItself]

    @extend_schema(
        summary="Revoke an API token",
        description="A limited token may revoke itself and no other.",
        responses={204: None, **refusals(403, 404)},
    )
    def delete(self, request: Request, key: str) -> Response:
        revoke_token(cast(User, request.user), key)
        return Response(status=status.HTTP_204_NO_CONTENT)
