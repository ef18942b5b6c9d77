"""``/api/v1/smelters/`` with notes and certificates, ``smelter-tasks/`` and ``mines/``."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_noop as N_
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api.schema import refusals
from core.errors import InvalidInput
from core.filters import day_asked
from core.numbers import KEY_PATTERN
from minerals.api.smelter_serializers import (
    CertificateInputSerializer,
    CertificateSerializer,
    ClosedSerializer,
    CloseManySerializer,
    CloseSerializer,
    NamedMineSerializer,
    NoteInputSerializer,
    NoteSerializer,
    SmelterDetailSerializer,
    SmelterSerializer,
    SmelterTaskSerializer,
)
from minerals.filters.smelters import MineFilter, SmelterFilter, SmelterTaskFilter
from minerals.models import MineLine, Smelter, SmelterCertificate, SmelterNote, SmelterTask
from minerals.policies import smelters as policies
from minerals.selectors.mines import mines_for
from minerals.selectors.smelter_certificates import certificates_for
from minerals.selectors.smelter_history import smelter_history
from minerals.selectors.smelter_status import status_book
from minerals.selectors.smelter_tasks import task_for, tasks_for
from minerals.selectors.smelters import aliases_of, smelter_with_cid, smelters_for
from minerals.services.smelter_certificates import (
    record_certificate,
    verify_certificate,
    withdraw_certificate,
)
from minerals.services.smelter_notes import add_note, withdraw_note
from minerals.services.smelter_tasks import close_task, close_tasks

CID_PATTERN = r"[A-Za-z0-9_-]{1,20}"
ON = OpenApiParameter("on", dt.date, description="The status as of this day; today without it.")


def _actor(request: Request) -> User:
    return cast(User, request.user)


@extend_schema_view(
    list=extend_schema(
        summary="The register of smelters", responses={200: SmelterSerializer, **refusals(400, 403)}
    )
)
class SmelterViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Smelter]):
    """Smelters with their status of today, or of the day ``on``; filters as on the page."""

    token_scope = "declarations"
    queryset = Smelter.objects.none()
    serializer_class = SmelterSerializer
    filterset_class = SmelterFilter
    lookup_field = "cid"
    lookup_value_regex = CID_PATTERN

    def get_queryset(self) -> QuerySet[Smelter]:
        if getattr(self, "swagger_fake_view", False):
            return Smelter.objects.none()
        policies.require_view_smelters(_actor(self.request))
        return smelters_for(_actor(self.request), day_asked(self.request.query_params))

    def get_serializer_context(self) -> dict[str, Any]:
        day = day_asked(self.request.query_params) if self.request else clock.today()
        return {**super().get_serializer_context(), "book": status_book(day)}

    @extend_schema(
        summary="One smelter with names, history, notes and certificates",
        parameters=[ON],
        responses={200: SmelterDetailSerializer, **refusals(400, 403, 404)},
    )
    def retrieve(self, request: Request, cid: str) -> Response:
        policies.require_view_smelters(_actor(request))
        day = _day(request)
        found = smelters_for(_actor(request), day).get(pk=smelter_with_cid(cid).pk)
        context = {
            "book": status_book(day),
            "aliases": aliases_of(found),
            "periods": smelter_history(found).periods,
            "certificates": certificates_for(_actor(request)).filter(smelter=found),
        }
        return Response(SmelterDetailSerializer(found, context=context).data)

    @extend_schema(
        summary="Note something, or an outreach",
        request=NoteInputSerializer,
        responses={201: NoteSerializer, **refusals(400, 403, 404)},
    )
    @action(detail=True, methods=["post"])
    def notes(self, request: Request, cid: str) -> Response:
        wanted = NoteInputSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        note = add_note(_actor(request), cid, wanted.to_input())
        return Response(NoteSerializer(note).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Record a certificate",
        request=CertificateInputSerializer,
        responses={201: CertificateSerializer, **refusals(400, 403, 404)},
    )
    @action(detail=True, methods=["post"])
    def certificates(self, request: Request, cid: str) -> Response:
        wanted = CertificateInputSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        files = request.FILES.getlist("evidence")
        made = record_certificate(_actor(request), cid, wanted.to_input(files))
        return Response(CertificateSerializer(made).data, status=status.HTTP_201_CREATED)


def _day(request: Request) -> dt.date:
    """Errors: day_invalid."""
    text = request.query_params.get("on", "")
    try:
        day = parse_date(text) if text else clock.today()
    except ValueError:
        day = None
    if day is None:
        raise InvalidInput("day_invalid", N_("This is no day."), field="on")
    return day


class NoteViewSet(viewsets.GenericViewSet[SmelterNote]):
    token_scope = "declarations"
    queryset = SmelterNote.objects.none()
    serializer_class = NoteSerializer
    lookup_value_regex = KEY_PATTERN

    @extend_schema(
        summary="Withdraw a note",
        request=None,
        responses={200: NoteSerializer, **refusals(403, 404)},
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return Response(NoteSerializer(withdraw_note(_actor(request), int(pk))).data)


class CertificateViewSet(viewsets.GenericViewSet[SmelterCertificate]):
    token_scope = "declarations"
    queryset = SmelterCertificate.objects.none()
    serializer_class = CertificateSerializer
    lookup_value_regex = KEY_PATTERN

    @extend_schema(
        summary="Verify a certificate that somebody else recorded",
        request=None,
        responses={200: CertificateSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str) -> Response:
        return Response(CertificateSerializer(verify_certificate(_actor(request), int(pk))).data)

    @extend_schema(
        summary="Withdraw a certificate",
        request=None,
        responses={200: CertificateSerializer, **refusals(403, 404)},
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return Response(CertificateSerializer(withdraw_certificate(_actor(request), int(pk))).data)


@extend_schema_view(
    list=extend_schema(
        summary="Tasks of suppliers about smelters",
        responses={200: SmelterTaskSerializer, **refusals(400, 403)},
    )
)
class SmelterTaskViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[SmelterTask]):
    """For the company's own people; filters as on the page."""

    token_scope = "declarations"
    queryset = SmelterTask.objects.none()
    serializer_class = SmelterTaskSerializer
    filterset_class = SmelterTaskFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[SmelterTask]:
        if getattr(self, "swagger_fake_view", False):
            return SmelterTask.objects.none()
        policies.require_view_all_tasks(_actor(self.request))
        return tasks_for(_actor(self.request)).order_by()

    @extend_schema(summary="One task", responses={200: SmelterTaskSerializer, **refusals(403, 404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        policies.require_view_all_tasks(_actor(request))
        return Response(SmelterTaskSerializer(task_for(_actor(request), int(pk))).data)

    @extend_schema(
        summary="Close a task by hand",
        request=CloseSerializer,
        responses={200: SmelterTaskSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        policies.require_view_all_tasks(_actor(request))
        wanted = CloseSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        task = close_task(_actor(request), int(pk), wanted.to_input())
        return Response(SmelterTaskSerializer(task_for(_actor(request), task.pk)).data)

    @extend_schema(
        operation_id="smelter_tasks_close_many",
        summary="Close several tasks with the same reason",
        request=CloseManySerializer,
        responses={200: ClosedSerializer, **refusals(400, 403)},
    )
    @action(detail=False, methods=["post"], url_path="close")
    def close_many(self, request: Request) -> Response:
        wanted = CloseManySerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        keys = wanted.validated_data["tasks"]
        return Response({"closed": close_tasks(_actor(request), keys, wanted.to_input())})


@extend_schema_view(
    list=extend_schema(
        summary="Mines that current declarations name",
        responses={200: NamedMineSerializer, **refusals(400, 403)},
    )
)
class MineViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[MineLine]):
    token_scope = "declarations"
    queryset = MineLine.objects.none()
    serializer_class = NamedMineSerializer
    filterset_class = MineFilter

    def get_queryset(self) -> QuerySet[MineLine]:
        if getattr(self, "swagger_fake_view", False):
            return MineLine.objects.none()
        policies.require_view_smelters(_actor(self.request))
        return mines_for(_actor(self.request))
