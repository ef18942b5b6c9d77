"""Merging by program: every app moves what it keeps of the duplicate."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from portal.services.merging import merge
from suppliers.api.serializers import SupplierSerializer
from suppliers.policies import require_merge_suppliers
from suppliers.selectors.links import seen_by
from suppliers.selectors.suppliers import supplier_with_code


class MergeSerializer(serializers.Serializer[Any]):
    duplicate = serializers.CharField(
        max_length=40, help_text="Code of the record that goes into this one."
    )
    confirmed = serializers.BooleanField(
        default=False,
        help_text="True to merge records that differ in status, limitations or history "
        "(`merge_needs_confirmation`).",
    )


class MergeView(APIView):
    token_scope = "suppliers"

    @extend_schema(
        summary="Merge a duplicate into this supplier",
        description="Its people, sites, spend, signatures, declarations and open requests come "
        "along. A merge cannot be undone.",
        request=MergeSerializer,
        responses={200: SupplierSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, supplier_id: int) -> Response:
        actor = cast(User, request.user)
        require_merge_suppliers(actor)
        wanted = MergeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        drop = supplier_with_code(actor, wanted.validated_data["duplicate"])
        confirmed = wanted.validated_data["confirmed"]
        keep = merge(actor, supplier_id, drop.pk, confirmed=confirmed)
        known = seen_by(actor, keep)
        return Response(SupplierSerializer(known, context={"request": request}).data)
