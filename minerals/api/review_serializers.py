"""Reviews, decisions about findings and questions to suppliers, as JSON."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from minerals.enums import FindingDecisionKind, ProductLink
from minerals.models import Clarification, ClarificationItem, Declaration, FindingDecision
from minerals.rules.review_steps import STEPS
from minerals.selectors.review import tally_of
from minerals.selectors.texts import text_of
from minerals.services.batch_review import AT_MOST
from suppliers.api.serializers import SupplierBriefSerializer

BUTTONS = [step.code for step in STEPS.values() if not step.own_page]


class StepInputSerializer(serializers.Serializer[Any]):
    """``reason`` is needed for ``reject`` (the supplier reads it) and ``reopen``."""

    step = serializers.ChoiceField(choices=BUTTONS)
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class TallySerializer(serializers.Serializer[Any]):
    open_errors = serializers.IntegerField()
    open_warnings = serializers.IntegerField()
    waived = serializers.IntegerField()
    outcome = serializers.CharField(
        help_text="What accepting leads to; empty while errors are open"
    )


class ReviewSerializer(serializers.ModelSerializer[Declaration]):
    """Where the review of a declaration stands."""

    reviewer = serializers.CharField(source="reviewer.name", default="")
    tally = serializers.SerializerMethodField()

    class Meta:
        model = Declaration
        fields = ["id", "status", "review", "reviewer", "reviewed_at", "review_note", "tally"]
        read_only_fields = fields

    @extend_schema_field(TallySerializer)
    def get_tally(self, declaration: Declaration) -> Any:
        return TallySerializer(tally_of(declaration)).data


class FindingDecisionSerializer(serializers.ModelSerializer[FindingDecision]):
    """``undone_at`` is null while the decision is in force."""

    decided_by = serializers.CharField(source="decided_by.name")

    class Meta:
        model = FindingDecision
        fields = [
            "id",
            "declaration",
            "finding_key",
            "code",
            "cell",
            "kind",
            "reason",
            "decided_by",
            "decided_at",
            "undone_at",
        ]
        read_only_fields = fields


class DecideFindingsSerializer(serializers.Serializer[Any]):
    """``findings``: keys as given with each finding of the declaration."""

    findings = serializers.ListField(
        child=serializers.CharField(max_length=64), allow_empty=False, max_length=5000
    )
    kind = serializers.ChoiceField(choices=FindingDecisionKind.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class AskSerializer(serializers.Serializer[Any]):
    """``questions``: own words by the key of the finding. Everything noted to be asked is sent."""

    due_on = serializers.DateField(required=False, help_text="Ten working days from today if empty")
    owner = serializers.IntegerField(required=False, allow_null=True, default=None)
    message = serializers.CharField(required=False, allow_blank=True, default="")
    questions = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, default=dict
    )


class ClarificationQuestionSerializer(serializers.ModelSerializer[ClarificationItem]):
    message = serializers.SerializerMethodField()
    remedy = serializers.SerializerMethodField()

    class Meta:
        model = ClarificationItem
        fields = [
            "position", "finding_key", "code", "cell", "message", "remedy", "question", "answer"
        ]  # fmt: skip
        read_only_fields = fields

    def get_message(self, item: ClarificationItem) -> str:
        return text_of(item.code, item.params).message

    def get_remedy(self, item: ClarificationItem) -> str:
        return text_of(item.code, item.params).remedy


class ClarificationSerializer(serializers.ModelSerializer[Clarification]):
    """A supplier's contact does not read who of us waits for the answer."""

    supplier = SupplierBriefSerializer()
    owner = serializers.CharField(source="owner.name")
    answered_by = serializers.CharField(source="answered_by.name", default="")

    class Meta:
        model = Clarification
        fields = [
            "id",
            "supplier",
            "declaration",
            "state",
            "owner",
            "due_on",
            "message",
            "asked_at",
            "answered_at",
            "answered_by",
            "answered_with",
            "closed_at",
        ]
        read_only_fields = fields

    def to_representation(self, instance: Clarification) -> dict[str, Any]:
        answer = super().to_representation(instance)
        actor = cast(User, self.context["request"].user)
        return answer if actor.is_internal else answer | {"owner": ""}


class ClarificationDetailSerializer(ClarificationSerializer):
    items = ClarificationQuestionSerializer(many=True)

    class Meta(ClarificationSerializer.Meta):
        fields = [*ClarificationSerializer.Meta.fields, "items"]
        read_only_fields = fields


class AnswerSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=1)
    answer = serializers.CharField(allow_blank=True)


class AnswersInputSerializer(serializers.Serializer[Any]):
    """``is_final`` false keeps the answers without sending them."""

    answers = AnswerSerializer(many=True)
    is_final = serializers.BooleanField(default=True)


class AcceptManySerializer(serializers.Serializer[Any]):
    declarations = serializers.ListField(
        child=serializers.IntegerField(), allow_empty=False, max_length=AT_MOST
    )


class ReviewSkippedSerializer(serializers.Serializer[Any]):
    declaration = serializers.IntegerField(source="declaration.pk")
    reason = serializers.CharField(source="skip")


class AcceptedManySerializer(serializers.Serializer[Any]):
    accepted = serializers.ListField(child=serializers.IntegerField())
    skipped = ReviewSkippedSerializer(many=True)


class ProductLinkSerializer(serializers.Serializer[Any]):
    """Empty takes back what was said."""

    link = serializers.ChoiceField(choices=ProductLink.choices, allow_blank=True)
