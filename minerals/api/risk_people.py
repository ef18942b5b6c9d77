"""Risk events and levels set by people: the same services as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.filters.risk import EventFilter, OverrideFilter
from minerals.models import LevelOverride, RiskEvent
from minerals.policies import risk as policies
from minerals.selectors.overrides import override_for, overrides_for
from minerals.selectors.risk_people import events_for
from minerals.services.risk_events import EventInput, end_event, record_event
from minerals.services.risk_overrides import (
    LevelInput,
    decide_lowering,
    end_override,
    set_level,
)
from suppliers.api.requests import actor_of, valid

# Longer words the services refuse.
WORDS = {"allow_blank": True, "default": "", "required": False}


class RiskEventSerializer(serializers.ModelSerializer[RiskEvent]):
    """``ended_on`` is null while it makes the risk high."""

    supplier = serializers.CharField(source="supplier.code")
    recorded_by = serializers.CharField(source="recorded_by.name", default="")
    ended_by = serializers.CharField(source="ended_by.name", default="")

    class Meta:
        model = RiskEvent
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "kind",
            "happened_on",
            "note",
            "recorded_by",
            "recorded_at",
            "ended_on",
            "ended_by",
            "end_note",
        ]
        read_only_fields = fields


class RiskEventInputSerializer(serializers.Serializer[Any]):
    supplier = serializers.IntegerField(help_text="Key of the supplier.")
    kind = serializers.CharField()
    happened_on = serializers.DateField(required=False, allow_null=True, default=None)
    note = serializers.CharField(**WORDS)  # type: ignore[arg-type]


class RiskNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(**WORDS)  # type: ignore[arg-type]


@extend_schema_view(
    list=extend_schema(
        summary="Risk events", responses={200: RiskEventSerializer, **refusals(400, 403)}
    )
)
class RiskEventViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[RiskEvent]):
    """What people recorded about suppliers; each makes the risk high until it ends."""

    token_scope = "assessments"
    queryset = RiskEvent.objects.none()
    serializer_class = RiskEventSerializer
    filterset_class = EventFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[RiskEvent]:
        if getattr(self, "swagger_fake_view", False):
            return RiskEvent.objects.none()
        actor = cast(User, self.request.user)
        policies.require_view_risk(actor)
        return events_for(actor)

    @extend_schema(
        summary="Record a risk event",
        request=RiskEventInputSerializer,
        responses={201: RiskEventSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        policies.require_report_risk(actor_of(request))
        given = dict(valid(RiskEventInputSerializer(data=request.data)).validated_data)
        event = record_event(actor_of(request), given.pop("supplier"), EventInput(**given))
        return Response(RiskEventSerializer(event).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="End a risk event",
        request=RiskNoteSerializer,
        responses={200: RiskEventSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        policies.require_view_risk(actor_of(request))
        note = valid(RiskNoteSerializer(data=request.data)).validated_data["note"]
        return Response(RiskEventSerializer(end_event(actor_of(request), int(pk), note)).data)


class RiskLevelSerializer(serializers.ModelSerializer[LevelOverride]):
    """``is_granted`` false and ``decided_at`` null: a lower level waits for a second person."""

    supplier = serializers.CharField(source="supplier.code")
    requested_by = serializers.CharField(source="requested_by.name")
    decided_by = serializers.CharField(source="decided_by.name", default="")

    class Meta:
        model = LevelOverride
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "level",
            "is_lowering",
            "reason",
            "valid_until",
            "requested_by",
            "requested_at",
            "is_granted",
            "decided_by",
            "decided_at",
            "decision_note",
            "ended_at",
        ]
        read_only_fields = fields


class RiskLevelInputSerializer(serializers.Serializer[Any]):
    supplier = serializers.IntegerField(help_text="Key of the supplier.")
    level = serializers.CharField()
    reason = serializers.CharField(**WORDS)  # type: ignore[arg-type]
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class RiskLevelDecisionSerializer(RiskNoteSerializer):
    grant = serializers.BooleanField()


@extend_schema_view(
    list=extend_schema(
        summary="Risk levels set by people",
        responses={200: RiskLevelSerializer, **refusals(400, 403)},
    )
)
class LevelOverrideViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[LevelOverride]):
    """A higher level counts at once; a lower one when a second person has granted it."""

    token_scope = "assessments"
    queryset = LevelOverride.objects.none()
    serializer_class = RiskLevelSerializer
    filterset_class = OverrideFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[LevelOverride]:
        if getattr(self, "swagger_fake_view", False):
            return LevelOverride.objects.none()
        actor = cast(User, self.request.user)
        policies.require_view_risk(actor)
        return overrides_for(actor)

    @extend_schema(
        summary="One level set by people",
        responses={200: RiskLevelSerializer, **refusals(403, 404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        policies.require_view_risk(actor_of(request))
        return Response(RiskLevelSerializer(override_for(actor_of(request), int(pk))).data)

    @extend_schema(
        summary="Raise a level, or ask for a lower one",
        request=RiskLevelInputSerializer,
        responses={201: RiskLevelSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        policies.require_report_risk(actor_of(request))
        given = dict(valid(RiskLevelInputSerializer(data=request.data)).validated_data)
        made = set_level(actor_of(request), given.pop("supplier"), LevelInput(**given))
        return Response(RiskLevelSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Grant or reject a lower level",
        request=RiskLevelDecisionSerializer,
        responses={200: RiskLevelSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        policies.require_view_risk(actor_of(request))
        given = valid(RiskLevelDecisionSerializer(data=request.data)).validated_data
        made = decide_lowering(actor_of(request), int(pk), grant=given["grant"], note=given["note"])
        return Response(RiskLevelSerializer(made).data)

    @extend_schema(
        summary="End a level set by people, or take the own request back",
        request=RiskNoteSerializer,
        responses={200: RiskLevelSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        policies.require_view_risk(actor_of(request))
        note = valid(RiskNoteSerializer(data=request.data)).validated_data["note"]
        return Response(RiskLevelSerializer(end_override(actor_of(request), int(pk), note)).data)
