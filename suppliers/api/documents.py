"""``/api/v1/documents/`` and ``document-versions/``: what suppliers sign, in both languages."""

from __future__ import annotations

import io

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import refusals
from core.downloads import attachment
from core.numbers import KEY_PATTERN
from suppliers.api.document_serializers import (
    DocumentInputSerializer,
    DocumentTypeSerializer,
    PublishedSerializer,
    PublishSerializer,
    VersionInputSerializer,
    VersionSerializer,
)
from suppliers.api.requests import actor_of, valid
from suppliers.filters.commitments import VersionFilter
from suppliers.models import DocumentType, DocumentVersion
from suppliers.policies import commitments as policies
from suppliers.selectors.documents import (
    document_for,
    documents_for,
    version_seen,
    versions_for,
)
from suppliers.services.document_types import create_document_type, update_document_type
from suppliers.services.document_versions import discard_draft, publish_version, write_draft
from suppliers.services.signature_pdf import blank_for


@extend_schema_view(
    list=extend_schema(
        summary="Documents with their versions",
        responses={200: DocumentTypeSerializer, **refusals(400)},
    ),
    retrieve=extend_schema(
        summary="One document", responses={200: DocumentTypeSerializer, **refusals(404)}
    ),
)
class DocumentViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[DocumentType]
):
    """Suppliers see what is in use and published; drafts are for our own people."""

    token_scope = "documents"
    queryset = DocumentType.objects.none()
    serializer_class = DocumentTypeSerializer
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[DocumentType]:
        if getattr(self, "swagger_fake_view", False):
            return DocumentType.objects.none()
        return documents_for(actor_of(self.request)).order_by("order", "code")

    @extend_schema(
        summary="Add a document; its first version is written as a draft",
        request=DocumentInputSerializer,
        responses={201: DocumentTypeSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        policies.require_manage_documents(actor_of(request))
        given = valid(DocumentInputSerializer(data=request.data))
        document = create_document_type(actor_of(request), given.to_input())
        return Response(DocumentTypeSerializer(document).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change who signs a document, for how long, its names",
        request=DocumentInputSerializer,
        responses={200: DocumentTypeSerializer, **refusals(400, 403, 404)},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        policies.require_manage_documents(actor_of(request))
        given = valid(DocumentInputSerializer(data=request.data, partial=True))
        current = document_for(int(pk))
        changed = update_document_type(actor_of(request), current.pk, given.to_input(current))
        return Response(DocumentTypeSerializer(changed).data)

    @extend_schema(
        summary="Write the draft of the next version",
        description="There is at most one: a draft that exists already is written over.",
        request=VersionInputSerializer,
        responses={200: VersionSerializer, **refusals(400, 403, 404)},
    )
    @action(detail=True, methods=["put"])
    def draft(self, request: Request, pk: str) -> Response:
        policies.require_manage_documents(actor_of(request))
        given = valid(VersionInputSerializer(data=request.data))
        return Response(
            VersionSerializer(write_draft(actor_of(request), int(pk), given.to_input())).data
        )


@extend_schema_view(
    list=extend_schema(
        summary="Versions of documents", responses={200: VersionSerializer, **refusals(400)}
    )
)
class DocumentVersionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[DocumentVersion]):
    """Suppliers see what is published; drafts are for our own people."""

    token_scope = "documents"
    queryset = DocumentVersion.objects.none()
    serializer_class = VersionSerializer
    filterset_class = VersionFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[DocumentVersion]:
        if getattr(self, "swagger_fake_view", False):
            return DocumentVersion.objects.none()
        return versions_for(actor_of(self.request))

    @extend_schema(summary="One version", responses={200: VersionSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(VersionSerializer(version_seen(actor_of(request), int(pk))).data)

    @extend_schema(summary="Discard a draft", responses={204: None, **refusals(403, 404, 409)})
    def destroy(self, request: Request, pk: str) -> Response:
        discard_draft(actor_of(request), int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Publish a draft",
        description="It is in force at once and never changes again. A material one asks exactly "
        "the earlier signers to sign again.",
        request=PublishSerializer,
        responses={200: PublishedSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        policies.require_manage_documents(actor_of(request))
        given = valid(PublishSerializer(data=request.data)).validated_data
        done = publish_version(actor_of(request), int(pk), given["due_on"])
        return Response(PublishedSerializer(done).data)

    @extend_schema(
        summary="The version as a PDF to be signed on paper",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **refusals(403, 404)},
    )
    @action(detail=True)
    def blank(self, request: Request, pk: str) -> FileResponse:
        name, content = blank_for(actor_of(request), int(pk))
        return attachment(io.BytesIO(content), name, "pdf")
