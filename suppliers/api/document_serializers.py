"""Documents, their versions, and where they stand for suppliers, as JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from rest_framework import serializers

from suppliers.enums import ChangeKind, SupplierKind
from suppliers.models import DocumentType, DocumentVersion, Supplier
from suppliers.rules.documents import STATES
from suppliers.selectors.commitments import Standing
from suppliers.services.document_types import DocumentTypeInput
from suppliers.services.document_versions import VersionInput

TYPE_FIELDS = tuple(field.name for field in fields(DocumentTypeInput))
VERSION_FIELDS = [
    "id", "number", "change", "note", "text_en", "text_zh", "sha256", "published_at",
]  # fmt: skip


class DocumentVersionSerializer(serializers.ModelSerializer[DocumentVersion]):
    """One clause a line; a line that begins with ``#`` is a heading. ``published_at`` is null for
    a draft, which only our own people see."""

    class Meta:
        model = DocumentVersion
        fields = VERSION_FIELDS
        read_only_fields = fields


class VersionSerializer(DocumentVersionSerializer):
    """``document``: its code."""

    document = serializers.CharField(source="document.code", read_only=True)

    class Meta(DocumentVersionSerializer.Meta):
        fields = ["document", *VERSION_FIELDS]
        read_only_fields = fields


class DocumentTypeSerializer(serializers.ModelSerializer[DocumentType]):
    """``kinds``: codes of the kinds of suppliers that sign it; ``versions``: newest first."""

    kinds = serializers.ListField(child=serializers.CharField(), read_only=True)
    versions = DocumentVersionSerializer(many=True, read_only=True)

    class Meta:
        model = DocumentType
        fields = [
            "id", "code", "name", "local_name", "kinds", "minerals_only", "at_certification",
            "validity_months", "order", "is_active", "versions",
        ]  # fmt: skip
        read_only_fields = fields


class DocumentInputSerializer(serializers.Serializer[Any]):
    """``code`` is given once: a change leaves it out."""

    code = serializers.CharField(
        max_length=40, help_text="Small letters, digits and dashes: safety-letter."
    )
    name = serializers.CharField(max_length=160)
    local_name = serializers.CharField(max_length=160, allow_blank=True, default="")
    kinds = serializers.ListField(
        child=serializers.CharField(max_length=40),
        max_length=20,
        help_text="Who signs it: " + ", ".join(SupplierKind.values),
    )
    minerals_only = serializers.BooleanField(default=False)
    at_certification = serializers.BooleanField(default=False)
    validity_months = serializers.IntegerField(
        min_value=0,
        max_value=1000,
        allow_null=True,
        default=None,
        help_text="null: until a material new version.",
    )
    order = serializers.IntegerField(min_value=0, max_value=10_000, default=100)
    is_active = serializers.BooleanField(default=True)

    def to_input(self, current: DocumentType | None = None) -> DocumentTypeInput:
        """For a partial change the rest comes from ``current``."""
        known = {name: getattr(current, name) for name in TYPE_FIELDS} if current else {}
        return DocumentTypeInput(**{**known, **self.validated_data})


class VersionInputSerializer(serializers.Serializer[Any]):
    """A draft: one clause a line in both languages."""

    change = serializers.CharField(
        max_length=20,
        allow_blank=True,
        default="",
        help_text=f"{ChangeKind.COSMETIC} asks nobody again, {ChangeKind.MATERIAL} asks the "
        "earlier signers. The first version of a document needs none.",
    )
    text_en = serializers.CharField(allow_blank=True)
    text_zh = serializers.CharField(allow_blank=True)
    note = serializers.CharField(
        max_length=500, allow_blank=True, default="", help_text="What changed, for the signers."
    )

    def to_input(self) -> VersionInput:
        return VersionInput(**self.validated_data)


class PublishSerializer(serializers.Serializer[Any]):
    due_on = serializers.DateField(
        allow_null=True,
        default=None,
        help_text="Until when earlier signers are asked to sign again; null: in 30 days.",
    )


class PublishedSerializer(serializers.Serializer[Any]):
    """``asked``: suppliers who are asked to sign again; ``moved``: open requests of an older
    version that now ask for this one."""

    version = VersionSerializer()
    asked = serializers.IntegerField()
    moved = serializers.IntegerField()


class StandingSerializer(serializers.Serializer[Standing]):
    """``version``: the one to sign, null while none is published; ``signature``: the one that
    counts, or the newest one; ``request``: the open one, or the newest refused one."""

    document = serializers.CharField(source="document.code")
    state = serializers.CharField(help_text=", ".join(STATES))
    required = serializers.BooleanField(  # type: ignore[assignment]  # a field of that name
        help_text="The supplier must sign it."
    )
    version = serializers.IntegerField(source="version.pk", default=None)
    signature = serializers.IntegerField(source="signature.pk", default=None)
    signed_version = serializers.IntegerField(source="signature.version_id", default=None)
    signed_on = serializers.DateField(source="signature.signed_on", default=None)
    valid_until = serializers.DateField(source="signature.valid_until", default=None)
    request = serializers.IntegerField(source="request.pk", default=None)
    due_on = serializers.DateField()


class MatrixRowSerializer(serializers.Serializer[Any]):
    """``country``: ISO 3166, empty when not known; ``documents``: in their order."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    local_name = serializers.CharField()
    kind = serializers.CharField()
    country = serializers.CharField()
    status = serializers.CharField()
    documents = StandingSerializer(many=True)

    @staticmethod
    def row_of(supplier: Supplier, standings: list[Standing]) -> dict[str, Any]:
        return {
            "id": supplier.pk,
            "code": supplier.code,
            "name": supplier.name,
            "local_name": supplier.local_name,
            "kind": supplier.kind,
            "country": str(supplier.country or ""),
            "status": supplier.status,
            "documents": standings,
        }
