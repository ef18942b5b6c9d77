"""``/api/v1/documents/``, ``document-requests/`` and ``signatures/``: as the pages do."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.web.addresses import client_address
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.commitment_serializers import (
    BulkRequestSerializer,
    BulkResultSerializer,
    CheckSerializer,
    DocumentRequestSerializer,
    DocumentTypeSerializer,
    RefusalSerializer,
    SignatureSerializer,
    SignSerializer,
)
from suppliers.filters.commitments import RequestFilter, SignatureFilter
from suppliers.models import DocumentRequest, DocumentType, Signature
from suppliers.selectors.commitments import (
    request_for,
    requests_for,
    signature_for,
    signatures_for,
)
from suppliers.selectors.documents import documents_for
from suppliers.services.document_requests import (
    cancel_request,
    refuse_request,
    request_documents,
)
from suppliers.services.paper_signatures import check_paper_signature
from suppliers.services.signing import Circumstances, revoke_signature, sign_document


def _actor(request: Request) -> User:
    return cast(User, request.user)


def _valid(serializer: serializers.Serializer[Any]) -> Any:
    serializer.is_valid(raise_exception=True)
    return serializer


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

    queryset = DocumentType.objects.none()
    serializer_class = DocumentTypeSerializer
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[DocumentType]:
        if getattr(self, "swagger_fake_view", False):
            return DocumentType.objects.none()
        return documents_for(_actor(self.request)).order_by("order", "code")


@extend_schema_view(
    list=extend_schema(
        summary="Requests to sign",
        responses={200: DocumentRequestSerializer, **refusals(400)},
    )
)
class DocumentRequestViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[DocumentRequest]):
    """Requests of the suppliers the caller may see."""

    token_scope = "documents"
    queryset = DocumentRequest.objects.none()
    serializer_class = DocumentRequestSerializer
    filterset_class = RequestFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[DocumentRequest]:
        if getattr(self, "swagger_fake_view", False):
            return DocumentRequest.objects.none()
        return requests_for(_actor(self.request))

    @extend_schema(
        summary="One request", responses={200: DocumentRequestSerializer, **refusals(404)}
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(DocumentRequestSerializer(request_for(_actor(request), int(pk))).data)

    @extend_schema(
        summary="Ask suppliers to sign documents",
        request=BulkRequestSerializer,
        responses={201: BulkResultSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        wanted = _valid(BulkRequestSerializer(data=request.data))
        plan = request_documents(_actor(request), wanted.to_input())
        answer = BulkResultSerializer(BulkResultSerializer.rows_of(plan)).data
        return Response(answer, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Take a request back",
        request=None,
        responses={200: DocumentRequestSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        found = cancel_request(_actor(request), int(pk))
        return Response(DocumentRequestSerializer(found).data)

    @extend_schema(
        summary="Refuse to sign, as a contact of the supplier",
        request=RefusalSerializer,
        responses={200: DocumentRequestSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        given = _valid(RefusalSerializer(data=request.data))
        found = refuse_request(_actor(request), int(pk), given.validated_data["reason"])
        return Response(DocumentRequestSerializer(found).data)


@extend_schema_view(
    list=extend_schema(summary="Signatures", responses={200: SignatureSerializer, **refusals(400)})
)
class SignatureViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Signature]):
    """Signatures of the suppliers the caller may see."""

    token_scope = "documents"
    queryset = Signature.objects.none()
    serializer_class = SignatureSerializer
    filterset_class = SignatureFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Signature]:
        if getattr(self, "swagger_fake_view", False):
            return Signature.objects.none()
        return signatures_for(_actor(self.request))

    @extend_schema(summary="One signature", responses={200: SignatureSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(SignatureSerializer(signature_for(_actor(request), int(pk))).data)

    @extend_schema(
        summary="Sign a version for the own company, as a contact who may sign",
        request=SignSerializer,
        responses={201: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        given = _valid(SignSerializer(data=request.data))
        agent = " ".join(request.headers.get("User-Agent", "").split())
        address = client_address(request._request)
        signature = sign_document(_actor(request), given.to_input(), Circumstances(address, agent))
        return Response(SignatureSerializer(signature).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Say whether a scan counts, as another person than the one who handed it in",
        request=CheckSerializer,
        responses={200: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        given = _valid(CheckSerializer(data=request.data)).validated_data
        found = check_paper_signature(
            _actor(request), int(pk), is_valid=given["valid"], note=given["note"]
        )
        return Response(SignatureSerializer(found).data)

    @extend_schema(
        summary="Revoke a valid signature; the supplier is told why",
        request=RefusalSerializer,
        responses={200: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        given = _valid(RefusalSerializer(data=request.data)).validated_data
        found = revoke_signature(_actor(request), int(pk), given["reason"])
        return Response(SignatureSerializer(found).data)
