"""``/api/v1/survey-participants/`` and ``survey-messages/``: who is asked, and what was said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.requests import actor_of, valid
from surveys import policies
from surveys.api import serializers as s
from surveys.enums import CampaignState
from surveys.filters import ParticipantFilter
from surveys.models import Participant, SurveyMessage
from surveys.selectors.campaigns import participant_for
from surveys.selectors.mails import with_bounced
from surveys.selectors.stages import with_stage
from surveys.services import messages, people

ANSWERS = {200: s.ParticipantSerializer, **refusals(400, 403, 404, 409)}


@extend_schema_view(
    list=extend_schema(
        summary="Suppliers asked in surveys, with their stage; a supplier reads its own",
        responses={200: s.ParticipantSerializer, **refusals(400)},
    )
)
class SurveyParticipantViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Participant]):
    token_scope = "surveys"
    queryset = Participant.objects.none()
    serializer_class = s.ParticipantSerializer
    filterset_class = ParticipantFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Participant]:
        if getattr(self, "swagger_fake_view", False):
            return Participant.objects.none()
        found: QuerySet[Participant] = self._rows()
        return found

    def _rows(self) -> Any:
        actor = actor_of(self.request)
        rows = Participant.objects.visible_to(actor)
        if not actor.is_internal:
            rows = rows.filter(excluded_at=None).exclude(campaign__state=CampaignState.DRAFT)
        found = with_bounced(with_stage(rows))
        return found.select_related("supplier", "contact", "owner").prefetch_related("forms")

    def _given(self, kind: type[serializers.BaseSerializer[Any]]) -> Any:
        return valid(kind(data=self.request.data)).validated_data

    def _participant(self, key: int) -> Response:
        participant_for(actor_of(self.request), key)
        found = self._rows().get(pk=key)
        context = {"request": self.request}
        return Response(s.ParticipantSerializer(found, context=context).data)

    def _staff(self, key: int) -> None:
        """Who may not, hears that before what is wrong with the input."""
        participant_for(actor_of(self.request), key)
        policies.require_chase(actor_of(self.request))

    @extend_schema(
        summary="One supplier in a survey",
        responses={200: s.ParticipantSerializer, **refusals(404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._participant(int(pk))

    @extend_schema(
        summary="What was said about it",
        responses={200: s.SurveyMessageSerializer(many=True), **refusals(404)},
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def messages(self, request: Request, pk: str) -> Response:
        found = participant_for(actor_of(request), int(pk)).messages.all()
        return Response(s.SurveyMessageSerializer(found, many=True).data)

    @extend_schema(summary="Ask another person", request=s.AskPersonSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def contact(self, request: Request, pk: str) -> Response:
        self._staff(int(pk))
        given = self._given(s.AskPersonSerializer)
        if given["contact"] is not None:
            people.set_contact(actor_of(request), int(pk), given["contact"])
        else:
            people.add_contact(actor_of(request), int(pk), given["name"], given["email"])
        return self._participant(int(pk))

    @extend_schema(summary="No reminders for a while", request=s.HoldSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        self._staff(int(pk))
        until = self._given(s.HoldSerializer)["until"]
        people.hold_reminders(actor_of(request), int(pk), until)
        return self._participant(int(pk))

    @extend_schema(summary="Send a new personal link", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"], url_path="renew-link")
    def renew_link(self, request: Request, pk: str) -> Response:
        people.renew_link(actor_of(request), int(pk))
        return self._participant(int(pk))

    @extend_schema(summary="Revoke all personal links", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"], url_path="revoke-links")
    def revoke_links(self, request: Request, pk: str) -> Response:
        people.revoke_links(actor_of(request), int(pk))
        return self._participant(int(pk))

    @extend_schema(
        summary="Write to the supplier", request=s.SurveyTextSerializer, responses=ANSWERS
    )
    @action(detail=True, methods=["post"])
    def write(self, request: Request, pk: str) -> Response:
        self._staff(int(pk))
        text = self._given(s.SurveyTextSerializer)["text"]
        messages.write_message(actor_of(request), int(pk), text)
        return self._participant(int(pk))


class SurveyMessageViewSet(viewsets.GenericViewSet[SurveyMessage]):
    """What suppliers said, for our own people to answer."""

    token_scope = "surveys"
    queryset = SurveyMessage.objects.none()
    serializer_class = s.SurveyMessageSerializer
    lookup_value_regex = KEY_PATTERN

    @extend_schema(
        summary="Answer by mail; without text only note that somebody saw to it",
        request=s.SurveyTextSerializer,
        responses={200: s.SurveyMessageSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        text = valid(s.SurveyTextSerializer(data=request.data)).validated_data["text"]
        actor = actor_of(request)
        if text.strip():
            said = messages.answer_message(actor, int(pk), text)
        else:
            said = messages.settle_message(actor, int(pk))
        return Response(s.SurveyMessageSerializer(said).data)
