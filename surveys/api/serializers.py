"""Surveys as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from accounts.models import User
from minerals.enums import Family
from suppliers.api.assessment_serializers import words
from suppliers.api.serializers import SupplierBriefSerializer
from surveys.enums import (
    AnswerScope,
    CampaignState,
    MailLanguage,
    MessageKind,
    ScopeMethod,
    Stage,
)
from surveys.models import Campaign, Participant, SurveyMessage
from surveys.services.campaigns import CampaignInput


class AskedFormSerializer(serializers.Serializer[Any]):
    family = serializers.ChoiceField(choices=Family.choices)
    minimum_version = serializers.CharField(required=False, allow_blank=True, default="")
    minerals = serializers.CharField(read_only=True)


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """``rates``: by currency, what one unit is worth in ``currency``."""

    state = serializers.CharField(read_only=True, help_text=f"One of {words(CampaignState)}.")
    forms = AskedFormSerializer(many=True, read_only=True)
    contact_person = serializers.EmailField(source="contact_person.email", read_only=True)
    manager = serializers.EmailField(source="manager.email", default="", read_only=True)

    class Meta:
        model = Campaign
        fields = [
            "id", "name", "year", "state", "counts_from", "due_on", "forms", "answer_scope",
            "contact_person", "manager", "mail_language", "days_off", "scope_method", "spend_year",
            "currency", "rates", "share", "threshold", "with_high_risk", "with_new",
            "with_single_source", "started_on", "paused_on", "closed_on", "scope_count",
            "scope_spend", "asked_spend",
        ]  # fmt: skip
        read_only_fields = fields


class CampaignInputSerializer(serializers.Serializer[Any]):
    """``contact_person`` and ``manager``: addresses of our own people."""

    name = serializers.CharField(max_length=120)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    counts_from = serializers.DateField()
    due_on = serializers.DateField()
    forms = AskedFormSerializer(many=True)
    contact_person = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.all())
    manager = serializers.SlugRelatedField(
        slug_field="email", queryset=User.objects.all(), required=False, allow_null=True,
        default=None,
    )  # fmt: skip
    spend_year = serializers.IntegerField(min_value=2000, max_value=2100)
    answer_scope = serializers.ChoiceField(choices=AnswerScope.choices, default=AnswerScope.PRODUCT)
    scope_method = serializers.ChoiceField(
        choices=ScopeMethod.choices, default=ScopeMethod.COVERAGE
    )
    currency = serializers.CharField(max_length=3, default="CNY")
    rates = serializers.DictField(child=serializers.DecimalField(18, 6), default=dict)
    share = serializers.DecimalField(5, 2, default=Decimal(95))
    threshold = serializers.DecimalField(18, 2, default=Decimal(0))
    with_high_risk = serializers.BooleanField(default=True)
    with_new = serializers.BooleanField(default=True)
    with_single_source = serializers.BooleanField(default=True)
    mail_language = serializers.ChoiceField(
        choices=MailLanguage.choices, default=MailLanguage.READER
    )
    amrt_minerals = serializers.CharField(required=False, allow_blank=True, default="")
    days_off = serializers.ListField(child=serializers.DateField(), default=list)

    def to_input(self) -> CampaignInput:
        given = dict(self.validated_data)
        forms = [(one["family"], one["minimum_version"]) for one in given.pop("forms")]
        return CampaignInput(forms=forms, **given)


class ScopeLineSerializer(serializers.Serializer[Any]):
    """``reasons``: why the supplier is asked, or is not."""

    supplier = serializers.IntegerField(source="key")
    rank = serializers.IntegerField()
    spend = serializers.SerializerMethodField(help_text="In the survey's currency.")
    included = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())

    def get_spend(self, line: Any) -> Decimal:
        return Decimal(line.spend) / 100


class RatesSerializer(serializers.Serializer[Any]):
    """Shares in percent, null where nobody is asked."""

    asked = serializers.IntegerField()
    received = serializers.IntegerField()
    accepted = serializers.IntegerField()
    received_share = serializers.FloatField(allow_null=True)
    accepted_share = serializers.FloatField(allow_null=True)


class BoardSerializer(serializers.Serializer[Any]):
    stages = serializers.DictField(child=serializers.IntegerField())
    rates = RatesSerializer()
    overdue = serializers.IntegerField()
    unreachable = serializers.IntegerField()
    bounced = serializers.IntegerField()


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """The supplier's own people read neither who cares for it nor what our side noted."""

    supplier = SupplierBriefSerializer(read_only=True)
    stage = serializers.CharField(read_only=True, help_text=f"One of {words(Stage)}.")
    forms = serializers.SerializerMethodField()
    contact = serializers.CharField(source="contact.email", default="", read_only=True)
    owner = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = [
            "id", "campaign", "supplier", "stage", "forms", "contact", "owner", "asked_on",
            "due_on", "opened_at", "started_at", "declined_at", "decline_reason", "excluded_at",
            "paused_until", "explanation",
        ]  # fmt: skip
        read_only_fields = fields

    def get_forms(self, one: Participant) -> list[str]:
        return [form.family for form in one.forms.all()]

    def get_owner(self, one: Participant) -> str:
        request = self.context.get("request")
        internal = bool(request and request.user.is_internal)
        return one.owner.email if internal and one.owner else ""


class SurveyMessageSerializer(serializers.ModelSerializer[SurveyMessage]):
    kind = serializers.CharField(read_only=True, help_text=f"One of {words(MessageKind)}.")

    class Meta:
        model = SurveyMessage
        fields = ["id", "participant", "kind", "text", "other", "said_by", "said_at", "handled_at"]
        read_only_fields = fields


class ManySerializer(serializers.Serializer[Any]):
    """``participants``: their keys."""

    participants = serializers.ListField(child=serializers.IntegerField(min_value=1))


class ManyWithReasonSerializer(ManySerializer):
    reason = serializers.CharField(allow_blank=True, default="")


class ExtendSerializer(ManyWithReasonSerializer):
    due_on = serializers.DateField()


class HandOverSerializer(ManySerializer):
    owner = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.all())


class DoneSerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    skipped = serializers.IntegerField()


class ChoiceSerializer(serializers.Serializer[Any]):
    """``is_included`` null: what the rules say again."""

    supplier = serializers.IntegerField(min_value=1)
    is_included = serializers.BooleanField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, default="")


class AddSerializer(serializers.Serializer[Any]):
    supplier = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(allow_blank=True, default="")


class SurveyTextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True, default="")


class AskPersonSerializer(serializers.Serializer[Any]):
    """A known ``contact`` of the supplier, or ``name`` and ``email`` of a new person."""

    contact = serializers.IntegerField(required=False, allow_null=True, default=None)
    name = serializers.CharField(required=False, allow_blank=True, default="")
    email = serializers.CharField(required=False, allow_blank=True, default="")


class HoldSerializer(serializers.Serializer[Any]):
    until = serializers.DateField(allow_null=True)
