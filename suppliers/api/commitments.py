"""``/api/v1/commitments/`` and ``document-requests/``: who has signed what, who is asked to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django_filters.utils import translate_validation
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.commitment_serializers import (
    BulkRequestSerializer,
    BulkResultSerializer,
    DocumentRequestSerializer,
    RefusalSerializer,
)
from suppliers.api.document_serializers import MatrixRowSerializer
from suppliers.api.requests import actor_of, valid
from suppliers.filters.commitments import MatrixFilter, RequestFilter
from suppliers.models import DocumentRequest, Supplier
from suppliers.policies import commitments as policies
from suppliers.selectors.commitment_matrix import matrix_suppliers
from suppliers.selectors.commitments import request_for, requests_for, standings
from suppliers.services.document_requests import (
    cancel_request,
    refuse_request,
    request_documents,
)


@extend_schema_view(
    get=extend_schema(
        summary="Suppliers with where each document stands",
        description="The matrix of the page. `state` alone: at least one document is in it; with "
        "`document` (a code): that one is, and it alone is in the rows.",
        responses={200: MatrixRowSerializer, **refusals(400, 403)},
    )
)
class MatrixView(generics.ListAPIView[Supplier]):
    """For the company's own people."""

    queryset = Supplier.objects.none()
    serializer_class = MatrixRowSerializer
    filterset_class = MatrixFilter

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        policies.require_view_commitments(actor_of(request))
        suppliers = matrix_suppliers(actor_of(request))
        filters = MatrixFilter(request.query_params, suppliers, request=request)
        if not filters.is_valid():
            raise translate_validation(filters.errors)
        page = self._page(filters)
        found = standings(page, filters.commitments)
        rows = [MatrixRowSerializer.row_of(one, found[one.pk]) for one in page]
        return self.get_paginated_response(MatrixRowSerializer(rows, many=True).data)

    def _page(self, filters: MatrixFilter) -> Sequence[Supplier]:
        """By state, finding the rows is what costs: they are looked for once, by their keys."""
        if not filters.form.cleaned_data["state"]:
            return self.paginate_queryset(filters.qs) or ()
        found: Any = [*filters.qs.values_list("pk", flat=True)]
        keys: Any = self.paginate_queryset(found) or ()
        rows = Supplier.objects.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


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
        return requests_for(actor_of(self.request))

    @extend_schema(
        summary="One request", responses={200: DocumentRequestSerializer, **refusals(404)}
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(DocumentRequestSerializer(request_for(actor_of(request), int(pk))).data)

    @extend_schema(
        summary="Ask suppliers to sign documents",
        request=BulkRequestSerializer,
        responses={201: BulkResultSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        wanted = valid(BulkRequestSerializer(data=request.data))
        plan = request_documents(actor_of(request), wanted.to_input())
        answer = BulkResultSerializer(BulkResultSerializer.rows_of(plan)).data
        return Response(answer, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Take a request back",
        request=None,
        responses={200: DocumentRequestSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        found = cancel_request(actor_of(request), int(pk))
        return Response(DocumentRequestSerializer(found).data)

    @extend_schema(
        summary="Refuse to sign, as a contact of the supplier",
        request=RefusalSerializer,
        responses={200: DocumentRequestSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        given = valid(RefusalSerializer(data=request.data))
        found = refuse_request(actor_of(request), int(pk), given.validated_data["reason"])
        return Response(DocumentRequestSerializer(found).data)
