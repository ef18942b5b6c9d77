"""``/api/v1/suppliers/``: the same reads and the same services as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.serializers import SupplierInputSerializer, SupplierSerializer
from suppliers.filters.suppliers import SupplierFilter
from suppliers.models import Supplier
from suppliers.selectors.links import seen_by, with_record
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.suppliers import create_supplier, delete_supplier, update_supplier


@extend_schema_view(
    list=extend_schema(summary="Suppliers", responses={200: SupplierSerializer, **refusals(400)})
)
class SupplierViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Supplier]):
    """Suppliers the caller may see; a supplier's contact sees the own one."""

    token_scope = "suppliers"
    queryset = Supplier.objects.none()
    serializer_class = SupplierSerializer
    filterset_class = SupplierFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Supplier]:
        if getattr(self, "swagger_fake_view", False):
            return Supplier.objects.none()
        return with_record(self.actor, Supplier.objects.visible_to(self.actor).living())

    def _shown(self, supplier: Supplier) -> dict[str, Any]:
        known = seen_by(self.actor, supplier)
        return dict(SupplierSerializer(known, context=self.get_serializer_context()).data)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(summary="One supplier", responses={200: SupplierSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._shown(supplier_for(self.actor, int(pk))))

    @extend_schema(
        summary="Create a supplier",
        request=SupplierInputSerializer,
        responses={201: SupplierSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        supplier = create_supplier(self.actor, _valid(request).to_input())
        return Response(self._shown(supplier), status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a supplier",
        request=SupplierInputSerializer,
        responses={200: SupplierSerializer, **refusals(400, 403, 404, 409)},
    )
    def update(self, request: Request, pk: str) -> Response:
        given = _valid(request)
        data = given.to_input()
        supplier = update_supplier(self.actor, int(pk), data, revision=given.revision_seen)
        return Response(self._shown(supplier))

    @extend_schema(
        summary="Change some fields of a supplier",
        request=SupplierInputSerializer(partial=True),
        responses={200: SupplierSerializer, **refusals(400, 403, 404, 409)},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        current = supplier_for(self.actor, int(pk))
        given = _valid(request, partial=True)
        # The rest comes from the record as it was read: a change made meanwhile is not lost.
        revision = given.revision_seen or current.revision
        data = given.to_input(seen_by(self.actor, current))
        changed = update_supplier(self.actor, int(pk), data, revision=revision)
        return Response(self._shown(changed))

    @extend_schema(
        summary="Delete a supplier without declarations",
        responses={204: None, **refusals(403, 404, 409)},
    )
    def destroy(self, request: Request, pk: str) -> Response:
        delete_supplier(self.actor, int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _valid(request: Request, **options: Any) -> SupplierInputSerializer:
    serializer = SupplierInputSerializer(data=request.data, **options)
    serializer.is_valid(raise_exception=True)
    return serializer
