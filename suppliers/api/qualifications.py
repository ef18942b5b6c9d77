"""Qualifications, limits and waivers by program."""

from __future__ import annotations

from typing import TypeVar, cast

from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from suppliers.api.lifecycle_serializers import (
    ApprovalSerializer,
    EndSerializer,
    QualificationInputSerializer,
    QualificationSerializer,
    RestrictionSerializer,
    WaiverInputSerializer,
    WaiverSerializer,
)
from suppliers.filters.lifecycle import QualificationFilter, RestrictionFilter, WaiverFilter
from suppliers.models import Qualification, Restriction, Waiver
from suppliers.models.belonging import BelongingQuerySet
from suppliers.policies import require_view_suppliers
from suppliers.selectors.suppliers import supplier_with_code
from suppliers.services.qualifications import end_qualification, request_qualification
from suppliers.services.waivers import end_waiver, request_waiver

Record = TypeVar("Record", bound=Model)


class OfSuppliersViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Record]):
    """Rows of suppliers the caller sees, for the company's own people."""

    token_scope = "lifecycle"
    lookup_value_regex = KEY_PATTERN
    related: tuple[str, ...] = ("supplier",)

    def get_queryset(self) -> QuerySet[Record]:
        none = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return none
        require_view_suppliers(self.actor)
        every = cast("BelongingQuerySet[Record]", none.model._default_manager.all())
        return every.visible_to(self.actor).select_related(*self.related).order_by()

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)


@extend_schema_view(
    list=extend_schema(
        summary="Qualifications per supplier, category and site",
        responses={200: QualificationSerializer, **refusals(400, 403)},
    )
)
class QualificationViewSet(OfSuppliersViewSet[Qualification]):
    queryset = Qualification.objects.none()
    serializer_class = QualificationSerializer
    filterset_class = QualificationFilter
    related = ("supplier", "category", "site")

    @extend_schema(
        summary="Ask for an additional category or site, or a renewal",
        request=QualificationInputSerializer,
        responses={201: ApprovalSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        wanted = QualificationInputSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        supplier = supplier_with_code(self.actor, wanted.validated_data["supplier"])
        approval = request_qualification(self.actor, supplier.pk, wanted.to_input())
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Withdraw an approved qualification",
        request=EndSerializer,
        responses={200: QualificationSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        wanted = EndSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        row = end_qualification(self.actor, int(pk), wanted.to_input())
        return Response(QualificationSerializer(row).data)


@extend_schema_view(
    list=extend_schema(
        summary="Limits of cooperation",
        responses={200: RestrictionSerializer, **refusals(400, 403)},
    )
)
class RestrictionViewSet(OfSuppliersViewSet[Restriction]):
    """They begin and end by the steps ``restrict`` and ``lift`` of the lifecycle."""

    queryset = Restriction.objects.none()
    serializer_class = RestrictionSerializer
    filterset_class = RestrictionFilter


@extend_schema_view(
    list=extend_schema(summary="Waivers", responses={200: WaiverSerializer, **refusals(400, 403)})
)
class WaiverViewSet(OfSuppliersViewSet[Waiver]):
    queryset = Waiver.objects.none()
    serializer_class = WaiverSerializer
    filterset_class = WaiverFilter
    related = ("supplier", "category")

    @extend_schema(
        summary="Ask for a waiver",
        request=WaiverInputSerializer,
        responses={201: ApprovalSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        wanted = WaiverInputSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        supplier = supplier_with_code(self.actor, wanted.validated_data["supplier"])
        approval = request_waiver(self.actor, supplier.pk, wanted.to_input())
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="End a waiver today",
        request=None,
        responses={200: WaiverSerializer, **refusals(403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return Response(WaiverSerializer(end_waiver(self.actor, int(pk))).data)
