"""``/api/v1/clarifications/``: questions to suppliers, read and answered."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.api.review_serializers import (
    AnswersInputSerializer,
    ClarificationDetailSerializer,
    ClarificationSerializer,
)
from minerals.filters.review import ClarificationFilter
from minerals.models import Clarification
from minerals.selectors.clarifications import clarification_for, clarifications_for
from minerals.services.clarifications import (
    AnswerInput,
    answer_questions,
    close_clarification,
    take_questions_back,
)

DETAIL = ClarificationDetailSerializer


def detail_of(request: Request, clarification: Clarification) -> Any:
    found = clarification_for(cast(User, request.user), clarification.pk)
    return ClarificationDetailSerializer(found, context={"request": request}).data


@extend_schema_view(
    list=extend_schema(
        summary="Questions to suppliers",
        responses={200: ClarificationSerializer, **refusals(400)},
    )
)
class ClarificationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Clarification]):
    """Questions the caller may see; a supplier's contact those to the own company."""

    token_scope = "declarations"
    queryset = Clarification.objects.none()
    serializer_class = ClarificationSerializer
    filterset_class = ClarificationFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Clarification]:
        if getattr(self, "swagger_fake_view", False):
            return Clarification.objects.none()
        return clarifications_for(self.actor)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(
        summary="One clarification with its questions and answers",
        responses={200: DETAIL, **refusals(404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(detail_of(request, clarification_for(self.actor, int(pk))))

    @extend_schema(
        summary="Answer as the supplier",
        request=AnswersInputSerializer,
        responses={200: DETAIL, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        wanted = AnswersInputSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        answers = {line["position"]: line["answer"] for line in given["answers"]}
        done = answer_questions(self.actor, int(pk), AnswerInput(answers, given["is_final"]))
        return Response(detail_of(request, done))

    @extend_schema(
        summary="Close questions whose answers were looked at",
        request=None,
        responses={200: DETAIL, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return Response(detail_of(request, close_clarification(self.actor, int(pk))))

    @extend_schema(
        summary="Take open questions back",
        request=None,
        responses={200: DETAIL, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        return Response(detail_of(request, take_questions_back(self.actor, int(pk))))
