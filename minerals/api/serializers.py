"""Declarations and what was found in them, as JSON. Texts are in the language asked for."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from minerals.models import (
    AnswerLine,
    Declaration,
    Finding,
    MineLine,
    ProductLine,
    SmelterLine,
)
from minerals.policies.declarations import can_decide_matches
from minerals.selectors.declarations import finding_counts
from minerals.selectors.review import key_of
from minerals.selectors.texts import error_text, text_of_row
from minerals.selectors.verdict_words import verdict_words
from suppliers.api.serializers import SupplierBriefSerializer


class ProblemSerializer(serializers.Serializer[Any]):
    """Why a file was not let in or could not be read."""

    code = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField()


class DeclarationSerializer(serializers.ModelSerializer[Declaration]):
    """One row of the list."""

    supplier = SupplierBriefSerializer(allow_null=True)
    error = serializers.SerializerMethodField()

    class Meta:
        model = Declaration
        fields = [
            "id",
            "supplier",
            "file_name",
            "source",
            "received_at",
            "judged_at",
            "status",
            "verdict",
            "error",
            "family",
            "version",
            "language",
            "cached_values",
            "company_name",
            "scope",
            "contact_email",
            "effective_on",
            "required_remaining",
            "error_count",
            "warning_count",
            "info_count",
            "smelter_count",
            "waiting_count",
            "product_count",
            "mine_count",
            "superseded_by",
            "review",
            "reviewed_at",
            "review_note",
        ]
        read_only_fields = fields

    @extend_schema_field(ProblemSerializer(allow_null=True))
    def get_error(self, declaration: Declaration) -> dict[str, Any] | None:
        text = error_text(declaration)
        if text is None:
            return None
        code = declaration.error["code"]
        return {"code": code, "message": text.message, "remedy": text.remedy}


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """``key`` names the finding in decisions about it."""

    key = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    remedy = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = ["key", "code", "severity", "cell", "is_new", "title", "message", "why", "remedy"]
        read_only_fields = fields

    def get_key(self, finding: Finding) -> str:
        return key_of(finding)

    def get_title(self, finding: Finding) -> str:
        return text_of_row(finding).title

    def get_message(self, finding: Finding) -> str:
        return text_of_row(finding).message

    def get_why(self, finding: Finding) -> str:
        return text_of_row(finding).why

    def get_remedy(self, finding: Finding) -> str:
        return text_of_row(finding).remedy


class OpenItemSerializer(FindingSerializer):
    """An open row of the official Checker; ``counted`` as the official total counts it."""

    class Meta(FindingSerializer.Meta):
        fields = ["checker_row", "counted", *FindingSerializer.Meta.fields]
        read_only_fields = fields


class AnswerSerializer(serializers.ModelSerializer[AnswerLine]):
    class Meta:
        model = AnswerLine
        fields = ["question", "mineral", "value", "comment", "cell"]
        read_only_fields = fields


class SuggestionSerializer(serializers.Serializer[Any]):
    cid = serializers.CharField()
    standard_name = serializers.CharField()
    country = serializers.CharField()
    score = serializers.FloatField(help_text="0 to 1")


class SmelterRowSerializer(serializers.ModelSerializer[SmelterLine]):
    """``cid``, ``standard_name``, ``country``: the template's own answer; ``matched_cid`` ours."""

    suggestions = SuggestionSerializer(many=True)

    class Meta:
        model = SmelterLine
        fields = [
            "id",
            "row",
            "metal",
            "cid_input",
            "lookup",
            "typed_name",
            "cid",
            "standard_name",
            "country",
            "city",
            "state",
            "match",
            "matched_cid",
            "decision",
            "suggestions",
            "link",
            "link_at",
        ]
        read_only_fields = fields

    def to_representation(self, instance: SmelterLine) -> dict[str, Any]:
        """As on the page, what waits for our own people is not the supplier's business."""
        answer = super().to_representation(instance)
        request = self.context.get("request")
        if request is not None and not request.user.is_internal:
            answer |= {"suggestions": [], "decision": None, "link": "", "link_at": None}
        return answer


class ProductSerializer(serializers.ModelSerializer[ProductLine]):
    class Meta:
        model = ProductLine
        fields = ["row", "number", "name", "requester_number", "requester_name", "comments"]
        read_only_fields = fields


class MineSerializer(serializers.ModelSerializer[MineLine]):
    class Meta:
        model = MineLine
        fields = ["row", "metal", "smelter", "name", "mine_id", "country", "city", "state"]
        read_only_fields = fields


class VerdictSerializer(serializers.Serializer[Any]):
    headline = serializers.CharField()
    next = serializers.CharField()


class DeclarationDetailSerializer(DeclarationSerializer):
    """Everything the page shows."""

    sha256 = serializers.CharField(source="workbook.sha256")
    size = serializers.IntegerField(source="workbook.size")
    macros_removed = serializers.BooleanField(source="workbook.macros_removed")
    verdict_text = serializers.SerializerMethodField()
    open_items = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    company_answers = serializers.SerializerMethodField()
    smelters = SmelterRowSerializer(many=True)
    products = ProductSerializer(many=True)
    mines = MineSerializer(many=True)

    class Meta(DeclarationSerializer.Meta):
        fields = [
            *DeclarationSerializer.Meta.fields,
            "sha256",
            "size",
            "macros_removed",
            "verdict_text",
            "open_items",
            "findings",
            "answers",
            "company_answers",
            "smelters",
            "products",
            "mines",
        ]
        read_only_fields = fields

    @extend_schema_field(VerdictSerializer)
    def get_verdict_text(self, declaration: Declaration) -> dict[str, str]:
        actor = cast(User, self.context["request"].user)
        words = verdict_words(
            declaration,
            finding_counts(declaration),
            internal=actor.is_internal,
            decides=can_decide_matches(actor),
        )
        return {"headline": words.headline, "next": words.next}

    @extend_schema_field(OpenItemSerializer(many=True))
    def get_open_items(self, declaration: Declaration) -> Any:
        rows = declaration.findings.filter(checker_row__isnull=False)
        return OpenItemSerializer(rows, many=True).data

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, declaration: Declaration) -> Any:
        return FindingSerializer(declaration.findings.filter(checker_row=None), many=True).data

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, declaration: Declaration) -> Any:
        return AnswerSerializer(declaration.answers.exclude(mineral=""), many=True).data

    @extend_schema_field(AnswerSerializer(many=True))
    def get_company_answers(self, declaration: Declaration) -> Any:
        return AnswerSerializer(declaration.answers.filter(mineral=""), many=True).data
