"""``/api/v1/data-changes/``: what suppliers want changed in their own data."""

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
from suppliers.api.assessment_serializers import words
from suppliers.api.requests import actor_of, valid
from suppliers.api.serializers import SupplierBriefSerializer
from suppliers.enums import DataChangeKind, DataChangeState
from suppliers.models import DataChange
from suppliers.policies.commitments import require_speak_for_company
from suppliers.rules.related_data import ContactInput
from suppliers.selectors.data_changes import change_for
from suppliers.services import data_changes


class DataChangeSerializer(serializers.ModelSerializer[DataChange]):
    supplier = SupplierBriefSerializer(read_only=True)
    kind = serializers.CharField(read_only=True, help_text=f"One of {words(DataChangeKind)}.")
    state = serializers.CharField(read_only=True, help_text=f"One of {words(DataChangeState)}.")

    class Meta:
        model = DataChange
        fields = [
            "id", "supplier", "kind", "contact", "values", "before", "note", "state", "asked_at",
            "decided_at", "reason",
        ]  # fmt: skip
        read_only_fields = fields


class DataChangeInputSerializer(serializers.Serializer[Any]):
    """``kind`` decides what counts of the rest: ``values`` by field, ``contact`` of a person."""

    kind = serializers.ChoiceField(choices=DataChangeKind.choices)
    contact = serializers.IntegerField(required=False, allow_null=True, default=None)
    values = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, default=dict
    )
    note = serializers.CharField(required=False, allow_blank=True, default="")


class DataChangeReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_blank=True, default="")


ANSWERS = {200: DataChangeSerializer, **refusals(400, 403, 404, 409)}


@extend_schema_view(
    list=extend_schema(
        summary="Changes asked for, newest first; a supplier reads its own",
        responses={200: DataChangeSerializer},
    )
)
class DataChangeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[DataChange]):
    token_scope = "suppliers"
    queryset = DataChange.objects.none()
    serializer_class = DataChangeSerializer
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[DataChange]:
        if getattr(self, "swagger_fake_view", False):
            return DataChange.objects.none()
        return DataChange.objects.visible_to(actor_of(self.request)).select_related("supplier")

    @extend_schema(summary="One change", responses={200: DataChangeSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(DataChangeSerializer(change_for(actor_of(request), int(pk))).data)

    @extend_schema(
        summary="Ask for a change of the own data",
        request=DataChangeInputSerializer,
        responses={201: DataChangeSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        actor = actor_of(request)
        require_speak_for_company(actor)
        given = valid(DataChangeInputSerializer(data=request.data)).validated_data
        made = _propose(actor, given)
        return Response(DataChangeSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Take it back", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        change = data_changes.withdraw_change(actor_of(request), int(pk))
        return Response(DataChangeSerializer(change).data)

    @extend_schema(summary="Take it over into the record", request=None, responses=ANSWERS)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        change = data_changes.approve_change(actor_of(request), int(pk))
        return Response(DataChangeSerializer(change).data)

    @extend_schema(
        summary="Do not take it over", request=DataChangeReasonSerializer, responses=ANSWERS
    )
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        reason = valid(DataChangeReasonSerializer(data=request.data)).validated_data["reason"]
        change = data_changes.decline_change(actor_of(request), int(pk), reason)
        return Response(DataChangeSerializer(change).data)


def _propose(actor: Any, given: dict[str, Any]) -> DataChange:
    values, note, contact = given["values"], given["note"], given["contact"]
    if given["kind"] == DataChangeKind.COMPANY:
        return data_changes.propose_company_fields(actor, values, note)
    if given["kind"] == DataChangeKind.CONTACT_GONE:
        return data_changes.propose_contact_gone(actor, contact or 0, note)
    known = {name: values[name] for name in data_changes.CONTACT_FIELDS if name in values}
    new = given["kind"] == DataChangeKind.NEW_CONTACT
    data = ContactInput(**{"name": "", **known})
    return data_changes.propose_contact(actor, data, None if new else contact or 0, note)
