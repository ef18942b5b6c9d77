"""Lifecycle, approvals, qualifications, limits and waivers as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from suppliers.enums import (
    GateKind,
    GateResult,
    ReasonCode,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.models import (
    Approval,
    GateRecord,
    Qualification,
    Restriction,
    StatusChange,
    Waiver,
)
from suppliers.services.actions import ActionInput
from suppliers.services.gates import GateInput
from suppliers.services.qualifications import DEFAULT_MONTHS, EndInput, QualificationInput
from suppliers.services.restrictions import RestrictionInput
from suppliers.services.waivers import WaiverInput


def _text(**options: Any) -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, default="", **options)


def _day(**options: Any) -> serializers.DateField:
    return serializers.DateField(required=False, allow_null=True, default=None, **options)


class StatusChangeSerializer(serializers.ModelSerializer[StatusChange]):
    """``approval``: the number of the request it was decided by, null for none."""

    supplier = serializers.CharField(source="supplier.code", read_only=True)
    supplier_id = serializers.IntegerField(read_only=True)
    actor = serializers.CharField(source="actor.name", default="", read_only=True)

    class Meta:
        model = StatusChange
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "action",
            "from_status",
            "to_status",
            "at",
            "actor",
            "approval",
            "reason_code",
            "explanation",
        ]
        read_only_fields = fields


class ApprovalSerializer(serializers.ModelSerializer[Approval]):
    supplier = serializers.CharField(source="supplier.code", read_only=True)
    supplier_id = serializers.IntegerField(read_only=True)
    requested_by = serializers.CharField(source="requested_by.name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.name", default="", read_only=True)

    class Meta:
        model = Approval
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "kind",
            "state",
            "payload",
            "reason_code",
            "explanation",
            "requested_by",
            "requested_at",
            "decided_by",
            "decided_at",
            "decision_note",
        ]
        read_only_fields = fields


class DecideApprovalSerializer(serializers.Serializer[Any]):
    """A rejection needs a note."""

    approve = serializers.BooleanField()
    note = _text(max_length=4000)


class GateSerializer(serializers.Serializer[Any]):
    """``state``: met, unmet, expired or not_applicable; ``missing`` names documents."""

    kind = serializers.ChoiceField(choices=GateKind.choices)
    state = serializers.CharField()
    reason = serializers.CharField(help_text="A stable code.")
    text = serializers.CharField(help_text="For people, in the language asked for.")
    dated_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())


class StepSerializer(serializers.Serializer[Any]):
    """``blocked_by``: conditions not met yet; ``is_waiting``: asked for, not decided yet."""

    code = serializers.CharField()
    to_status = serializers.ChoiceField(choices=SupplierStatus.choices)
    needs_second_person = serializers.BooleanField()
    needs_reason = serializers.BooleanField()
    blocked_by = serializers.ListField(child=serializers.CharField())
    is_waiting = serializers.BooleanField()


class LifecycleSerializer(serializers.Serializer[Any]):
    supplier = serializers.CharField()
    status = serializers.ChoiceField(choices=SupplierStatus.choices)
    status_since = serializers.DateTimeField(allow_null=True)
    phase_out_on = serializers.DateField(allow_null=True)
    gates = GateSerializer(many=True)
    actions = StepSerializer(many=True)


class ActionSerializer(serializers.Serializer[Any]):
    """``action``: a code of ``lifecycle/``. ``scope``, the days and ``conditions`` are for
    ``restrict``; ``phase_out_on`` for ``phase_out``; ``categories`` (codes; all of the supplier
    without any) and ``valid_months`` for ``submit_for_approval``."""

    action = serializers.CharField(max_length=40)
    reason_code = _text(max_length=20, help_text="One of the reason codes.")
    explanation = _text()
    scope = serializers.ChoiceField(
        choices=RestrictionScope.choices, required=False, allow_blank=True, default=""
    )
    starts_on = _day()
    ends_on = _day()
    conditions = _text()
    phase_out_on = _day()
    categories = serializers.ListField(
        child=serializers.CharField(max_length=30), required=False, allow_null=True, default=None
    )
    valid_months = serializers.IntegerField(required=False, default=DEFAULT_MONTHS)

    def to_input(self) -> ActionInput:
        given = self.validated_data
        restriction = RestrictionInput(
            given["scope"], given["starts_on"], given["ends_on"], given["conditions"]
        )
        return ActionInput(
            reason_code=given["reason_code"],
            explanation=given["explanation"],
            restriction=restriction,
            phase_out_on=given["phase_out_on"],
            categories=given["categories"],
            valid_months=given["valid_months"],
        )


class ActionDoneSerializer(serializers.Serializer[Any]):
    """``approval``: the request that now waits for a second person, null for none."""

    status = serializers.ChoiceField(choices=SupplierStatus.choices)
    approval = ApprovalSerializer(allow_null=True)


class GateRecordSerializer(serializers.ModelSerializer[GateRecord]):
    supplier = serializers.CharField(source="supplier.code", read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.name", default="", read_only=True)

    class Meta:
        model = GateRecord
        fields = [
            "id",
            "supplier",
            "kind",
            "result",
            "dated_on",
            "valid_until",
            "note",
            "source",
            "source_ref",
            "recorded_by",
            "recorded_at",
            "withdrawn_at",
        ]
        read_only_fields = fields


class GateInputSerializer(serializers.Serializer[Any]):
    """A result recorded by hand; a note is needed, files are added on the page."""

    kind = serializers.ChoiceField(choices=GateKind.choices)
    result = serializers.ChoiceField(choices=GateResult.choices)
    dated_on = _day()
    valid_until = _day()
    note = _text()

    def to_input(self) -> GateInput:
        return GateInput(**self.validated_data)


class QualificationSerializer(serializers.ModelSerializer[Qualification]):
    """``site`` null: all sites. ``ended_on``: the first day it no longer holds."""

    supplier = serializers.CharField(source="supplier.code", read_only=True)
    supplier_id = serializers.IntegerField(read_only=True)
    category = serializers.CharField(source="category.code", read_only=True)
    site = serializers.CharField(source="site.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Qualification
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "category",
            "site",
            "route",
            "state",
            "valid_from",
            "valid_until",
            "ended_on",
            "reason_code",
            "approval",
        ]
        read_only_fields = fields


class QualificationInputSerializer(serializers.Serializer[Any]):
    supplier = serializers.CharField(max_length=40, help_text="Its code.")
    category = serializers.CharField(max_length=30, help_text="Its code.")
    site = _text(max_length=40, help_text="Its code; empty for all sites.")
    valid_months = serializers.IntegerField(required=False, default=DEFAULT_MONTHS)
    explanation = _text()

    def to_input(self) -> QualificationInput:
        given = dict(self.validated_data)
        given.pop("supplier")
        return QualificationInput(**given)


class EndSerializer(serializers.Serializer[Any]):
    reason_code = serializers.ChoiceField(
        choices=ReasonCode.choices, required=False, allow_blank=True, default=""
    )
    ended_on = _day(help_text="The first day it no longer holds; today without one.")

    def to_input(self) -> EndInput:
        return EndInput(**self.validated_data)


class RestrictionSerializer(serializers.ModelSerializer[Restriction]):
    """Holds from ``starts_on`` until the day before ``lifted_on``; ``ends_on`` is the plan."""

    supplier = serializers.CharField(source="supplier.code", read_only=True)
    supplier_id = serializers.IntegerField(read_only=True)

    class Meta:
        model = Restriction
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "scope",
            "reason_code",
            "explanation",
            "conditions",
            "starts_on",
            "ends_on",
            "lifted_on",
            "approval",
        ]
        read_only_fields = fields


class WaiverSerializer(serializers.ModelSerializer[Waiver]):
    """``category`` null: all categories."""

    supplier = serializers.CharField(source="supplier.code", read_only=True)
    supplier_id = serializers.IntegerField(read_only=True)
    category = serializers.CharField(
        source="category.code", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = Waiver
        fields = [
            "id",
            "supplier",
            "supplier_id",
            "category",
            "reason_code",
            "explanation",
            "starts_on",
            "ends_on",
            "ended_on",
            "approval",
        ]
        read_only_fields = fields


class WaiverInputSerializer(serializers.Serializer[Any]):
    supplier = serializers.CharField(max_length=40, help_text="Its code.")
    category = _text(max_length=30, help_text="Its code; empty for all categories.")
    reason_code = _text(max_length=20)
    explanation = _text()
    starts_on = _day()
    ends_on = _day()

    def to_input(self) -> WaiverInput:
        given = dict(self.validated_data)
        given.pop("supplier")
        return WaiverInput(**given)
