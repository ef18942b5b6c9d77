"""``/api/v1/smelter-lists/`` and ``/api/v1/status-words/``: what is published about smelters."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.errors import InvalidInput
from core.numbers import KEY_PATTERN
from minerals.api.list_serializers import (
    ColumnsSerializer,
    ConfirmSerializer,
    ExplainSerializer,
    ListChangeSerializer,
    ListDetailSerializer,
    ListEntrySerializer,
    ListProblemSerializer,
    ListUploadSerializer,
    OpenWordSerializer,
    SmelterListSerializer,
    StatusWordSerializer,
)
from minerals.filters.lists import ListingFilter, SmelterListFilter, StatusWordFilter
from minerals.models import SmelterList, SmelterListing, StatusWord
from minerals.policies.lists import require_import_lists
from minerals.selectors.list_problems import problems_of
from minerals.selectors.smelter_lists import changes_of, list_for, lists_for
from minerals.selectors.status_words import open_words, status_words_for
from minerals.services.smelter_lists import (
    choose_columns,
    confirm_list,
    discard_list,
    receive_list,
)
from minerals.services.status_words import explain_status_word

SCOPE = "smelters"


@extend_schema_view(
    list=extend_schema(
        summary="Smelter lists",
        responses={200: SmelterListSerializer(many=True), **refusals(400, 403)},
    )
)
class SmelterListViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[SmelterList]):
    """Dated, immutable once in force; newest first."""

    queryset = SmelterList.objects.none()
    serializer_class = SmelterListSerializer
    filterset_class = SmelterListFilter
    lookup_value_regex = KEY_PATTERN
    token_scope: ClassVar[str] = SCOPE

    def get_queryset(self) -> QuerySet[SmelterList]:
        if getattr(self, "swagger_fake_view", False):
            return SmelterList.objects.none()
        return lists_for(self.actor)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(
        summary="Where one list stands",
        responses={200: ListDetailSerializer, **refusals(403, 404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(ListDetailSerializer(list_for(self.actor, int(pk))).data)

    @extend_schema(
        summary="Hand in a list to be read",
        description=(
            "RMI's download (SpreadsheetML), .xlsx or .csv. Answers at once; the worker reads. "
            "Nothing changes before `confirm`. Ask for the list until its job is no longer open."
        ),
        request={"multipart/form-data": ListUploadSerializer},
        responses={202: ListDetailSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        require_import_lists(self.actor)
        if "file" not in request.FILES:
            raise InvalidInput("no_file", N_("Choose at least one file."), field="file")
        wanted = ListUploadSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        file: TemporaryUploadedFile = given["file"]
        made, _job = receive_list(
            self.actor,
            given["source"],
            given["listed_on"],
            Path(file.temporary_file_path()),
            file.name or "",
        )
        return Response(ListDetailSerializer(made).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        summary="What was wrong with the file",
        parameters=[],
        responses={200: ListProblemSerializer(many=True), **refusals(403, 404)},
        filters=False,
    )
    @action(detail=True, filterset_class=None)
    def problems(self, request: Request, pk: str) -> Response:
        page = self.paginate_queryset(problems_of(list_for(self.actor, int(pk))))
        return self.get_paginated_response(ListProblemSerializer(page, many=True).data)

    @extend_schema(
        summary="What differs from the list before",
        parameters=[],
        responses={200: ListChangeSerializer(many=True), **refusals(403, 404)},
        filters=False,
    )
    @action(detail=True, filterset_class=None)
    def changes(self, request: Request, pk: str) -> Response:
        """``?kind=``: new, gone, status, renamed."""
        smelter_list = list_for(self.actor, int(pk))
        found = changes_of(smelter_list, request.query_params.get("kind", ""))
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(ListChangeSerializer(page, many=True).data)

    @extend_schema(
        summary="Read the file again with other columns",
        request=ColumnsSerializer,
        responses={202: ListDetailSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def columns(self, request: Request, pk: str) -> Response:
        require_import_lists(self.actor)
        wanted = ColumnsSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        found = choose_columns(self.actor, int(pk), wanted.validated_data)
        return Response(ListDetailSerializer(found).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        summary="Put the list in force",
        request=ConfirmSerializer,
        responses={200: ListDetailSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        require_import_lists(self.actor)
        wanted = ConfirmSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        found = confirm_list(self.actor, int(pk), knowing=wanted.validated_data["knowing"])
        return Response(ListDetailSerializer(found).data)

    @extend_schema(
        summary="Discard a list that is not in force",
        request=None,
        responses={200: ListDetailSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        return Response(ListDetailSerializer(discard_list(self.actor, int(pk))).data)

    def get_parsers(self) -> list[Any]:
        """The file comes as multipart; the rest is JSON."""
        return [MultiPartParser(), JSONParser()]


@extend_schema_view(
    get=extend_schema(
        summary="Entries of a smelter list",
        responses={200: ListEntrySerializer, **refusals(400, 403, 404)},
    )
)
class ListEntryView(generics.ListAPIView[SmelterListing]):
    queryset = SmelterListing.objects.none()
    serializer_class = ListEntrySerializer
    filterset_class = ListingFilter

    def get_queryset(self) -> QuerySet[SmelterListing]:
        if getattr(self, "swagger_fake_view", False):
            return SmelterListing.objects.none()
        actor = cast(User, self.request.user)
        return list_for(actor, self.kwargs["list_id"]).listings.all()


@extend_schema_view(
    list=extend_schema(
        summary="Status words that were explained",
        responses={200: StatusWordSerializer(many=True), **refusals(400, 403)},
    )
)
class StatusWordViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[StatusWord]):
    queryset = StatusWord.objects.none()
    serializer_class = StatusWordSerializer
    filterset_class = StatusWordFilter
    token_scope: ClassVar[str] = SCOPE

    def get_queryset(self) -> QuerySet[StatusWord]:
        if getattr(self, "swagger_fake_view", False):
            return StatusWord.objects.none()
        return status_words_for(cast(User, self.request.user))

    @extend_schema(
        summary="Say what a status word means",
        request=ExplainSerializer,
        responses={201: StatusWordSerializer, **refusals(400, 403, 409)},
    )
    def create(self, request: Request) -> Response:
        actor = cast(User, request.user)
        require_import_lists(actor)
        wanted = ExplainSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        word = explain_status_word(actor, **wanted.validated_data)
        return Response(StatusWordSerializer(word).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Status words nobody has explained yet",
        parameters=[],
        responses={200: OpenWordSerializer(many=True), **refusals(403)},
        filters=False,
    )
    @action(detail=False, filterset_class=None)
    def waiting(self, request: Request) -> Response:
        status_words_for(cast(User, request.user))
        page: Any = self.paginate_queryset(open_words())
        return self.get_paginated_response(OpenWordSerializer(page, many=True).data)
