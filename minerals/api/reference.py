"""``/api/v1/reference-snapshots/``: installed templates and their look-up rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, serializers, status, viewsets
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.filters.declarations import ReferenceFilter
from minerals.models import ReferenceEntry, ReferenceSnapshot
from minerals.policies import declarations as policies
from minerals.selectors.snapshots import snapshot_for, snapshots_for
from minerals.services.templates import install_template


class SnapshotSerializer(serializers.ModelSerializer[ReferenceSnapshot]):
    sha256 = serializers.CharField(source="workbook.sha256")

    class Meta:
        model = ReferenceSnapshot
        fields = [
            "id",
            "family",
            "version",
            "file_name",
            "sha256",
            "installed_at",
            "row_count",
            "smelter_count",
            "is_demo",
        ]
        read_only_fields = fields


class EntrySerializer(serializers.ModelSerializer[ReferenceEntry]):
    class Meta:
        model = ReferenceEntry
        fields = [
            "row",
            "metal",
            "name",
            "standard_name",
            "country",
            "cid",
            "source",
            "city",
            "state",
        ]
        read_only_fields = fields


class InstallSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=255)


class InstalledSerializer(serializers.Serializer[Any]):
    """``created`` is false when the same file was installed before: nothing changed then."""

    created = serializers.BooleanField()
    snapshot = SnapshotSerializer()


@extend_schema_view(
    list=extend_schema(
        summary="Installed templates", responses={200: SnapshotSerializer, **refusals()}
    )
)
class SnapshotViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ReferenceSnapshot]):
    """Immutable snapshots, newest first; suppliers see those in force."""

    queryset = ReferenceSnapshot.objects.none()
    serializer_class = SnapshotSerializer
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[ReferenceSnapshot]:
        if getattr(self, "swagger_fake_view", False):
            return ReferenceSnapshot.objects.none()
        return snapshots_for(self.actor)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(
        summary="One installed template", responses={200: SnapshotSerializer, **refusals(404)}
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(SnapshotSerializer(snapshot_for(self.actor, int(pk))).data)

    @extend_schema(
        summary="Install an official template (administrators)",
        request={"multipart/form-data": InstallSerializer},
        responses={201: InstalledSerializer, 200: InstalledSerializer, **refusals(400, 403)},
    )
    def create(self, request: Request) -> Response:
        policies.require_install_templates(self.actor)
        wanted = InstallSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        file: TemporaryUploadedFile = wanted.validated_data["file"]
        done = install_template(self.actor, Path(file.temporary_file_path()), file.name or "")
        answer = InstalledSerializer({"created": done.created, "snapshot": done.snapshot}).data
        code = status.HTTP_201_CREATED if done.created else status.HTTP_200_OK
        return Response(answer, status=code)

    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()]


@extend_schema_view(
    get=extend_schema(
        summary="Look-up rows of a template",
        responses={200: EntrySerializer, **refusals(400, 403, 404)},
    )
)
class EntryListView(generics.ListAPIView[ReferenceEntry]):
    queryset = ReferenceEntry.objects.none()
    serializer_class = EntrySerializer
    filterset_class = ReferenceFilter

    def get_queryset(self) -> QuerySet[ReferenceEntry]:
        if getattr(self, "swagger_fake_view", False):
            return ReferenceEntry.objects.none()
        actor = cast(User, self.request.user)
        policies.require_view_reference_list(actor)
        return snapshot_for(actor, self.kwargs["snapshot_id"]).entries.all()
