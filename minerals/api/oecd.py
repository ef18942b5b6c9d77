"""``/api/v1/oecd/``: evidence of the five steps, and suppliers removed after a mitigation."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.schema import refusals
from minerals.api.mitigation_serializers import OecdStepSerializer, RemovalSerializer
from minerals.policies.mitigation import require_view_all_mitigations
from minerals.selectors.oecd_company import evidence_of_company
from minerals.selectors.oecd_supplier import evidence_of_supplier
from minerals.selectors.oecd_words import steps_in_words
from minerals.selectors.removals import removal_counts
from suppliers.api.requests import actor_of
from suppliers.selectors.suppliers import supplier_for

STEPS = OecdStepSerializer(many=True)


class OecdCompanyView(APIView):
    @extend_schema(
        operation_id="oecd_company",
        summary="Evidence of the five OECD steps, over all suppliers the caller may see",
        responses={200: STEPS, **refusals(403)},
    )
    def get(self, request: Request) -> Response:
        require_view_all_mitigations(actor_of(request))
        steps = steps_in_words(evidence_of_company(actor_of(request)))
        return Response(OecdStepSerializer(steps, many=True).data)


class OecdSupplierView(APIView):
    @extend_schema(
        operation_id="oecd_supplier",
        summary="Evidence of the five OECD steps for one supplier",
        responses={200: STEPS, **refusals(403, 404)},
    )
    def get(self, request: Request, supplier_id: int) -> Response:
        actor = actor_of(request)
        require_view_all_mitigations(actor)
        steps = steps_in_words(evidence_of_supplier(actor, supplier_for(actor, supplier_id)))
        return Response(OecdStepSerializer(steps, many=True).data)


class RemovalsView(APIView):
    @extend_schema(
        summary="Suppliers removed after a mitigation, by year and reason",
        responses={200: RemovalSerializer(many=True), **refusals(403)},
    )
    def get(self, request: Request) -> Response:
        require_view_all_mitigations(actor_of(request))
        return Response(RemovalSerializer(removal_counts(actor_of(request)), many=True).data)
