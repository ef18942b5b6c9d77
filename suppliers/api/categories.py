"""``/api/v1/categories/``: the tree of purchasing categories."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers import policies
from suppliers.api.requests import actor_of, valid
from suppliers.models import Category
from suppliers.selectors.categories import category_for
from suppliers.services.categories import CategoryInput, delete_category, save_category


class CategorySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(max_length=30)
    name = serializers.CharField(max_length=120)
    local_name = serializers.CharField(max_length=120, allow_blank=True, default="")
    parent = serializers.CharField(  # type: ignore[assignment]  # a field of that name
        source="parent.code", allow_blank=True, default="", help_text="Code, empty at the top."
    )
    is_active = serializers.BooleanField(default=True)

    def to_input(self, current: Category | None = None) -> CategoryInput:
        """For a partial change the rest comes from ``current``."""
        known: dict[str, Any] = CategorySerializer(current).data if current else {}
        given = {**known, **self.validated_data}
        given.pop("id", None)
        upper = given.get("parent", "")
        given["parent"] = upper["code"] if isinstance(upper, dict) else upper
        return CategoryInput(**given)


@extend_schema_view(list=extend_schema(summary="The tree of categories"))
class CategoryViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Category]):
    """Everybody who signs in may read the tree; administrators write it."""

    token_scope = "suppliers"
    serializer_class = CategorySerializer
    queryset = Category.objects.select_related("parent").order_by("path")
    lookup_value_regex = KEY_PATTERN

    @extend_schema(summary="One category", responses={200: CategorySerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(CategorySerializer(category_for(int(pk))).data)

    @extend_schema(
        summary="Add a category", responses={201: CategorySerializer, **refusals(400, 403)}
    )
    def create(self, request: Request) -> Response:
        policies.require_manage_settings(actor_of(request))
        given = valid(CategorySerializer(data=request.data))
        saved = save_category(actor_of(request), given.to_input())
        return Response(CategorySerializer(saved).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a category, or move it with all below it",
        responses={200: CategorySerializer, **refusals(400, 403, 404)},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        policies.require_manage_settings(actor_of(request))
        current = category_for(int(pk))
        given = valid(CategorySerializer(data=request.data, partial=True))
        saved = save_category(actor_of(request), given.to_input(current), current.pk)
        return Response(CategorySerializer(saved).data)

    @extend_schema(
        summary="Delete a category that nobody uses",
        responses={204: None, **refusals(403, 404, 409)},
    )
    def destroy(self, request: Request, pk: str) -> Response:
        delete_category(actor_of(request), int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
