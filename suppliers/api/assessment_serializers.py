"""Self-assessments, questionnaires and ratings as JSON."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from suppliers.api.evidence import EvidenceSerializer
from suppliers.api.serializers import SupplierBriefSerializer
from suppliers.enums import AnswerKind, AssessmentState, GradedAnswer, RatingPartKind
from suppliers.models import Assessment, AssessmentAnswer, Question, Questionnaire, RatingPart
from suppliers.services.assessment_answers import AnswerInput, version_of
from suppliers.services.assessment_review import ReviewInput
from suppliers.services.ratings import RatingPartInput


def words(choices: type[TextChoices]) -> str:
    """The codes of an enumeration for the documentation."""
    return ", ".join(choices.values)


class QuestionSerializer(serializers.ModelSerializer[Question]):
    kind = serializers.CharField(read_only=True, help_text=f"One of {words(AnswerKind)}.")

    class Meta:
        model = Question
        fields = [
            "code", "area", "text_en", "text_zh", "help_en", "help_zh", "kind", "weight",
            "is_key", "asks_evidence",
        ]  # fmt: skip
        read_only_fields = fields


class QuestionnaireSerializer(serializers.ModelSerializer[Questionnaire]):
    questions = QuestionSerializer(many=True, read_only=True)

    class Meta:
        model = Questionnaire
        fields = [
            "id", "code", "title", "local_title", "published_at", "valid_months", "questions",
        ]  # fmt: skip
        read_only_fields = fields


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """``score`` and ``area_scores`` are null until they may be seen: by the company once handed
    in, by the supplier once accepted."""

    supplier = SupplierBriefSerializer(read_only=True)
    questionnaire = serializers.CharField(source="questionnaire.code", read_only=True)
    state = serializers.CharField(read_only=True, help_text=f"One of {words(AssessmentState)}.")
    score = serializers.SerializerMethodField()
    area_scores = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = [
            "id", "supplier", "questionnaire", "state", "due_on", "requested_at", "submitted_at",
            "reviewed_at", "review_note", "score", "area_scores", "revision",
        ]  # fmt: skip
        read_only_fields = fields

    def _shown(self, assessment: Assessment) -> bool:
        shows = self.context.get("shows_score")
        return bool(shows and shows(assessment))

    def get_score(self, assessment: Assessment) -> float | None:
        shown = self._shown(assessment) and assessment.score is not None
        return float(assessment.score) if shown and assessment.score is not None else None

    def get_area_scores(self, assessment: Assessment) -> dict[str, float | None] | None:
        return assessment.area_scores if self._shown(assessment) else None


class AnswerSerializer(serializers.ModelSerializer[AssessmentAnswer]):
    """``seen`` names this state of the answer: send it back with a change. ``evidence``: files
    that prove it."""

    code = serializers.CharField(source="question.code", read_only=True)
    seen = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()

    class Meta:
        model = AssessmentAnswer
        fields = [
            "code", "grade", "text", "comment", "is_confirmed", "review_note", "seen", "evidence",
        ]  # fmt: skip
        read_only_fields = fields

    def get_seen(self, answer: AssessmentAnswer) -> str:
        return version_of(answer)

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, answer: AssessmentAnswer) -> Any:
        files = self.context["files"].get(answer.question_id, [])
        return EvidenceSerializer(files, many=True).data


class AssessmentDetailSerializer(AssessmentSerializer):
    """``answers``: null for the company's people until the supplier has handed them in."""

    answers = serializers.SerializerMethodField()

    class Meta(AssessmentSerializer.Meta):
        fields = [*AssessmentSerializer.Meta.fields, "answers"]
        read_only_fields = fields

    def get_answers(self, assessment: Assessment) -> list[dict[str, Any]] | None:
        answers = self.context.get("answers")
        if answers is None:
            return None
        return list(AnswerSerializer(answers, many=True, context=self.context).data)


class AnswerInputSerializer(serializers.Serializer[Any]):
    """The service checks it, as it does for the page and the workbook."""

    code = serializers.CharField(max_length=12)
    grade = serializers.CharField(
        allow_blank=True, default="", help_text=f"One of {words(GradedAnswer)}."
    )
    text = serializers.CharField(allow_blank=True, default="")
    comment = serializers.CharField(allow_blank=True, default="")
    seen = serializers.CharField(
        allow_blank=True, default="", help_text="As read; empty for a question that was open."
    )
    confirms = serializers.BooleanField(
        default=False, help_text="An answer copied from last year still holds."
    )


class AnswersInputSerializer(serializers.Serializer[Any]):
    answers = AnswerInputSerializer(many=True, allow_empty=False)

    def to_inputs(self) -> list[AnswerInput]:
        return [AnswerInput(**line) for line in self.validated_data["answers"]]


class RequestInputSerializer(serializers.Serializer[Any]):
    suppliers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10**18),
        allow_empty=False,
        max_length=1000,
        help_text="Keys of suppliers.",
    )
    due_on = serializers.DateField()


class SkippedRecipientSerializer(serializers.Serializer[Any]):
    supplier = serializers.IntegerField(source="supplier.pk")
    why = serializers.CharField(source="skip")


class RequestResultSerializer(serializers.Serializer[Any]):
    sent = AssessmentSerializer(many=True)
    skipped = SkippedRecipientSerializer(many=True)


class ReviewInputSerializer(serializers.Serializer[Any]):
    decision = serializers.CharField(max_length=10, help_text="accept or return.")
    note = serializers.CharField(allow_blank=True, default="")
    notes = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        default=dict,
        help_text="What to mend, by code of question.",
    )

    def to_input(self) -> ReviewInput:
        return ReviewInput(**self.validated_data)


class RatingPartSerializer(serializers.ModelSerializer[RatingPart]):
    supplier = SupplierBriefSerializer(read_only=True)
    kind = serializers.CharField(read_only=True, help_text=f"One of {words(RatingPartKind)}.")

    class Meta:
        model = RatingPart
        fields = [
            "id", "supplier", "kind", "score", "dated_on", "valid_until", "source", "source_ref",
            "note", "recorded_at",
        ]  # fmt: skip
        read_only_fields = fields


class RatingPartInputSerializer(serializers.Serializer[Any]):
    supplier = serializers.IntegerField(min_value=1, max_value=10**18)
    kind = serializers.CharField(max_length=20, help_text=f"One of {words(RatingPartKind)}.")
    score = serializers.DecimalField(max_digits=12, decimal_places=6)
    dated_on = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, default=None)
    note = serializers.CharField(allow_blank=True, default="")

    def to_input(self) -> RatingPartInput:
        data = {name: value for name, value in self.validated_data.items() if name != "supplier"}
        return RatingPartInput(**data)


class RatingLineSerializer(serializers.Serializer[Any]):
    """``part`` is null where none was ever recorded; ``is_known``: recorded and in date."""

    kind = serializers.CharField()
    weight = serializers.IntegerField()
    is_known = serializers.BooleanField()
    part = RatingPartSerializer(allow_null=True)


class RatingSerializer(serializers.Serializer[Any]):
    level = serializers.CharField(source="rating.level")
    score = serializers.DecimalField(
        source="rating.score", max_digits=4, decimal_places=1, allow_null=True
    )
    unknown_parts = serializers.ListField(
        source="rating.unknown_parts", child=serializers.CharField()
    )
    parts = RatingLineSerializer(many=True)
