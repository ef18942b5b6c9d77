"""``/api/v1/mitigations/`` and ``measures/``: the same services as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.api import mitigation_serializers as s
from minerals.filters.mitigation import MitigationFilter
from minerals.models import Measure, MitigationPlan
from minerals.selectors.mitigation import (
    measure_for,
    plan_for,
    plans_for,
    shown_steps,
    with_progress,
)
from minerals.services.mitigation import audits, closing, evidence, measures, offering, proposals
from suppliers.api.lifecycle_serializers import ApprovalSerializer
from suppliers.api.requests import actor_of, valid

ANSWERS = {200: s.MitigationSerializer, **refusals(400, 403, 404, 409)}
MEASURE = {200: s.MeasureSerializer, **refusals(400, 403, 404, 409)}


@extend_schema_view(
    list=extend_schema(
        summary="Mitigation plans of the suppliers the caller may see",
        responses={200: s.MitigationSerializer, **refusals(400)},
    )
)
class MitigationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[MitigationPlan]):
    """Plans open and close by themselves; what people do with them is here."""

    token_scope = "declarations"
    queryset = MitigationPlan.objects.none()
    serializer_class = s.MitigationSerializer
    filterset_class = MitigationFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[MitigationPlan]:
        if getattr(self, "swagger_fake_view", False):
            return MitigationPlan.objects.none()
        return with_progress(plans_for(actor_of(self.request))).order_by()

    def _given(self, kind: type[serializers.BaseSerializer[Any]]) -> Any:
        return valid(kind(data=self.request.data))

    def _plan(self, plan_id: int) -> Response:
        plan = plan_for(actor_of(self.request), plan_id)
        return Response(s.MitigationSerializer(plan, context={"request": self.request}).data)

    @extend_schema(summary="One plan", responses={200: s.MitigationSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._plan(int(pk))

    @extend_schema(
        summary="Steps of a plan: what happened, by itself or by somebody, and why",
        responses={200: s.MitigationStepSerializer(many=True), **refusals(404)},
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def steps(self, request: Request, pk: str) -> Response:
        plan = plan_for(actor_of(request), int(pk))
        found = shown_steps(actor_of(request), plan)
        return Response(s.MitigationStepSerializer(found, many=True).data)

    @extend_schema(summary="Send the plan to the supplier", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def offer(self, request: Request, pk: str) -> Response:
        return self._plan(offering.offer_plan(actor_of(request), int(pk)).pk)

    @extend_schema(
        summary="Agree, as the supplier, or record that it did",
        request=s.MitigationFilesSerializer,
        responses=ANSWERS,
    )
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        given = self._given(s.MitigationFilesSerializer).validated_data
        offering.agree_plan(actor_of(request), int(pk), given["note"], given["evidence"])
        return self._plan(int(pk))

    @extend_schema(
        summary="Refuse, as the supplier, or record that it did",
        request=s.MitigationReasonSerializer,
        responses=ANSWERS,
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        reason = self._given(s.MitigationReasonSerializer).validated_data["reason"]
        return self._plan(offering.refuse_plan(actor_of(request), int(pk), reason).pk)

    @extend_schema(
        summary="Add a measure",
        request=s.MeasureInputSerializer,
        responses={201: s.MeasureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def measures(self, request: Request, pk: str) -> Response:
        wanted = self._given(s.MeasureInputSerializer).to_input()
        made = measures.add_measure(actor_of(request), int(pk), wanted)
        return Response(s.MeasureSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Record a training, spot check or audit",
        request=s.MitigationResultSerializer,
        responses={201: s.MeasureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def results(self, request: Request, pk: str) -> Response:
        result = self._given(s.MitigationResultSerializer).to_input()
        made = evidence.record_result(actor_of(request), int(pk), result)
        return Response(s.MeasureSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Move a date", request=s.MitigationMoveSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        given = self._given(s.MitigationMoveSerializer).validated_data
        measures.move_date(actor_of(request), int(pk), **given)
        return self._plan(int(pk))

    @extend_schema(
        summary="Propose to limit or end the cooperation",
        request=s.ProposeSerializer,
        responses=ANSWERS,
    )
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: str) -> Response:
        given = self._given(s.ProposeSerializer).validated_data
        proposals.propose_by_hand(actor_of(request), int(pk), given["wanted"], given["reason"])
        return self._plan(int(pk))

    @extend_schema(
        summary="Ask a second person for what is proposed, in the own name",
        request=s.TakeUpSerializer,
        responses={201: ApprovalSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"], url_path="take-up")
    def take_up(self, request: Request, pk: str) -> Response:
        data = self._given(s.TakeUpSerializer).to_input()
        approval = proposals.take_up_proposal(actor_of(request), int(pk), data)
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Drop the proposal", request=s.MitigationReasonSerializer, responses=ANSWERS
    )
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        reason = self._given(s.MitigationReasonSerializer).validated_data["reason"]
        return self._plan(proposals.drop_proposal(actor_of(request), int(pk), reason).pk)

    @extend_schema(
        summary="Ask to close early", request=s.MitigationReasonSerializer, responses=ANSWERS
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        reason = self._given(s.MitigationReasonSerializer).validated_data["reason"]
        return self._plan(closing.ask_close(actor_of(request), int(pk), reason).pk)

    @extend_schema(
        summary="Decide about closing early", request=s.DecideCloseSerializer, responses=ANSWERS
    )
    @action(detail=True, methods=["post"], url_path="decide-close")
    def decide_close(self, request: Request, pk: str) -> Response:
        given = self._given(s.DecideCloseSerializer).validated_data
        closing.decide_close(actor_of(request), int(pk), **given)
        return self._plan(int(pk))


class MeasureViewSet(viewsets.GenericViewSet[Measure]):
    """One measure of a plan."""

    token_scope = "declarations"
    queryset = Measure.objects.none()
    serializer_class = s.MeasureSerializer
    lookup_value_regex = KEY_PATTERN

    def _given(self, kind: type[serializers.BaseSerializer[Any]]) -> Any:
        return valid(kind(data=self.request.data))

    @extend_schema(summary="One measure", responses={200: s.MeasureSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(s.MeasureSerializer(measure_for(actor_of(request), int(pk))).data)

    @extend_schema(
        summary="Hand in evidence, with the smelter's certificate where it is one",
        request=s.HandInSerializer,
        responses=MEASURE,
    )
    @action(detail=True, methods=["post"], url_path="hand-in")
    def hand_in(self, request: Request, pk: str) -> Response:
        data = self._given(s.HandInSerializer).to_input()
        return self._answer(evidence.hand_in(actor_of(request), int(pk), data))

    @extend_schema(
        summary="Accept the audit", request=s.MitigationNoteSerializer, responses=MEASURE
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        note = self._given(s.MitigationNoteSerializer).validated_data["note"]
        return self._answer(audits.accept_audit(actor_of(request), int(pk), note))

    @extend_schema(
        summary="The evidence holds", request=s.MitigationNoteSerializer, responses=MEASURE
    )
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str) -> Response:
        note = self._given(s.MitigationNoteSerializer).validated_data["note"]
        return self._answer(evidence.verify_measure(actor_of(request), int(pk), note))

    @extend_schema(
        summary="The evidence is not credible: a third-party audit is ordered",
        request=s.MitigationReasonSerializer,
        responses=MEASURE,
    )
    @action(detail=True, methods=["post"])
    def doubt(self, request: Request, pk: str) -> Response:
        reason = self._given(s.MitigationReasonSerializer).validated_data["reason"]
        return self._answer(evidence.doubt_measure(actor_of(request), int(pk), reason))

    @extend_schema(summary="Move the day", request=s.MoveMeasureSerializer, responses=MEASURE)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        given = self._given(s.MoveMeasureSerializer).validated_data
        return self._answer(measures.move_measure(actor_of(request), int(pk), **given))

    @extend_schema(summary="Cancel it", request=s.MitigationReasonSerializer, responses=MEASURE)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        reason = self._given(s.MitigationReasonSerializer).validated_data["reason"]
        return self._answer(measures.cancel_measure(actor_of(request), int(pk), reason))

    def _answer(self, measure: Measure) -> Response:
        return Response(s.MeasureSerializer(measure).data)
