"""A supplier's lifecycle by program: where it stands, taking steps, recording results."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from suppliers.api.lifecycle_serializers import (
    ActionDoneSerializer,
    ActionSerializer,
    ApprovalSerializer,
    GateInputSerializer,
    GateRecordSerializer,
    LifecycleSerializer,
    StatusChangeSerializer,
)
from suppliers.filters.lifecycle import StatusChangeFilter
from suppliers.models import StatusChange, Supplier
from suppliers.policies import require_view_suppliers
from suppliers.selectors.approvals import open_approvals
from suppliers.selectors.gate_words import gate_text
from suppliers.selectors.gates import gates_of
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.actions import take_action
from suppliers.services.gates import record_gate, withdraw_gate
from suppliers.workflow import actions_from


def _actor(request: Request) -> User:
    return cast(User, request.user)


class LifecycleView(APIView):
    @extend_schema(
        summary="Where a supplier stands: status, conditions, possible steps",
        responses={200: LifecycleSerializer, **refusals(403, 404)},
    )
    def get(self, request: Request, supplier_id: int) -> Response:
        require_view_suppliers(_actor(request))
        supplier = supplier_for(_actor(request), supplier_id)
        return Response(LifecycleSerializer(_lifecycle(supplier)).data)


def _lifecycle(supplier: Supplier) -> dict[str, Any]:
    gates = gates_of(supplier)
    unmet = {gate.kind for gate in gates if gate.is_open}
    asked = {approval.kind for approval in open_approvals(supplier)}
    return {
        "supplier": supplier.code,
        "status": supplier.status,
        "status_since": supplier.status_since,
        "phase_out_on": supplier.phase_out_on,
        "gates": [
            {
                "kind": gate.kind,
                "state": gate.state,
                "reason": gate.reason,
                "text": gate_text(gate),
                "dated_on": gate.dated_on,
                "valid_until": gate.valid_until,
                "missing": list(gate.missing),
            }
            for gate in gates
        ],
        "actions": [
            {
                "code": step.code,
                "to_status": step.target,
                "needs_second_person": step.needs_second_person,
                "needs_reason": step.needs_reason,
                "blocked_by": [str(kind) for kind in step.gates if kind in unmet],
                "is_waiting": step.opens is not None and step.opens in asked,
            }
            for step in actions_from(supplier.status)
        ],
    }


class ActionView(APIView):
    token_scope = "lifecycle"

    @extend_schema(
        summary="Take a step of the lifecycle, or ask a second person for it",
        request=ActionSerializer,
        responses={200: ActionDoneSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, supplier_id: int) -> Response:
        wanted = ActionSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        action = wanted.validated_data["action"]
        result = take_action(_actor(request), supplier_id, action, wanted.to_input())
        approval = ApprovalSerializer(result.approval).data if result.approval else None
        return Response({"status": result.supplier.status, "approval": approval})


class GateRecordsView(APIView):
    token_scope = "lifecycle"

    @extend_schema(
        summary="Results recorded for the conditions of a supplier, newest first",
        responses={200: GateRecordSerializer(many=True), **refusals(403, 404)},
    )
    def get(self, request: Request, supplier_id: int) -> Response:
        require_view_suppliers(_actor(request))
        supplier = supplier_for(_actor(request), supplier_id)
        records = supplier.gate_records.select_related("supplier", "recorded_by")
        return Response(GateRecordSerializer(records, many=True).data)

    @extend_schema(
        summary="Record a result by hand",
        request=GateInputSerializer,
        responses={201: GateRecordSerializer, **refusals(400, 403, 404)},
    )
    def post(self, request: Request, supplier_id: int) -> Response:
        wanted = GateInputSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        record = record_gate(_actor(request), supplier_id, wanted.to_input())
        return Response(GateRecordSerializer(record).data, status=status.HTTP_201_CREATED)


class GateWithdrawView(APIView):
    token_scope = "lifecycle"

    @extend_schema(
        summary="Withdraw a result recorded by mistake",
        request=None,
        responses={200: GateRecordSerializer, **refusals(403, 404, 409)},
    )
    def post(self, request: Request, record_id: int) -> Response:
        return Response(GateRecordSerializer(withdraw_gate(_actor(request), record_id)).data)


@extend_schema_view(
    list=extend_schema(
        summary="Changes of status since a moment, the oldest first",
        description=(
            "For systems that follow along. New changes come at the end, so pages stay as they "
            "are; `after` goes on behind the last number received. A change can become visible a "
            "moment after a later one: begin each round with `since` some minutes before the last "
            "change and skip the numbers you know."
        ),
        responses={200: StatusChangeSerializer, **refusals(400, 403)},
    )
)
class StatusChangeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[StatusChange]):
    queryset = StatusChange.objects.none()
    serializer_class = StatusChangeSerializer
    filterset_class = StatusChangeFilter

    def get_queryset(self) -> QuerySet[StatusChange]:
        if getattr(self, "swagger_fake_view", False):
            return StatusChange.objects.none()
        require_view_suppliers(_actor(self.request))
        seen = StatusChange.objects.visible_to(_actor(self.request))
        return seen.select_related("supplier", "actor").order_by()
