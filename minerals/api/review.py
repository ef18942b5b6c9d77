"""Reviewing declarations: steps, decisions about findings, acceptance of many, product links."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from minerals.api.clarifications import detail_of
from minerals.api.review_serializers import (
    AcceptedManySerializer,
    AcceptManySerializer,
    AskSerializer,
    ClarificationDetailSerializer,
    DecideFindingsSerializer,
    FindingDecisionSerializer,
    ProductLinkSerializer,
    ReviewSerializer,
    StepInputSerializer,
)
from minerals.api.serializers import SmelterRowSerializer
from minerals.policies import review as policies
from minerals.selectors.declarations import declaration_for
from minerals.selectors.review import decisions_in_force
from minerals.services.batch_review import accept_clean
from minerals.services.clarifications import AskInput, default_due, send_questions
from minerals.services.finding_decisions import (
    DecisionInput,
    decide_findings,
    undo_finding_decision,
)
from minerals.services.product_links import set_product_link
from minerals.services.review import take_step


class _View(APIView):
    token_scope = "declarations"

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)


class ReviewView(_View):
    @extend_schema(
        summary="Where the review of a declaration stands",
        responses={200: ReviewSerializer, **refusals(403, 404)},
    )
    def get(self, request: Request, declaration_id: int) -> Response:
        declaration = declaration_for(self.actor, declaration_id)
        policies.require_see_review(self.actor)
        return Response(ReviewSerializer(declaration).data)

    @extend_schema(
        summary="Begin, take over, accept, reject or reopen a review",
        request=StepInputSerializer,
        responses={200: ReviewSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, declaration_id: int) -> Response:
        data = _valid(StepInputSerializer(data=request.data))
        declaration = take_step(self.actor, declaration_id, data["step"], data["reason"])
        return Response(ReviewSerializer(declaration).data)


class FindingDecisionsView(_View):
    @extend_schema(
        summary="Decisions about the findings of a declaration that are in force",
        responses={200: FindingDecisionSerializer(many=True), **refusals(403, 404)},
    )
    def get(self, request: Request, declaration_id: int) -> Response:
        declaration = declaration_for(self.actor, declaration_id)
        policies.require_see_review(self.actor)
        found = list(decisions_in_force(declaration).values())
        return Response(FindingDecisionSerializer(found, many=True).data)

    @extend_schema(
        summary="Accept findings as they are, note them to be asked, or waive them",
        request=DecideFindingsSerializer,
        responses={
            201: FindingDecisionSerializer(many=True),
            **refusals(400, 403, 404, 409),
        },
    )
    def post(self, request: Request, declaration_id: int) -> Response:
        data = _valid(DecideFindingsSerializer(data=request.data))
        wanted = DecisionInput(data["findings"], data["kind"], data["reason"])
        made = decide_findings(self.actor, declaration_id, wanted)
        answer = FindingDecisionSerializer(made, many=True).data
        return Response(answer, status=status.HTTP_201_CREATED)


class UndoFindingDecisionView(_View):
    @extend_schema(
        summary="Undo a decision about a finding",
        request=None,
        responses={200: FindingDecisionSerializer, **refusals(403, 404, 409)},
    )
    def post(self, request: Request, decision_id: int) -> Response:
        return Response(
            FindingDecisionSerializer(undo_finding_decision(self.actor, decision_id)).data
        )


class QuestionsView(_View):
    @extend_schema(
        summary="Send the supplier everything that was noted to be asked",
        request=AskSerializer,
        responses={201: ClarificationDetailSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, declaration_id: int) -> Response:
        data = _valid(AskSerializer(data=request.data))
        wanted = AskInput(
            data.get("due_on") or default_due(), data["owner"], data["message"], data["questions"]
        )
        made = send_questions(self.actor, declaration_id, wanted)
        return Response(detail_of(request, made), status=status.HTTP_201_CREATED)


class AcceptManyView(_View):
    @extend_schema(
        summary="Accept those of many declarations in which nothing is left to decide",
        description="The others are named with the reason: `superseded`, `unreadable`, "
        "`no_supplier`, `decided`, `clarification`, `smelters`, `errors`, `exceptions`.",
        request=AcceptManySerializer,
        responses={200: AcceptedManySerializer, **refusals(400, 403, 409)},
    )
    def post(self, request: Request) -> Response:
        data = _valid(AcceptManySerializer(data=request.data))
        done = accept_clean(self.actor, data["declarations"])
        answer = AcceptedManySerializer(
            {
                "accepted": [line.declaration.pk for line in done if not line.skip],
                "skipped": [line for line in done if line.skip],
            }
        )
        return Response(answer.data)


class ProductLinkView(_View):
    @extend_schema(
        summary="Say whether the smelter of a row is in our products",
        request=ProductLinkSerializer,
        responses={200: SmelterRowSerializer, **refusals(400, 403, 404)},
    )
    def post(self, request: Request, row_id: int) -> Response:
        data = _valid(ProductLinkSerializer(data=request.data))
        line = set_product_link(self.actor, row_id, data["link"])
        return Response(SmelterRowSerializer(line, context={"request": request}).data)


def _valid(wanted: serializers.Serializer[Any]) -> dict[str, Any]:
    wanted.is_valid(raise_exception=True)
    found: dict[str, Any] = wanted.validated_data
    return found
