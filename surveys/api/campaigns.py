"""``/api/v1/surveys/``: preparing, starting and following surveys, as in the pages."""

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
from suppliers.api.requests import actor_of, valid
from surveys import policies
from surveys.api import serializers as s
from surveys.models import Campaign
from surveys.selectors.board import board_of
from surveys.selectors.campaigns import campaign_for, campaigns_for
from surveys.selectors.scope import frozen_lines, scope_preview
from surveys.services import campaigns, chasing, running, starting
from surveys.services.chasing import Done

ANSWERS = {200: s.CampaignSerializer, **refusals(400, 403, 404, 409)}
DONE = {200: s.DoneSerializer, **refusals(400, 403, 404, 409)}


@extend_schema_view(
    list=extend_schema(summary="Surveys", responses={200: s.CampaignSerializer, **refusals(403)})
)
class SurveyViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Campaign]):
    token_scope = "surveys"
    queryset = Campaign.objects.none()
    serializer_class = s.CampaignSerializer
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Campaign]:
        if getattr(self, "swagger_fake_view", False):
            return Campaign.objects.none()
        policies.require_view_surveys(actor_of(self.request))
        return campaigns_for(actor_of(self.request)).prefetch_related("forms")

    def _given(self, kind: type[serializers.BaseSerializer[Any]]) -> Any:
        return valid(kind(data=self.request.data))

    def _survey(self, campaign_id: int, code: int = status.HTTP_200_OK) -> Response:
        found = campaign_for(actor_of(self.request), campaign_id)
        return Response(s.CampaignSerializer(found).data, status=code)

    @extend_schema(summary="One survey", responses={200: s.CampaignSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._survey(int(pk))

    @extend_schema(
        summary="Prepare a survey",
        request=s.CampaignInputSerializer,
        responses={201: s.CampaignSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        policies.require_run_surveys(actor_of(request))
        data = self._given(s.CampaignInputSerializer).to_input()
        made = campaigns.create_campaign(actor_of(request), data)
        return self._survey(made.pk, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change one that has not started",
        request=s.CampaignInputSerializer,
        responses=ANSWERS,
    )
    def update(self, request: Request, pk: str) -> Response:
        campaign_for(actor_of(request), int(pk))
        policies.require_run_surveys(actor_of(request))
        data = self._given(s.CampaignInputSerializer).to_input()
        return self._survey(campaigns.change_campaign(actor_of(request), int(pk), data).pk)

    @extend_schema(
        summary="Delete one that has not started",
        responses={204: None, **refusals(403, 404, 409)},
    )
    def destroy(self, request: Request, pk: str) -> Response:
        campaigns.delete_campaign(actor_of(request), int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Whom it would ask, or asked, and why",
        responses={200: s.ScopeLineSerializer(many=True), **refusals(404)},
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def scope(self, request: Request, pk: str) -> Response:
        campaign = campaign_for(actor_of(request), int(pk))
        if campaign.is_draft:
            lines = list(scope_preview(campaign).scope.lines)
        else:
            lines = frozen_lines(campaign)
        return Response(s.ScopeLineSerializer(lines, many=True).data)

    @extend_schema(
        summary="Ask a supplier, or not, whatever the rules say",
        request=s.ChoiceSerializer,
        responses=ANSWERS,
    )
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, pk: str) -> Response:
        campaigns.prepared_campaign(actor_of(request), int(pk))
        given = self._given(s.ChoiceSerializer).validated_data
        actor, supplier = actor_of(request), given["supplier"]
        if given["is_included"] is None:
            campaigns.drop_choice(actor, int(pk), supplier)
        else:
            campaigns.choose_supplier(
                actor, int(pk), supplier,
                is_included=given["is_included"], reason=given["reason"],
            )  # fmt: skip
        return self._survey(int(pk))

    @extend_schema(summary="Start: freeze the scope, invite", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        return self._survey(starting.start_campaign(actor_of(request), int(pk)).pk)

    @extend_schema(summary="Send nothing for a while", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        return self._survey(running.pause_campaign(actor_of(request), int(pk)).pk)

    @extend_schema(summary="Go on", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        return self._survey(running.resume_campaign(actor_of(request), int(pk)).pk)

    @extend_schema(summary="Close it", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self._survey(running.close_campaign(actor_of(request), int(pk)).pk)

    @extend_schema(
        summary="How far it is: stages and both response rates, of suppliers the caller sees",
        responses={200: s.BoardSerializer, **refusals(404)},
    )
    @action(detail=True, methods=["get"])
    def board(self, request: Request, pk: str) -> Response:
        campaign = campaign_for(actor_of(request), int(pk))
        return Response(s.BoardSerializer(board_of(actor_of(request), campaign)).data)

    @extend_schema(
        summary="Ask one more supplier while it runs", request=s.AddSerializer, responses=ANSWERS
    )
    @action(detail=True, methods=["post"])
    def add(self, request: Request, pk: str) -> Response:
        running.running_campaign(actor_of(request), int(pk))
        given = self._given(s.AddSerializer).validated_data
        starting.add_supplier(actor_of(request), int(pk), given["supplier"], given["reason"])
        return self._survey(int(pk))

    @extend_schema(summary="Remind now", request=s.ManySerializer, responses=DONE)
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, pk: str) -> Response:
        given = self._chased(request, int(pk), s.ManySerializer)
        return _done(chasing.remind(actor_of(request), int(pk), given["participants"]))

    @extend_schema(summary="Give more time", request=s.ExtendSerializer, responses=DONE)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        given = self._chased(request, int(pk), s.ExtendSerializer)
        keys, due_on = given["participants"], given["due_on"]
        return _done(chasing.extend(actor_of(request), int(pk), keys, due_on, given["reason"]))

    @extend_schema(summary="Hand over", request=s.HandOverSerializer, responses=DONE)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        given = self._chased(request, int(pk), s.HandOverSerializer)
        keys, owner = given["participants"], given["owner"]
        return _done(chasing.hand_over(actor_of(request), int(pk), keys, owner.pk))

    @extend_schema(
        summary="Take out of the survey", request=s.ManyWithReasonSerializer, responses=DONE
    )
    @action(detail=True, methods=["post"], url_path="take-out")
    def take_out(self, request: Request, pk: str) -> Response:
        given = self._chased(request, int(pk), s.ManyWithReasonSerializer)
        return _done(
            chasing.take_out(actor_of(request), int(pk), given["participants"], given["reason"])
        )

    @extend_schema(summary="Put back", request=s.ManySerializer, responses=DONE)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, pk: str) -> Response:
        given = self._chased(request, int(pk), s.ManySerializer)
        return _done(chasing.put_back(actor_of(request), int(pk), given["participants"]))

    def _chased(
        self, request: Request, pk: int, kind: type[serializers.BaseSerializer[Any]]
    ) -> dict[str, Any]:
        """Who may not, hears that first."""
        campaign_for(actor_of(request), pk)
        policies.require_chase(actor_of(request))
        found: dict[str, Any] = self._given(kind).validated_data
        return found


def _done(result: Done) -> Response:
    return Response(s.DoneSerializer(result).data)
