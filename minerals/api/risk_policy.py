"""The risk policy and what other numbers would change, by program."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.models import RiskPolicyVersion
from minerals.policies import risk as policies
from minerals.rules.risk.policy import RiskPolicy
from minerals.selectors.dry_run import change_lines, dry_run
from minerals.selectors.policies import policy_in_force, policy_version, policy_versions
from minerals.services.risk_policy import (
    checked_numbers,
    drop_draft,
    publish_draft,
    save_draft,
    start_draft,
)
from suppliers.api.requests import actor_of, valid


class RiskPolicySerializer(serializers.ModelSerializer[RiskPolicyVersion]):
    """``number`` names the version; ``numbers`` has every number of the rubric by its key."""

    published_by = serializers.CharField(source="published_by.name", default="")

    class Meta:
        model = RiskPolicyVersion
        fields = [
            "number",
            "state",
            "note",
            "numbers",
            "created_at",
            "published_by",
            "published_at",
        ]
        read_only_fields = fields


class RiskNumbersSerializer(serializers.Serializer[Any]):
    """Numbers that are not named stay as they are."""

    numbers = serializers.DictField(child=serializers.JSONField(), default=dict)
    note = serializers.CharField(allow_blank=True, default="", required=False)


class RiskPolicyPublishSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(allow_blank=True, default="", required=False)


class RiskPolicyPublishedSerializer(serializers.Serializer[Any]):
    """``job``: rates all suppliers again; follow it under ``jobs/``."""

    policy = RiskPolicySerializer()
    job = serializers.UUIDField()


class RiskChangeSerializer(serializers.Serializer[Any]):
    supplier = serializers.CharField(source="supplier.code")
    supplier_id = serializers.IntegerField(source="supplier.pk")
    level = serializers.CharField(source="forecast.level")
    new_level = serializers.CharField(source="forecast.new_level")
    score = serializers.IntegerField(source="forecast.score", allow_null=True)
    new_score = serializers.IntegerField(source="forecast.new_score", allow_null=True)


class RiskDryRunSerializer(serializers.Serializer[Any]):
    """``tried``: ratings that were computed; ``same_level``: another score, but no other level."""

    tried = serializers.IntegerField()
    rising = serializers.IntegerField()
    falling = serializers.IntegerField()
    same_level = serializers.IntegerField()
    changes = RiskChangeSerializer(many=True)


@extend_schema_view(
    list=extend_schema(
        summary="Versions of the risk policy",
        responses={200: RiskPolicySerializer, **refusals(403)},
    )
)
class RiskPolicyViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[RiskPolicyVersion]):
    """One version is in force, at most one is a draft; published ones never change."""

    token_scope = "settings"
    queryset = RiskPolicyVersion.objects.none()
    serializer_class = RiskPolicySerializer
    lookup_field = "number"
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[RiskPolicyVersion]:
        if getattr(self, "swagger_fake_view", False):
            return RiskPolicyVersion.objects.none()
        policies.require_view_risk(cast(User, self.request.user))
        return policy_versions()

    @extend_schema(
        summary="One version of the risk policy",
        responses={200: RiskPolicySerializer, **refusals(403, 404)},
    )
    def retrieve(self, request: Request, number: str) -> Response:
        policies.require_view_risk(actor_of(request))
        return Response(RiskPolicySerializer(policy_version(int(number))).data)

    @extend_schema(
        summary="Begin or change the draft",
        description="The draft starts as a copy of the policy in force.",
        request=RiskNumbersSerializer,
        responses={200: RiskPolicySerializer, **refusals(400, 403)},
    )
    @action(detail=False, methods=["put"])
    def draft(self, request: Request) -> Response:
        actor = actor_of(request)
        policies.require_edit_policy(actor)
        given = valid(RiskNumbersSerializer(data=request.data)).validated_data
        draft = start_draft(actor)
        if given["numbers"] or given["note"]:
            draft = save_draft(actor, given["numbers"], given["note"])
        return Response(RiskPolicySerializer(draft).data)

    @extend_schema(
        summary="Drop the draft",
        request=None,
        responses={200: RiskPolicySerializer, **refusals(403, 404)},
    )
    @draft.mapping.delete
    def drop(self, request: Request) -> Response:
        return Response(RiskPolicySerializer(drop_draft(actor_of(request))).data)

    @extend_schema(
        summary="Put the draft in force (administrators)",
        request=RiskPolicyPublishSerializer,
        responses={202: RiskPolicyPublishedSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=False, methods=["post"])
    def publish(self, request: Request) -> Response:
        policies.require_publish_policy(actor_of(request))
        note = valid(RiskPolicyPublishSerializer(data=request.data)).validated_data["note"]
        policy, job = publish_draft(actor_of(request), note)
        answer = RiskPolicyPublishedSerializer({"policy": policy, "job": job.pk}).data
        return Response(answer, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        summary="Who would change level with other numbers; nothing is written",
        description="Numbers that are not named are those of the policy in force.",
        request=RiskNumbersSerializer,
        responses={200: RiskDryRunSerializer, **refusals(400, 403)},
    )
    @action(detail=False, methods=["post"], url_path="dry-run")
    def dry_run(self, request: Request) -> Response:
        policies.require_edit_policy(actor_of(request))
        given = valid(RiskNumbersSerializer(data=request.data)).validated_data
        numbers = checked_numbers({**policy_in_force().numbers, **given["numbers"]})
        run = dry_run(actor_of(request), RiskPolicy(numbers), clock.today())
        answer = {
            "tried": run.tried,
            "rising": run.rising,
            "falling": run.falling,
            "same_level": run.scores,
            "changes": change_lines(list(run.changed)),
        }
        return Response(RiskDryRunSerializer(answer).data)
