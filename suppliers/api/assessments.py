"""``/api/v1/assessments/`` and ``/api/v1/questionnaires/``: the same services as the pages."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.assessment_serializers import (
    AnswersInputSerializer,
    AssessmentDetailSerializer,
    AssessmentSerializer,
    QuestionnaireSerializer,
    RequestInputSerializer,
    RequestResultSerializer,
    ReviewInputSerializer,
)
from suppliers.filters.assessments import AssessmentFilter
from suppliers.models import Assessment, Questionnaire
from suppliers.selectors.assessments import (
    answers_of,
    assessment_for,
    assessments_for,
    evidence_of_answers,
    questionnaires_for,
    shows_answers,
    shows_score,
    with_questions,
)
from suppliers.services.assessment_answers import save_answers
from suppliers.services.assessment_requests import (
    RequestInput,
    cancel_assessment,
    request_assessments,
)
from suppliers.services.assessment_review import review_assessment, submit_assessment

DETAIL = AssessmentDetailSerializer


@extend_schema_view(
    list=extend_schema(
        summary="Self-assessments", responses={200: AssessmentSerializer, **refusals(400)}
    )
)
class AssessmentViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Assessment]):
    """Self-assessments the caller may see; a supplier's contact sees the own ones."""

    token_scope = "assessments"
    queryset = Assessment.objects.none()
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Assessment]:
        if getattr(self, "swagger_fake_view", False):
            return Assessment.objects.none()
        return assessments_for(self.actor)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def get_serializer_context(self) -> dict[str, Any]:
        base = super().get_serializer_context()
        return {**base, "shows_score": partial(shows_score, self.actor)}

    @extend_schema(
        summary="One self-assessment with its answers", responses={200: DETAIL, **refusals(404)}
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._detail(assessment_for(self.actor, int(pk)))

    @extend_schema(
        summary="Send the form to suppliers",
        description="Suppliers that cannot be asked now are named with the reason: `no_contact`, "
        "`running`, `answered`, `ended`.",
        request=RequestInputSerializer,
        responses={201: RequestResultSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        data = _valid(RequestInputSerializer(data=request.data)).validated_data
        result = request_assessments(self.actor, RequestInput(data["suppliers"], data["due_on"]))
        answer = RequestResultSerializer(result, context=self.get_serializer_context())
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Save answers",
        description="All of them or none. `seen` is the one read with the answer; an answer that "
        "somebody else changed meanwhile is refused.",
        request=AnswersInputSerializer,
        responses={200: DETAIL, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["patch"])
    def answers(self, request: Request, pk: str) -> Response:
        data = _valid(AnswersInputSerializer(data=request.data))
        save_answers(self.actor, int(pk), data.to_inputs())
        return self._detail(assessment_for(self.actor, int(pk)))

    @extend_schema(
        summary="Hand in a complete form",
        request=None,
        responses={200: DETAIL, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        return self._detail(submit_assessment(self.actor, int(pk)))

    @extend_schema(
        summary="Accept a form or send it back",
        request=ReviewInputSerializer,
        responses={200: DETAIL, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        data = _valid(ReviewInputSerializer(data=request.data))
        return self._detail(review_assessment(self.actor, int(pk), data.to_input()))

    @extend_schema(
        summary="Take a running request back",
        request=None,
        responses={200: DETAIL, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self._detail(cancel_assessment(self.actor, int(pk)))

    def _detail(self, assessment: Assessment) -> Response:
        shown = shows_answers(self.actor, assessment)
        answers = answers_of(assessment)
        found = sorted(answers.values(), key=lambda one: one.question.order)
        context = self.get_serializer_context() | {
            "answers": found if shown else None,
            "files": evidence_of_answers(self.actor, answers),
        }
        return Response(AssessmentDetailSerializer(assessment, context=context).data)


@extend_schema_view(
    list=extend_schema(
        summary="Questionnaires",
        responses={200: QuestionnaireSerializer, **refusals(403)},
    ),
    retrieve=extend_schema(
        summary="One questionnaire", responses={200: QuestionnaireSerializer, **refusals(403, 404)}
    ),
)
class QuestionnaireViewSet(viewsets.ReadOnlyModelViewSet[Questionnaire]):
    """Editions of the form with their questions, for the company's own people."""

    queryset = Questionnaire.objects.none()
    serializer_class = QuestionnaireSerializer
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Questionnaire]:
        if getattr(self, "swagger_fake_view", False):
            return Questionnaire.objects.none()
        found = with_questions(questionnaires_for(cast(User, self.request.user)))
        return found.order_by("-published_at", "pk")


def _valid(serializer: Any) -> Any:
    serializer.is_valid(raise_exception=True)
    return serializer
