"""Documents, requests and signatures as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from suppliers.api.serializers import SupplierBriefSerializer
from suppliers.models import DocumentRequest, Signature
from suppliers.selectors.request_plan import RequestPlan
from suppliers.services.document_requests import MAX_SUPPLIERS, BulkRequestInput
from suppliers.services.paper_signatures import PaperInput
from suppliers.services.signing import SigningInput

MAX_KEY = 2**63 - 1


class DocumentRequestSerializer(serializers.ModelSerializer[DocumentRequest]):
    supplier = SupplierBriefSerializer(read_only=True)
    document = serializers.CharField(source="version.document.code", read_only=True)
    version_number = serializers.IntegerField(source="version.number", read_only=True)

    class Meta:
        model = DocumentRequest
        fields = [
            "id", "supplier", "document", "version", "version_number", "state", "due_on",
            "refusal", "requested_at", "closed_at", "reminders", "reminded_on",
        ]  # fmt: skip
        read_only_fields = fields


class SignatureSerializer(serializers.ModelSerializer[Signature]):
    """``company_name`` and ``company_code``: as the supplier was called when it signed. ``scan``:
    the key of the file on paper, for ``evidence/{id}/``; null online."""

    supplier = SupplierBriefSerializer(read_only=True)
    document = serializers.CharField(source="version.document.code", read_only=True)
    version_number = serializers.IntegerField(source="version.number", read_only=True)

    class Meta:
        model = Signature
        fields = [
            "id", "supplier", "document", "version", "version_number", "way", "state", "signed_on",
            "signed_at", "valid_until", "company_name", "company_code", "signer_name",
            "signer_title", "language", "document_sha256", "seal", "pdf_sha256", "scan",
            "check_note",
        ]  # fmt: skip
        read_only_fields = fields


def _keys(**options: Any) -> serializers.ListField:
    child = serializers.IntegerField(min_value=1, max_value=MAX_KEY)
    return serializers.ListField(child=child, allow_empty=False, **options)


class BulkRequestSerializer(serializers.Serializer[Any]):
    """Each supplier is asked for each document that it must sign and has not signed."""

    suppliers = _keys(max_length=MAX_SUPPLIERS + 1, help_text="Keys of suppliers.")
    documents = _keys(max_length=200, help_text="Keys of documents.")
    due_on = serializers.DateField()

    def to_input(self) -> BulkRequestInput:
        given = self.validated_data
        return BulkRequestInput(given["suppliers"], given["documents"], given["due_on"])


class AskedSerializer(serializers.Serializer[Any]):
    supplier = SupplierBriefSerializer()
    documents = serializers.ListField(child=serializers.CharField())


class SkippedSerializer(serializers.Serializer[Any]):
    """``reason``: not_required, signed, to_check, requested, overdue, no_version, left."""

    supplier = SupplierBriefSerializer()
    document = serializers.CharField()
    reason = serializers.CharField()


class BulkResultSerializer(serializers.Serializer[Any]):
    asked = AskedSerializer(many=True)
    skipped = SkippedSerializer(many=True)

    @staticmethod
    def rows_of(plan: RequestPlan) -> dict[str, Any]:
        return {
            "asked": [
                {
                    "supplier": one.supplier,
                    "documents": [version.document.code for version in one.versions],
                }
                for one in plan.asked
            ],
            "skipped": [
                {
                    "supplier": one.supplier,
                    "document": one.standing.document.code,
                    "reason": one.reason,
                }
                for one in plan.skipped
            ],
        }


class RefusalSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=4000, allow_blank=True)


class CheckSerializer(serializers.Serializer[Any]):
    """A scan that does not count needs a note."""

    valid = serializers.BooleanField()
    note = serializers.CharField(max_length=4000, allow_blank=True, default="")


class SignSerializer(serializers.Serializer[Any]):
    """What the form of the page takes; the service checks it."""

    version = serializers.IntegerField(min_value=1, max_value=MAX_KEY)
    signer_name = serializers.CharField(max_length=2000, allow_blank=True)
    signer_title = serializers.CharField(max_length=2000, allow_blank=True)
    confirmed = serializers.BooleanField(
        help_text="“I am authorised to sign for the company.” Must be true."
    )
    language = serializers.CharField(
        max_length=10, help_text="The language the text was read in: en or zh-hans."
    )

    def to_input(self) -> SigningInput:
        given = self.validated_data
        return SigningInput(
            version_id=given["version"],
            signer_name=given["signer_name"],
            signer_title=given["signer_title"],
            is_confirmed=given["confirmed"],
            language=given["language"],
        )


class PaperSerializer(serializers.Serializer[Any]):
    """A scan of a document that was signed on paper."""

    supplier = serializers.CharField(
        max_length=40,
        allow_blank=True,
        default="",
        help_text="The supplier's code; a contact may leave it out.",
    )
    version = serializers.IntegerField(min_value=1, max_value=MAX_KEY)
    signed_on = serializers.DateField(help_text="The day written on the paper.")
    signer_name = serializers.CharField(max_length=2000, allow_blank=True)
    signer_title = serializers.CharField(max_length=2000, allow_blank=True)
    evidence = serializers.FileField(
        allow_empty_file=True, max_length=255, help_text="PDF, PNG or JPEG, up to 20 MB."
    )

    def to_input(self) -> PaperInput:
        given = self.validated_data
        return PaperInput(
            version_id=given["version"],
            signed_on=given["signed_on"],
            signer_name=given["signer_name"],
            signer_title=given["signer_title"],
            upload=given["evidence"],
        )
