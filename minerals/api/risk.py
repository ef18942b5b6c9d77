"""``/api/v1/risk-ratings/`` and the risk of a supplier: the same reads as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api.schema import refusals
from core.errors import InvalidInput, NotFound
from core.numbers import KEY_PATTERN
from minerals.filters.risk import RatingHistoryFilter
from minerals.models import RiskRating
from minerals.policies import risk as policies
from minerals.selectors.risk_page import improvements_of
from minerals.selectors.risk_ratings import rating_for, rating_on, ratings_for
from suppliers.api.requests import actor_of
from suppliers.selectors.suppliers import supplier_for


class RiskRatingSerializer(serializers.ModelSerializer[RiskRating]):
    """``score`` 0 (best) to 100, null where nothing valid came. ``level`` counts,
    ``computed_level`` is without people's word. ``minerals``: score and level of each.
    ``is_provisional``: no reviewer has accepted the declaration yet."""

    supplier = serializers.CharField(source="supplier.code")
    policy = serializers.IntegerField(source="policy.number")
    listed_on = serializers.DateField(
        source="smelter_list.listed_on", allow_null=True, default=None
    )

    class Meta:
        model = RiskRating
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "level",
            "computed_level",
            "score",
            "is_provisional",
            "is_current",
            "minerals",
            "declaration",
            "policy",
            "listed_on",
            "rated_on",
            "rated_at",
        ]
        read_only_fields = fields


class RiskImprovementSerializer(serializers.Serializer[Any]):
    """``code``: key of the policy's number or of a floor; ``level``: what would be left."""

    code = serializers.CharField()
    name = serializers.CharField()
    cells = serializers.ListField(child=serializers.CharField())
    points = serializers.IntegerField()
    level = serializers.CharField()


class RiskRatingDetailSerializer(RiskRatingSerializer):
    """``result``: parts with their cap and, for each point, the key of the policy's number and the
    cells where it stands; floors with what they are about."""

    improvements = serializers.SerializerMethodField()

    class Meta(RiskRatingSerializer.Meta):
        fields = [*RiskRatingSerializer.Meta.fields, "result", "improvements"]
        read_only_fields = fields

    def get_improvements(self, rating: RiskRating) -> list[dict[str, Any]]:
        return cast(
            "list[dict[str, Any]]",
            RiskImprovementSerializer(improvements_of(rating), many=True).data,
        )


@extend_schema_view(
    list=extend_schema(
        summary="Risk ratings", responses={200: RiskRatingSerializer, **refusals(400, 403)}
    )
)
class RiskRatingViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[RiskRating]):
    """For the company's own people, the newest first; ``current=true`` leaves old ones out."""

    queryset = RiskRating.objects.none()
    serializer_class = RiskRatingSerializer
    filterset_class = RatingHistoryFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[RiskRating]:
        if getattr(self, "swagger_fake_view", False):
            return RiskRating.objects.none()
        actor = cast(User, self.request.user)
        policies.require_view_risk(actor)
        return ratings_for(actor).defer("facts", "result")

    @extend_schema(
        summary="One rating with where each point comes from",
        responses={200: RiskRatingDetailSerializer, **refusals(403, 404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        policies.require_view_risk(actor_of(request))
        return Response(RiskRatingDetailSerializer(rating_for(actor_of(request), int(pk))).data)


class SupplierRiskView(APIView):
    @extend_schema(
        summary="The risk of a supplier, today or as of a day",
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="Today without it.")],
        responses={200: RiskRatingDetailSerializer, **refusals(400, 403, 404)},
    )
    def get(self, request: Request, supplier_id: int) -> Response:
        """404 ``risk_not_rated`` for a supplier that was not rated on that day."""
        policies.require_view_risk(actor_of(request))
        supplier = supplier_for(actor_of(request), supplier_id)
        rating = rating_on(supplier, _day(request.query_params.get("on", "")))
        if rating is None:
            raise NotFound("risk_not_rated", N_("This supplier was not rated on that day."))
        return Response(RiskRatingDetailSerializer(rating).data)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise InvalidInput("day_invalid", N_("Give the day as 2026-12-31."), field="on") from None
