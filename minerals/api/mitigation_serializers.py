"""Mitigation plans and the evidence of the five steps as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from minerals.enums import (
    ListSource,
    MeasureKind,
    MeasureState,
    MitigationOutcome,
    MitigationProposal,
    MitigationState,
)
from minerals.models import Measure, MitigationPlan, MitigationStep
from minerals.services.mitigation.evidence import CertificateInput, HandInInput, ResultInput
from minerals.services.mitigation.measures import DATES, MeasureInput
from minerals.services.mitigation.proposals import TakeUpInput
from suppliers.api.assessment_serializers import words
from suppliers.api.serializers import SupplierBriefSerializer


def _text(**options: Any) -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, default="", **options)


def _day(**options: Any) -> serializers.DateField:
    return serializers.DateField(required=False, allow_null=True, default=None, **options)


class MeasureSerializer(serializers.ModelSerializer[Measure]):
    """``smelter``: its ID. ``source`` and ``source_ref`` name the record of a training or audit."""

    kind = serializers.CharField(read_only=True, help_text=f"One of {words(MeasureKind)}.")
    state = serializers.CharField(read_only=True, help_text=f"One of {words(MeasureState)}.")
    smelter = serializers.CharField(source="smelter.cid", default="", read_only=True)

    class Meta:
        model = Measure
        fields = [
            "id", "plan", "kind", "state", "smelter", "text", "due_on", "accept_by",
            "accepted_on", "done_on", "note", "source", "source_ref", "verified_on",
        ]  # fmt: skip
        read_only_fields = fields


class MitigationStepSerializer(serializers.ModelSerializer[MitigationStep]):
    """``actor`` is empty where the date brought the step by itself."""

    actor = serializers.CharField(source="actor.name", default="", read_only=True)

    class Meta:
        model = MitigationStep
        fields = ["id", "code", "on", "actor", "reason"]
        read_only_fields = fields


class MitigationSerializer(serializers.ModelSerializer[MitigationPlan]):
    """``proposal``: what the system proposes; ``approval``: the request by which a person asked for
    it, null for none. The supplier's own people read neither."""

    supplier = SupplierBriefSerializer(read_only=True)
    state = serializers.CharField(read_only=True, help_text=f"One of {words(MitigationState)}.")
    outcome = serializers.CharField(
        read_only=True, help_text=f"Empty, or one of {words(MitigationOutcome)}."
    )
    proposal = serializers.SerializerMethodField(
        help_text=f"Empty, or one of {words(MitigationProposal)}."
    )
    approval = serializers.SerializerMethodField()
    owner = serializers.CharField(source="owner.name", default="", read_only=True)
    level_now = serializers.CharField(source="rating.level", default="", read_only=True)
    measures = MeasureSerializer(many=True, read_only=True)

    class Meta:
        model = MitigationPlan
        fields = [
            "id", "supplier", "level", "level_now", "state", "owner", "opened_on", "offered_on",
            "plan_due_on", "agreed_on", "close_due_on", "limit_on", "closed_on", "outcome",
            "proposal", "approval", "measures",
        ]  # fmt: skip
        read_only_fields = fields

    @property
    def _is_internal(self) -> bool:
        request = self.context.get("request")
        return bool(request and request.user.is_internal)

    def get_proposal(self, plan: MitigationPlan) -> str:
        return str(plan.proposal) if self._is_internal else ""

    def get_approval(self, plan: MitigationPlan) -> int | None:
        return plan.approval_id if self._is_internal else None


class MitigationReasonSerializer(serializers.Serializer[Any]):
    reason = _text()


class MitigationNoteSerializer(serializers.Serializer[Any]):
    note = _text()


class MitigationFilesSerializer(serializers.Serializer[Any]):
    """Sent as a form where files come with it."""

    note = _text()
    evidence = serializers.ListField(child=serializers.FileField(), required=False, default=list)


class MeasureInputSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text=f"One of {words(MeasureKind)}.")
    due_on = _day(help_text="Empty: with the plan.")
    smelter = _text(help_text="ID of the smelter.")
    text = _text()

    def to_input(self) -> MeasureInput:
        given = self.validated_data
        return MeasureInput(given["kind"], given["due_on"], given["smelter"], given["text"])


class MitigationMoveSerializer(serializers.Serializer[Any]):
    which = serializers.CharField(help_text=f"One of {', '.join(DATES)}.")
    day = _day()
    reason = _text()


class MoveMeasureSerializer(serializers.Serializer[Any]):
    due_on = _day()
    reason = _text()


class HandInSerializer(MitigationFilesSerializer):
    """``scheme`` and the validity make it a certificate of the smelter of the measure."""

    scheme = _text(help_text=f"Empty for no certificate, or one of {words(ListSource)}.")
    number = _text(max_length=120)
    valid_from = _day()
    valid_until = _day()

    def to_input(self) -> HandInInput:
        given = self.validated_data
        certificate = None
        if given["scheme"]:
            certificate = CertificateInput(
                given["scheme"], given["valid_from"], given["valid_until"], given["number"]
            )
        return HandInInput(given["note"], given["evidence"], certificate)


class MitigationResultSerializer(MitigationFilesSerializer):
    """A training, spot check or audit; ``source`` and ``source_ref`` of the system that knows it:
    the same record counts once."""

    kind = serializers.CharField(help_text="training, spot_check or third_party_audit.")
    done_on = serializers.DateField()
    is_passed = serializers.BooleanField(default=True)
    source = serializers.CharField(max_length=20, default="by_hand")  # type: ignore[assignment]
    source_ref = _text(max_length=80)

    def to_input(self) -> ResultInput:
        return ResultInput(**self.validated_data)


class ProposeSerializer(MitigationReasonSerializer):
    wanted = serializers.CharField(help_text=f"One of {words(MitigationProposal)}.")


class TakeUpSerializer(serializers.Serializer[Any]):
    """``action``: another one than the proposed one."""

    explanation = _text()
    conditions = _text(help_text="For a limitation: what must be done before it is lifted.")
    action = _text()

    def to_input(self) -> TakeUpInput:
        return TakeUpInput(**self.validated_data)


class DecideCloseSerializer(MitigationNoteSerializer):
    approve = serializers.BooleanField(help_text="Close the plan, or let it go on.")


class OecdLineSerializer(serializers.Serializer[Any]):
    """``of``: how many there should be, null where one is enough. ``gap`` and ``remedy`` are empty
    where nothing is missing."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    of = serializers.IntegerField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    gap = serializers.CharField()
    remedy = serializers.CharField()


class OecdStepSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    title = serializers.CharField()
    lines = OecdLineSerializer(many=True)


class RemovalSerializer(serializers.Serializer[Any]):
    """Suppliers removed after a mitigation."""

    year = serializers.IntegerField()
    reason = serializers.CharField()
    count = serializers.IntegerField()
