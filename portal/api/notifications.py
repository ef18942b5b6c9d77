"""``/api/v1/notifications/``: what the person was told."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django_filters.rest_framework import BooleanFilter, FilterSet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.models import Notification
from core.numbers import KEY_PATTERN
from core.services.notifications import mark_all_read, mark_read


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """``text``: in the language asked for; ``url``: the page with the decision in reach;
    ``read_at``: null while unread."""

    text = serializers.CharField(read_only=True)

    class Meta:
        model = Notification
        fields = ["id", "kind", "text", "url", "is_urgent", "created_at", "read_at"]
        read_only_fields = fields


class MarkedSerializer(serializers.Serializer[Any]):
    marked = serializers.IntegerField(help_text="How many were unread.")


class NotificationFilter(FilterSet):  # type: ignore[misc]
    unread = BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notification
        fields: list[str] = []


@extend_schema_view(
    list=extend_schema(
        summary="Your notifications, newest first",
        responses={200: NotificationSerializer, **refusals(400)},
    )
)
class NotificationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Notification]):
    """One's own only, whatever the roles."""

    token_scope = "personal"
    queryset = Notification.objects.none()
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Notification]:
        if getattr(self, "swagger_fake_view", False):
            return Notification.objects.none()
        return Notification.objects.visible_to(self.actor).order_by("-created_at", "-pk")

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(
        summary="Mark one as read",
        request=None,
        responses={200: NotificationSerializer, **refusals(404)},
    )
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        return Response(NotificationSerializer(mark_read(self.actor, int(pk))).data)

    @extend_schema(
        operation_id="notifications_read_all",
        summary="Mark all as read",
        request=None,
        responses={200: MarkedSerializer, **refusals()},
    )
    @action(detail=False, methods=["post"], url_path="read", url_name="read-all")
    def read_all(self, request: Request) -> Response:
        return Response({"marked": mark_all_read(self.actor)})
