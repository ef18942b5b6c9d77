"""Files of a self-assessment: evidence of answers, and the form as a workbook."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.utils.translation import ngettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.errors import error_body
from core.api.schema import refusals
from core.downloads import attachment
from suppliers.api.evidence import EvidenceSerializer
from suppliers.api.requests import actor_of, valid
from suppliers.policies import assessments as policies
from suppliers.selectors.assessments import assessment_for
from suppliers.services.assessment_answers import attach_evidence, remove_evidence
from suppliers.services.assessment_workbook import (
    SheetProblem,
    form_name,
    read_workbook,
    write_workbook,
)


class EvidenceInputSerializer(serializers.Serializer[Any]):
    evidence = serializers.FileField(
        allow_empty_file=True,
        max_length=255,
        help_text="PDF, picture or Office document, up to 20 MB.",
    )


class FormFileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(
        allow_empty_file=True, max_length=255, help_text="The workbook as downloaded, filled in."
    )


class SavedAnswersSerializer(serializers.Serializer[Any]):
    saved = serializers.IntegerField(help_text="How many answers differ from what was stored.")


def _require_own(actor: User, assessment_id: int) -> None:
    """Whoever may not answer learns that before anything about the file."""
    assessment_for(actor, assessment_id)
    policies.require_answer_assessments(actor)


class AnswerEvidenceView(APIView):
    token_scope = "assessments"
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="Add a file that proves an answer",
        request={"multipart/form-data": EvidenceInputSerializer},
        responses={201: EvidenceSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, assessment_id: int, code: str) -> Response:
        actor = actor_of(request)
        _require_own(actor, assessment_id)
        given = valid(EvidenceInputSerializer(data=request.data)).validated_data
        stored = attach_evidence(actor, assessment_id, code, given["evidence"])
        return Response(EvidenceSerializer(stored).data, status=status.HTTP_201_CREATED)


class AnswerEvidenceFileView(APIView):
    token_scope = "assessments"

    @extend_schema(
        summary="Take a file of an open form back",
        responses={204: None, **refusals(403, 404, 409)},
    )
    def delete(self, request: Request, assessment_id: int, evidence_id: int) -> Response:
        remove_evidence(actor_of(request), assessment_id, evidence_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AssessmentWorkbookView(APIView):
    """For the supplier's own people."""

    token_scope = "assessments"
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="The form as a workbook with the answers so far",
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            **refusals(403, 404),
        },
    )
    def get(self, request: Request, assessment_id: int) -> FileResponse:
        actor = actor_of(request)
        _require_own(actor, assessment_id)
        target = TemporaryFile()  # noqa: SIM115 - closed by the response when it has been sent
        assessment = write_workbook(actor, assessment_id, target)
        target.seek(0)
        return attachment(target, form_name(assessment), "xlsx")

    @extend_schema(
        summary="Hand the filled workbook back",
        description="Every answer is stored, or none: then `form_has_problems` names each cell in "
        "`fields` with what to do. Empty cells leave what is stored.",
        request={"multipart/form-data": FormFileSerializer},
        responses={200: SavedAnswersSerializer, **refusals(400, 403, 404, 409)},
    )
    def post(self, request: Request, assessment_id: int) -> Response:
        actor = actor_of(request)
        _require_own(actor, assessment_id)
        file = valid(FormFileSerializer(data=request.data)).validated_data["file"]
        path = Path(file.temporary_file_path())
        result = read_workbook(actor, assessment_id, path, file.name or "")
        if result.problems:
            return Response(_refused(result.problems), status=status.HTTP_400_BAD_REQUEST)
        return Response({"saved": result.saved})


def _refused(problems: list[SheetProblem]) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for one in problems:
        fields.setdefault(f"{one.column}{one.row}", []).append(one.message)
    words = ngettext(
        "%(count)s cell to correct; nothing was saved",
        "%(count)s cells to correct; nothing was saved",
        len(problems),
    )
    return error_body("form_has_problems", words % {"count": len(problems)}, fields)
