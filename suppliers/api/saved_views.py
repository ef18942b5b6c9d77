"""``/api/v1/saved-views/``: filters and columns of the list of suppliers under a name."""

from __future__ import annotations

from typing import Any, cast

from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.requests import actor_of, valid
from suppliers.filters.suppliers import filters_alone
from suppliers.models import SavedView
from suppliers.policies.saved_views import require_save_views
from suppliers.selectors.saved_views import SUPPLIERS, views_for
from suppliers.selectors.supplier_list import BY_CODE, known_columns
from suppliers.services.saved_views import (
    ViewInput,
    change_view,
    delete_view,
    save_view,
    update_view,
)

_LONGEST_QUERY = 20_000


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """``owner``: e-mail address; views of others are the shared ones of colleagues."""

    owner = serializers.CharField(source="owner.email", read_only=True)
    columns = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SavedView
        fields = ["id", "owner", "name", "query", "columns", "is_shared", "is_default"]
        read_only_fields = fields


class ViewFiltersSerializer(serializers.Serializer[Any]):
    """What is no filter of the list and no column of it is left out."""

    query = serializers.CharField(
        max_length=_LONGEST_QUERY,
        allow_blank=True,
        default="",
        help_text="Filters and order of `suppliers/`: status=qualified&sort=name.",
    )
    columns = serializers.ListField(
        child=serializers.CharField(max_length=40),
        max_length=100,
        default=list,
        help_text="In their order; none: the usual ones. " + ", ".join(BY_CODE),
    )

    def kept(self) -> tuple[str, list[str]]:
        given = self.validated_data
        return filters_alone(QueryDict(given["query"])), known_columns(given["columns"])


class ViewChangeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=2000, allow_blank=True)
    is_shared = serializers.BooleanField(default=False, help_text="Offered to all colleagues.")
    is_default = serializers.BooleanField(default=False, help_text="Opened first, in place of all.")


class ViewInputSerializer(ViewChangeSerializer, ViewFiltersSerializer):
    def to_input(self) -> ViewInput:
        query, columns = self.kept()
        given = self.validated_data
        return ViewInput(
            given["name"],
            query,
            columns,
            is_shared=given["is_shared"],
            is_default=given["is_default"],
        )


class SavedViewViewSet(viewsets.GenericViewSet[SavedView]):
    """One's own views first, then those that colleagues share; only one's own are changed."""

    token_scope = "personal"
    queryset = SavedView.objects.none()
    serializer_class = SavedViewSerializer
    lookup_value_regex = KEY_PATTERN

    @extend_schema(
        summary="Saved views", responses={200: SavedViewSerializer(many=True), **refusals(403)}
    )
    def list(self, request: Request) -> Response:
        require_save_views(actor_of(request))
        views: Any = views_for(actor_of(request), SUPPLIERS)
        page = cast("list[SavedView]", self.paginate_queryset(views))
        return self.get_paginated_response(SavedViewSerializer(page, many=True).data)

    @extend_schema(
        summary="Keep filters and columns under a name",
        request=ViewInputSerializer,
        responses={201: SavedViewSerializer, **refusals(400, 403, 409)},
    )
    def create(self, request: Request) -> Response:
        require_save_views(actor_of(request))
        given = valid(ViewInputSerializer(data=request.data))
        view = save_view(actor_of(request), SUPPLIERS, given.to_input())
        return Response(SavedViewSerializer(view).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Rename, share, open first",
        request=ViewChangeSerializer,
        responses={200: SavedViewSerializer, **refusals(400, 403, 404)},
    )
    def update(self, request: Request, pk: str) -> Response:
        require_save_views(actor_of(request))
        given = valid(ViewChangeSerializer(data=request.data)).validated_data
        view = change_view(
            actor_of(request),
            int(pk),
            given["name"],
            is_shared=given["is_shared"],
            is_default=given["is_default"],
        )
        return Response(SavedViewSerializer(view).data)

    @extend_schema(
        summary="Keep other filters and columns under the same name",
        request=ViewFiltersSerializer,
        responses={200: SavedViewSerializer, **refusals(400, 403, 404)},
    )
    @action(detail=True, methods=["put"])
    def filters(self, request: Request, pk: str) -> Response:
        require_save_views(actor_of(request))
        query, columns = valid(ViewFiltersSerializer(data=request.data)).kept()
        view = update_view(actor_of(request), int(pk), query, columns)
        return Response(SavedViewSerializer(view).data)

    @extend_schema(summary="Delete a view", responses={204: None, **refusals(403, 404)})
    def destroy(self, request: Request, pk: str) -> Response:
        delete_view(actor_of(request), int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
