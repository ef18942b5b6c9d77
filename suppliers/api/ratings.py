"""``/api/v1/rating-parts/`` and the rating of a supplier: the same services as the pages."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from suppliers.api.assessment_serializers import (
    RatingPartInputSerializer,
    RatingPartSerializer,
    RatingSerializer,
)
from suppliers.filters.assessments import RatingPartFilter
from suppliers.models import RatingPart
from suppliers.selectors.rating_card import rating_card
from suppliers.selectors.ratings import rating_parts_for
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.ratings import record_rating_by_hand


@extend_schema_view(
    list=extend_schema(
        summary="Recorded parts of ratings",
        responses={200: RatingPartSerializer, **refusals(400, 403)},
    )
)
class RatingPartViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[RatingPart]):
    """Results about suppliers: self-assessments, audits, minerals, findings."""

    token_scope = "assessments"
    queryset = RatingPart.objects.none()
    serializer_class = RatingPartSerializer
    filterset_class = RatingPartFilter

    def get_queryset(self) -> QuerySet[RatingPart]:
        if getattr(self, "swagger_fake_view", False):
            return RatingPart.objects.none()
        return rating_parts_for(cast(User, self.request.user))

    @extend_schema(
        summary="Record a result by hand",
        request=RatingPartInputSerializer,
        responses={201: RatingPartSerializer, **refusals(400, 403, 404)},
    )
    def create(self, request: Request) -> Response:
        serializer = RatingPartInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actor, supplier_id = cast(User, request.user), serializer.validated_data["supplier"]
        part = record_rating_by_hand(actor, supplier_id, serializer.to_input())
        return Response(RatingPartSerializer(part).data, status=status.HTTP_201_CREATED)


class RatingView(APIView):
    """The CSR rating of one supplier with each of its parts."""

    @extend_schema(
        summary="The CSR rating of a supplier",
        responses={200: RatingSerializer, **refusals(403, 404)},
    )
    def get(self, request: Request, supplier_id: int) -> Response:
        actor = cast(User, request.user)
        card = rating_card(actor, supplier_for(actor, supplier_id))
        return Response(RatingSerializer(card).data)
