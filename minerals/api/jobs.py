"""Background jobs and uploads: how far they are."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from core.models import Job
from minerals.api.serializers import ProblemSerializer
from minerals.models import Declaration
from minerals.selectors.batches import upload_batch
from minerals.selectors.jobs import job_for
from minerals.selectors.texts import job_problem


class JobSerializer(serializers.ModelSerializer[Job]):
    """``percent`` 0 to 100; ``declaration`` is what it works on, null for a refused file."""

    open = serializers.BooleanField(help_text="Ask again later while this is true.")
    percent = serializers.IntegerField()
    stage = serializers.SerializerMethodField()
    declaration = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "title",
            "state",
            "open",
            "percent",
            "stage",
            "batch",
            "declaration",
            "error",
            "created_at",
            "started_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_stage(self, job: Job) -> str:
        return gettext(job.stage) if job.stage else ""

    def get_declaration(self, job: Job) -> int | None:
        return int(job.subject_id) if job.subject_type == Declaration._meta.label_lower else None

    @extend_schema_field(ProblemSerializer(allow_null=True))
    def get_error(self, job: Job) -> dict[str, Any] | None:
        return problem_of(job)


def problem_of(job: Job) -> dict[str, Any] | None:
    """Code, message and remedy of a failed job; None for any other."""
    text = job_problem(job)
    if text is None:
        return None
    return {"code": job.error["code"], "message": text.message, "remedy": text.remedy}


class BatchFileSerializer(serializers.Serializer[Any]):
    """``known``: the same bytes were there already and are that declaration."""

    name = serializers.CharField()
    accepted = serializers.BooleanField()
    known = serializers.BooleanField()
    declaration = serializers.IntegerField(allow_null=True)
    job = serializers.UUIDField()
    state = serializers.CharField()
    percent = serializers.IntegerField()
    error = ProblemSerializer(allow_null=True)


class BatchSerializer(serializers.Serializer[Any]):
    batch = serializers.UUIDField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    files = BatchFileSerializer(many=True)


def batch_answer(actor: User, batch: UUID) -> dict[str, Any]:
    """NotFound for an upload the actor may not see."""
    upload = upload_batch(actor, batch)
    return {
        "batch": str(batch),
        "total": upload.total,
        "done": upload.done,
        "files": [_file(card.job, card.declaration, known=card.known) for card in upload.cards],
    }


def _file(job: Job, declaration: Declaration | None, *, known: bool) -> dict[str, Any]:
    return {
        "name": job.title,
        "accepted": bool(job.subject_id),
        "known": known,
        "declaration": declaration.pk if declaration else None,
        "job": str(job.pk),
        "state": job.state,
        "percent": job.percent,
        "error": problem_of(job),
    }


class JobView(APIView):
    @extend_schema(
        summary="Progress of a background job", responses={200: JobSerializer, **refusals(404)}
    )
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(JobSerializer(job_for(cast(User, request.user), job_id)).data)


class BatchView(APIView):
    @extend_schema(
        summary="Progress of the files of one upload",
        responses={200: BatchSerializer, **refusals(404)},
    )
    def get(self, request: Request, batch: UUID) -> Response:
        return Response(batch_answer(cast(User, request.user), batch))
