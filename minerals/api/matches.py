"""Deciding which smelter a name means, and the decisions that are remembered."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.api.serializers import SmelterRowSerializer
from minerals.enums import DecisionKind
from minerals.filters.declarations import DecisionFilter
from minerals.models import MatchDecision
from minerals.policies import declarations as policies
from minerals.selectors.decisions import decisions_for
from minerals.services.decisions import decide_match, undo_decision


class DecisionSerializer(serializers.ModelSerializer[MatchDecision]):
    """``undone_at`` is null while the decision is in force."""

    decided_by = serializers.CharField(source="decided_by.name")

    class Meta:
        model = MatchDecision
        fields = [
            "id",
            "metal",
            "text",
            "kind",
            "cid",
            "standard_name",
            "decided_by",
            "decided_at",
            "undone_at",
        ]
        read_only_fields = fields


class DecideSerializer(serializers.Serializer[Any]):
    """“This row is (``confirmed``) or is not (``rejected``) the smelter ``cid``.”"""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    cid = serializers.CharField(max_length=20)


class DecidedSerializer(serializers.Serializer[Any]):
    decision = DecisionSerializer()
    row = SmelterRowSerializer()


class DecideView(APIView):
    token_scope = "declarations"

    @extend_schema(
        summary="Confirm or reject a smelter for a row",
        request=DecideSerializer,
        responses={201: DecidedSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, row_id: int) -> Response:
        wanted = DecideSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        kind = DecisionKind(wanted.validated_data["kind"])
        decision, row = decide_match(
            cast(User, request.user), row_id, wanted.validated_data["cid"], kind
        )
        answer = DecidedSerializer({"decision": decision, "row": row}).data
        return Response(answer, status=status.HTTP_201_CREATED)


@extend_schema_view(
    list=extend_schema(
        summary="Remembered decisions", responses={200: DecisionSerializer, **refusals(400, 403)}
    )
)
class DecisionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[MatchDecision]):
    """Decisions about smelter names, for the company's own people."""

    token_scope = "declarations"
    queryset = MatchDecision.objects.none()
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[MatchDecision]:
        if getattr(self, "swagger_fake_view", False):
            return MatchDecision.objects.none()
        actor = cast(User, self.request.user)
        policies.require_view_reference_list(actor)
        return decisions_for(actor)

    @extend_schema(
        summary="Undo a decision",
        request=None,
        responses={200: DecisionSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        decision = undo_decision(cast(User, request.user), int(pk))
        return Response(DecisionSerializer(decision).data)
