"""``/api/v1/imports/``: spreadsheets in, looked at, imported, undone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_noop as N_
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.downloads import XLSX, attachment
from core.errors import InvalidInput
from core.models import Job
from core.numbers import KEY_PATTERN
from suppliers.enums import ImportKind
from suppliers.filters.imports import ImportFilter
from suppliers.models import ImportBatch, ImportRow
from suppliers.selectors.imports import (
    file_problems,
    import_for,
    imports_for,
    newest_job,
    row_problems,
    rows_of,
    rows_with_problems,
)
from suppliers.services.import_marked import write_marked_file
from suppliers.services.imports import (
    check_again,
    confirm_import,
    discard_import,
    receive_import,
    undo_import,
)


class ImportProblemSerializer(serializers.Serializer[Any]):
    """``row`` is null and ``place`` empty for what concerns the whole file."""

    code = serializers.CharField()
    row = serializers.IntegerField(allow_null=True)
    place = serializers.CharField(help_text="Sheet and cell: Sheet1!C7.")
    column = serializers.CharField()
    value = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField()
    is_warning = serializers.BooleanField(help_text="Does not stop the import.")


class ImportJobSerializer(serializers.ModelSerializer[Job]):
    open = serializers.BooleanField(help_text="Ask again later while this is true.")
    percent = serializers.IntegerField()

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "open", "percent"]
        read_only_fields = fields


class ImportSerializer(serializers.ModelSerializer[ImportBatch]):
    """``counts``: rows by what happens, and under ``problems`` how many of each code."""

    owner = serializers.CharField(source="owner.email", read_only=True)

    class Meta:
        model = ImportBatch
        fields = [
            "id",
            "kind",
            "state",
            "file_name",
            "sheet",
            "columns",
            "counts",
            "owner",
            "created_at",
            "checked_at",
            "imported_at",
            "undone_at",
        ]
        read_only_fields = fields


class ImportDetailSerializer(ImportSerializer):
    """With the newest background job and the problems of the file as a whole."""

    job = serializers.SerializerMethodField()
    file_problems = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = [*ImportSerializer.Meta.fields, "job", "file_problems"]
        read_only_fields = fields

    @extend_schema_field(ImportJobSerializer(allow_null=True))
    def get_job(self, batch: ImportBatch) -> Any:
        job = newest_job(batch)
        return ImportJobSerializer(job).data if job else None

    @extend_schema_field(ImportProblemSerializer(many=True))
    def get_file_problems(self, batch: ImportBatch) -> Any:
        return ImportProblemSerializer(file_problems(batch), many=True).data


class ImportRowSerializer(serializers.ModelSerializer[ImportRow]):
    """``before`` and ``after`` hold the fields that differ; ``target`` is the record's id."""

    class Meta:
        model = ImportRow
        fields = ["number", "action", "key", "target", "before", "after"]
        read_only_fields = fields


class ImportUploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=255)
    kind = serializers.ChoiceField(choices=ImportKind.choices, default=ImportKind.SUPPLIERS)


@extend_schema_view(
    list=extend_schema(
        summary="Imports", responses={200: ImportSerializer(many=True), **refusals(400)}
    )
)
class ImportViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ImportBatch]):
    """One's own imports, newest first; administrators see all."""

    queryset = ImportBatch.objects.none()
    serializer_class = ImportSerializer
    filterset_class = ImportFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[ImportBatch]:
        if getattr(self, "swagger_fake_view", False):
            return ImportBatch.objects.none()
        return imports_for(self.actor).select_related("owner")

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @property
    def token_scope(self) -> str:
        """Spend has a scope of its own, whichever way it comes in."""
        if self.action == "create":
            given = self.request.data
            kind = str(given.get("kind", "")) if isinstance(given, dict) else ""
        else:
            kind = self._kind_of_batch()
        return "spend" if kind == ImportKind.SPEND else "suppliers"

    def _kind_of_batch(self) -> str:
        """Empty where there is none, or where the method is none of the list's at all."""
        key = self.kwargs.get("pk")
        batch = imports_for(self.actor).filter(pk=int(key)).first() if key else None
        return batch.kind if batch else ""

    @extend_schema(
        summary="Where one import stands",
        responses={200: ImportDetailSerializer, **refusals(404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(ImportDetailSerializer(import_for(self.actor, int(pk))).data)

    @extend_schema(
        summary="Hand in a spreadsheet to be checked",
        description=(
            "Answers at once; the worker checks. Nothing changes before `confirm`. Ask for the "
            "import until its job is no longer open."
        ),
        request={"multipart/form-data": ImportUploadSerializer},
        responses={202: ImportDetailSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        if "file" not in request.FILES:
            raise InvalidInput("no_file", N_("Choose at least one file."), field="file")
        wanted = ImportUploadSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        file: TemporaryUploadedFile = wanted.validated_data["file"]
        batch = receive_import(
            self.actor,
            wanted.validated_data["kind"],
            Path(file.temporary_file_path()),
            file.name or "",
        )
        return _accepted(batch)

    @extend_schema(
        summary="Rows with what would happen",
        parameters=[],
        responses={200: ImportRowSerializer(many=True), **refusals(404)},
        filters=False,
    )
    @action(detail=True, filterset_class=None)
    def rows(self, request: Request, pk: str) -> Response:
        batch = import_for(self.actor, int(pk))
        rows = rows_of(batch, request.query_params.get("action", ""))
        page = self.paginate_queryset(rows)  # type: ignore[arg-type]
        shown = cast("list[ImportRow]", page)
        return self.get_paginated_response(ImportRowSerializer(shown, many=True).data)

    @extend_schema(
        summary="Problems of rows, a page of rows at a time",
        responses={200: ImportProblemSerializer(many=True), **refusals(404)},
        filters=False,
    )
    @action(detail=True, filterset_class=None)
    def problems(self, request: Request, pk: str) -> Response:
        batch = import_for(self.actor, int(pk))
        page = self.paginate_queryset(rows_with_problems(batch))  # type: ignore[arg-type]
        lines = [line for row in page or () for line in row_problems(batch, cast(Any, row))]
        return self.get_paginated_response(ImportProblemSerializer(lines, many=True).data)

    @extend_schema(
        summary="The file with its problems at their cells",
        description="An .xlsx to be corrected and handed in again, with a list of the problems.",
        responses={(200, XLSX): OpenApiTypes.BINARY, **refusals(404, 409)},
    )
    @action(detail=True)
    def marked(self, request: Request, pk: str) -> FileResponse:
        target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
        name = write_marked_file(self.actor, int(pk), target)
        target.seek(0)
        return attachment(target, name, "xlsx")

    @extend_schema(
        summary="Import the checked rows",
        request=None,
        responses={202: ImportDetailSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        return _accepted(confirm_import(self.actor, int(pk)))

    @extend_schema(
        summary="Check the same file again",
        request=None,
        responses={202: ImportDetailSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        return _accepted(check_again(self.actor, int(pk)))

    @extend_schema(
        summary="Undo the whole import",
        request=None,
        responses={202: ImportDetailSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        return _accepted(undo_import(self.actor, int(pk)))

    @extend_schema(
        summary="Discard a file that was not imported",
        request=None,
        responses={200: ImportDetailSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        return Response(ImportDetailSerializer(discard_import(self.actor, int(pk))).data)

    def get_parsers(self) -> list[Any]:
        """Files come as multipart; nothing else takes a body here."""
        return [MultiPartParser()]


def _accepted(batch: ImportBatch) -> Response:
    return Response(ImportDetailSerializer(batch).data, status=status.HTTP_202_ACCEPTED)
