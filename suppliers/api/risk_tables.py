"""``/api/v1/risk/…``: the tables of inherent risk by country, category and kind of supplier."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.schema import refusals
from suppliers.api.requests import actor_of, valid
from suppliers.models import CountryRisk, KindRisk, SectorRisk
from suppliers.policies import assessments as policies
from suppliers.selectors.risk import category_lines
from suppliers.services.risk_tables import set_category_risk, set_country_risk, set_kind_risk

SCOPE = "settings"


class CountryRiskSerializer(serializers.Serializer[CountryRisk]):
    """``country``: ISO 3166, two letters; ``points``: 1 to 6."""

    country = serializers.CharField()
    points = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name


class CategoryRiskSerializer(serializers.Serializer[Any]):
    """``points``: its own, 1 to 4, null for none; ``counting``: those that count for it, its own
    or those of the category above."""

    id = serializers.IntegerField(source="category.pk")
    code = serializers.CharField(source="category.code")
    points = serializers.IntegerField(source="own", allow_null=True)
    counting = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name


class KindRiskSerializer(serializers.Serializer[KindRisk]):
    """``kind``: code of the kind of supplier; ``points``: 0 to 2."""

    kind = serializers.CharField()
    points = serializers.IntegerField(allow_null=True)


class KindPointsSerializer(serializers.Serializer[Any]):
    points = serializers.IntegerField(allow_null=True, help_text="null: not known any more.")


class PointsSerializer(KindPointsSerializer):
    source = serializers.CharField(  # type: ignore[assignment]  # a field of that name
        max_length=2000, allow_blank=True, default="", help_text="Where the points come from."
    )


class RiskListView(generics.GenericAPIView[Any], ABC):
    """For the company's own people; administrators change the tables."""

    @abstractmethod
    def rows(self) -> Sequence[Any]:
        """The whole table, in the order of the page."""

    def answer(self, request: Request) -> Response:
        policies.require_view_all_assessments(actor_of(request))
        page = self.paginate_queryset(self.rows())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class CountryRiskListView(RiskListView):
    queryset = CountryRisk.objects.none()
    serializer_class = CountryRiskSerializer

    def rows(self) -> Sequence[Any]:
        return list(CountryRisk.objects.order_by("country"))

    @extend_schema(
        operation_id="risk_countries_list",
        summary="Risk points by country",
        responses={200: CountryRiskSerializer(many=True), **refusals(403)},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)


class CategoryRiskListView(RiskListView):
    queryset = SectorRisk.objects.none()
    serializer_class = CategoryRiskSerializer

    def rows(self) -> Sequence[Any]:
        return category_lines()

    @extend_schema(
        operation_id="risk_categories_list",
        summary="Risk points by category",
        responses={200: CategoryRiskSerializer(many=True), **refusals(403)},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)


class KindRiskListView(RiskListView):
    queryset = KindRisk.objects.none()
    serializer_class = KindRiskSerializer

    def rows(self) -> Sequence[Any]:
        return list(KindRisk.objects.order_by("kind"))

    @extend_schema(
        operation_id="risk_kinds_list",
        summary="Risk points by kind of supplier",
        responses={200: KindRiskSerializer(many=True), **refusals(403)},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)


class CountryRiskView(APIView):
    token_scope = SCOPE

    @extend_schema(
        summary="Set the risk points of a country",
        request=PointsSerializer,
        responses={200: CountryRiskSerializer, **refusals(400, 403)},
    )
    def put(self, request: Request, country: str) -> Response:
        policies.require_manage_risk_tables(actor_of(request))
        given = valid(PointsSerializer(data=request.data)).validated_data
        entry = set_country_risk(actor_of(request), country, given["points"], given["source"])
        unknown = {"country": country.upper(), "points": None, "source": ""}
        return Response(CountryRiskSerializer(entry).data if entry else unknown)


class CategoryRiskView(APIView):
    token_scope = SCOPE

    @extend_schema(
        summary="Set the risk points of a category",
        request=PointsSerializer,
        responses={200: CategoryRiskSerializer, **refusals(400, 403, 404)},
    )
    def put(self, request: Request, category_id: int) -> Response:
        policies.require_manage_risk_tables(actor_of(request))
        given = valid(PointsSerializer(data=request.data)).validated_data
        set_category_risk(actor_of(request), category_id, given["points"], given["source"])
        line = next(one for one in category_lines() if one.category.pk == category_id)
        return Response(CategoryRiskSerializer(line).data)


class KindRiskView(APIView):
    token_scope = SCOPE

    @extend_schema(
        summary="Set the risk points of a kind of supplier",
        request=KindPointsSerializer,
        responses={200: KindRiskSerializer, **refusals(400, 403, 404)},
    )
    def put(self, request: Request, kind: str) -> Response:
        policies.require_manage_risk_tables(actor_of(request))
        given = valid(KindPointsSerializer(data=request.data)).validated_data
        entry = set_kind_risk(actor_of(request), kind, given["points"])
        return Response(KindRiskSerializer(entry).data if entry else {"kind": kind, "points": None})
