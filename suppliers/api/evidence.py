"""``/api/v1/evidence/``: files that prove something, to whoever may see them."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from core.downloads import attachment
from suppliers.selectors.evidence import evidence_for


class EvidenceView(APIView):
    @extend_schema(
        summary="A file as it was handed in: a scan, a certificate, an audit report",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **refusals(404)},
    )
    def get(self, request: Request, evidence_id: int) -> FileResponse:
        found = evidence_for(cast(User, request.user), evidence_id)
        return attachment(found.content.open("rb"), found.name, found.kind)
