"""``/api/v1/declarations/``: list, read, hand in, fetch files, compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_noop as N_
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.downloads import attachment
from core.errors import DomainError, InvalidInput, NotFound
from core.models import JobState
from core.numbers import KEY_PATTERN
from minerals.api.comparison import ComparisonSerializer, comparison_answer
from minerals.api.jobs import BatchSerializer, JobSerializer, batch_answer
from minerals.api.serializers import DeclarationDetailSerializer, DeclarationSerializer
from minerals.enums import Source
from minerals.filters.declarations import DeclarationFilter
from minerals.models import Declaration
from minerals.selectors.declarations import declaration_for, declarations_for
from minerals.services.correction import current_correction, request_correction
from minerals.services.receive import Delivery, IncomingFile, receive_files
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_of_contact, supplier_with_code


class UploadSerializer(serializers.Serializer[Any]):
    """``supplier``: a supplier code; without it the company name in each file tells whose it is.

    A supplier's contact always hands in for the own supplier.
    """

    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True, max_length=255), allow_empty=False
    )
    supplier = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


@extend_schema_view(
    list=extend_schema(
        summary="Declarations",
        responses={200: DeclarationSerializer, **refusals(400)},
    )
)
class DeclarationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Declaration]):
    """Declarations the caller may see, newest first; filters as on the page."""

    token_scope = "declarations"
    queryset = Declaration.objects.none()
    serializer_class = DeclarationSerializer
    filterset_class = DeclarationFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Declaration]:
        if getattr(self, "swagger_fake_view", False):
            return Declaration.objects.none()
        return declarations_for(self.actor)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(
        summary="One declaration with everything found in it",
        responses={200: DeclarationDetailSerializer, **refusals(404)},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        declaration = declaration_for(self.actor, int(pk))
        context = {"request": request}
        return Response(DeclarationDetailSerializer(declaration, context=context).data)

    @extend_schema(
        summary="Hand in one or several workbooks or ZIP files",
        description=(
            "Answers at once; the worker judges. Follow `batches/{batch}/` or `jobs/{job}/`. "
            "A refused file has `accepted: false` and its error; it never stops the others."
        ),
        request={"multipart/form-data": UploadSerializer},
        responses={202: BatchSerializer, **refusals(400, 403, 404)},
    )
    def create(self, request: Request) -> Response:
        wanted = UploadSerializer(data=_form(request))
        wanted.is_valid(raise_exception=True)
        supplier = _supplier(self.actor, wanted.validated_data["supplier"].strip())
        delivery = Delivery(self.actor, Source.API, supplier)
        receive_files(delivery, [_incoming(file) for file in wanted.validated_data["files"]])
        answer = batch_answer(self.actor, delivery.batch)
        return Response(answer, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        summary="The file as it was received",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **refusals(404)},
    )
    @action(detail=True)
    def original(self, request: Request, pk: str) -> FileResponse:
        declaration = declaration_for(self.actor, int(pk))
        workbook = declaration.workbook
        return attachment(workbook.content.open("rb"), declaration.file_name, workbook.kind)

    @extend_schema(
        summary="The correction workbook, once it is written",
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            **refusals(404, 409),
        },
    )
    @action(detail=True)
    def correction(self, request: Request, pk: str) -> FileResponse:
        declaration = declaration_for(self.actor, int(pk))
        job = current_correction(declaration) if declaration.judged else None
        if job is None:
            raise NotFound(
                "correction_missing",
                N_("There is no correction workbook yet. Order it with a POST request."),
            )
        name = str(job.result.get("file", ""))
        if job.state != JobState.DONE or not default_storage.exists(name):
            raise DomainError(
                "correction_not_ready", N_("The correction workbook is still being written.")
            )
        return attachment(default_storage.open(name), str(job.result["name"]), "xlsx")

    @extend_schema(
        summary="Order the correction workbook",
        request=None,
        responses={202: JobSerializer, **refusals(403, 404, 409)},
    )
    @correction.mapping.post
    def order_correction(self, request: Request, pk: str) -> Response:
        job = request_correction(self.actor, int(pk))
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        summary="What changed between an older declaration and this one",
        responses={200: ComparisonSerializer, **refusals(400, 404)},
    )
    @action(detail=True, url_path=rf"compare/(?P<other>{KEY_PATTERN})")
    def compare(self, request: Request, pk: str, other: str) -> Response:
        new = declaration_for(self.actor, int(pk))
        return Response(comparison_answer(declaration_for(self.actor, int(other)), new))

    def get_parsers(self) -> list[Any]:
        """Files come as multipart; nothing else takes a body here."""
        return [MultiPartParser()]


def _form(request: Request) -> dict[str, Any]:
    """Files under ``files`` (or ``file``), as browsers and curl send them."""
    files = [*request.FILES.getlist("files"), *request.FILES.getlist("file")]
    if not files:
        raise InvalidInput("no_file", N_("Choose at least one file."), field="files")
    return {"files": files, "supplier": request.POST.get("supplier", "")}


def _incoming(file: TemporaryUploadedFile) -> IncomingFile:
    return IncomingFile(Path(file.temporary_file_path()), file.name or "")


def _supplier(actor: User, code: str) -> Supplier | None:
    """The supplier meant; NotFound for a code the caller may not know."""
    if not code:
        return None if actor.is_internal else supplier_of_contact(actor)
    return supplier_with_code(actor, code)
