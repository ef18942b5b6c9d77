"""``/api/v1/buyer-scopes/``: which suppliers the people of procurement see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.requests import actor_of, valid
from suppliers.filters.scopes import BuyerFilter
from suppliers.models import BuyerScope, Category
from suppliers.policies.scopes import require_edit_scopes
from suppliers.selectors.scopes import buyer_for, buyers_for
from suppliers.services.scopes import set_scope

Codes = serializers.ListField(child=serializers.CharField())


class BuyerScopeSerializer(serializers.Serializer[User]):
    """``id``: of the account. Two empty lists: sees all suppliers."""

    id = serializers.IntegerField()
    email = serializers.CharField()
    name = serializers.CharField()
    categories = serializers.SerializerMethodField(help_text="Codes; with all below them.")
    countries = serializers.SerializerMethodField(help_text="ISO 3166, two letters.")

    @extend_schema_field(Codes)
    def get_categories(self, person: User) -> list[str]:
        scope = _scope(person)
        return [category.code for category in scope.categories.all()] if scope else []

    @extend_schema_field(Codes)
    def get_countries(self, person: User) -> list[str]:
        scope = _scope(person)
        return list(scope.countries) if scope else []


def _scope(person: User) -> BuyerScope | None:
    return getattr(person, "buyer_scope", None)


class ScopeInputSerializer(serializers.Serializer[Any]):
    """An empty list does not limit; two empty ones take the scope away."""

    categories = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=500, help_text="Codes."
    )
    countries = serializers.ListField(child=serializers.CharField(max_length=10), max_length=300)

    def category_keys(self) -> list[int]:
        """A code that nobody knows becomes a key that no category has: the service names it."""
        keys = dict(Category.objects.values_list("code", "pk"))
        return [keys.get(code, 0) for code in self.validated_data["categories"]]


@extend_schema_view(
    list=extend_schema(
        summary="People of procurement with what limits them",
        responses={200: BuyerScopeSerializer, **refusals(400, 403)},
    )
)
class BuyerScopeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[User]):
    """For administrators."""

    token_scope = "settings"
    queryset = User.objects.none()
    serializer_class = BuyerScopeSerializer
    filterset_class = BuyerFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[User]:
        if getattr(self, "swagger_fake_view", False):
            return User.objects.none()
        return buyers_for(actor_of(self.request))

    @extend_schema(
        summary="What limits one person",
        responses={200: BuyerScopeSerializer, **refusals(403, 404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(BuyerScopeSerializer(buyer_for(actor_of(request), int(pk))).data)

    @extend_schema(
        summary="Limit a person to categories and countries, or lift the limit",
        request=ScopeInputSerializer,
        responses={200: BuyerScopeSerializer, **refusals(400, 403, 404, 409)},
    )
    def update(self, request: Request, pk: str) -> Response:
        actor = actor_of(request)
        require_edit_scopes(actor)
        given = valid(ScopeInputSerializer(data=request.data))
        set_scope(actor, int(pk), given.category_keys(), given.validated_data["countries"])
        return Response(BuyerScopeSerializer(buyer_for(actor, int(pk))).data)
