"""``/api/v1/plausibility-alerts/``: lists that are too alike, too long or copied as a whole."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.filters.plausibility import AlertFilter
from minerals.models import Declaration, PlausibilityAlert
from minerals.policies import review as policies
from minerals.selectors.plausibility import alert_for, alerts_for, seen_suppliers
from minerals.services.plausibility import DECIDED, DecisionInput, decide_alert, reopen_alert
from suppliers.api.serializers import SupplierBriefSerializer


class ResembledSerializer(serializers.ModelSerializer[Declaration]):
    supplier = SupplierBriefSerializer(read_only=True)

    class Meta:
        model = Declaration
        fields = ["id", "supplier", "family", "version", "file_name", "received_at"]
        read_only_fields = fields


class AlertSerializer(serializers.ModelSerializer[PlausibilityAlert]):
    """``other`` is null where there is none, and where the caller does not see that supplier."""

    supplier = SupplierBriefSerializer(read_only=True)
    other = serializers.SerializerMethodField()
    decided_by = serializers.CharField(source="decided_by.name", default="", read_only=True)

    class Meta:
        model = PlausibilityAlert
        fields = [
            "id", "supplier", "declaration", "other", "kind", "measures", "state", "found_at",
            "decided_by", "decided_at", "note",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ResembledSerializer(allow_null=True))
    def get_other(self, alert: PlausibilityAlert) -> Any:
        other = alert.other
        if other is None or other.supplier_id not in self.context["seen"]:
            return None
        return ResembledSerializer(other).data


class AlertDecisionSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[(state.value, state.label) for state in DECIDED])
    note = serializers.CharField(allow_blank=True)


def _told(actor: User, alerts: list[PlausibilityAlert], *, many: bool) -> Any:
    context = {"seen": seen_suppliers(actor, alerts)}
    return AlertSerializer(alerts if many else alerts[0], many=many, context=context).data


@extend_schema_view(
    list=extend_schema(
        summary="Implausible smelter lists", responses={200: AlertSerializer, **refusals(400, 403)}
    )
)
class AlertViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[PlausibilityAlert]):
    """For the company's own people; filters as on the page."""

    token_scope = "declarations"
    queryset = PlausibilityAlert.objects.none()
    serializer_class = AlertSerializer
    filterset_class = AlertFilter
    lookup_value_regex = KEY_PATTERN

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def get_queryset(self) -> QuerySet[PlausibilityAlert]:
        if getattr(self, "swagger_fake_view", False):
            return PlausibilityAlert.objects.none()
        policies.require_see_review(self.actor)
        return alerts_for(self.actor)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(_told(self.actor, found or [], many=True))

    @extend_schema(summary="One alert", responses={200: AlertSerializer, **refusals(403, 404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        policies.require_see_review(self.actor)
        return Response(_told(self.actor, [alert_for(self.actor, int(pk))], many=False))

    @extend_schema(
        summary="Say what it is",
        request=AlertDecisionSerializer,
        responses={200: AlertSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        wanted = AlertDecisionSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        decide_alert(self.actor, int(pk), DecisionInput(**wanted.validated_data))
        return Response(_told(self.actor, [alert_for(self.actor, int(pk))], many=False))

    @extend_schema(
        summary="Take a decision back",
        request=None,
        responses={200: AlertSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        reopen_alert(self.actor, int(pk))
        return Response(_told(self.actor, [alert_for(self.actor, int(pk))], many=False))
