"""Requests and their decisions by program."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.lifecycle_serializers import ApprovalSerializer, DecideApprovalSerializer
from suppliers.filters.lifecycle import ApprovalFilter
from suppliers.models import Approval
from suppliers.policies import require_view_suppliers
from suppliers.selectors.approvals import approval_for, approvals_for
from suppliers.services.approvals import decide, withdraw_request


@extend_schema_view(
    list=extend_schema(
        summary="Requests that a second person decides",
        responses={200: ApprovalSerializer, **refusals(400, 403)},
    )
)
class ApprovalViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Approval]):
    """For the company's own people; ``tab=waiting``: what waits for the caller."""

    token_scope = "lifecycle"
    queryset = Approval.objects.none()
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Approval]:
        if getattr(self, "swagger_fake_view", False):
            return Approval.objects.none()
        require_view_suppliers(self.actor)
        return approvals_for(self.actor).order_by()

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(summary="One request", responses={200: ApprovalSerializer, **refusals(403, 404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        require_view_suppliers(self.actor)
        return Response(ApprovalSerializer(approval_for(self.actor, int(pk))).data)

    @extend_schema(
        summary="Approve or reject a request",
        description="Approving carries the action out at once; nobody decides the own request.",
        request=DecideApprovalSerializer,
        responses={200: ApprovalSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        wanted = DecideApprovalSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        approval = decide(self.actor, int(pk), approve=given["approve"], note=given["note"])
        return Response(ApprovalSerializer(approval).data)

    @extend_schema(
        summary="Take back the own request",
        request=None,
        responses={200: ApprovalSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return Response(ApprovalSerializer(withdraw_request(self.actor, int(pk))).data)
