"""``/api/v1/evidence/``: files that prove something, to whoever may see them."""

from __future__ import annotations

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.schema import refusals
from core.downloads import attachment
from suppliers.api.requests import actor_of
from suppliers.models import EvidenceFile
from suppliers.selectors.evidence import evidence_for


class EvidenceSerializer(serializers.ModelSerializer[EvidenceFile]):
    """The file itself is at ``evidence/{id}/``."""

    class Meta:
        model = EvidenceFile
        fields = ["id", "name", "kind", "size", "sha256", "uploaded_at"]
        read_only_fields = fields


class EvidenceView(APIView):
    @extend_schema(
        summary="A file as it was handed in: a scan, a certificate, an audit report",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **refusals(404)},
    )
    def get(self, request: Request, evidence_id: int) -> FileResponse:
        found = evidence_for(actor_of(request), evidence_id)
        return attachment(found.content.open("rb"), found.name, found.kind)
