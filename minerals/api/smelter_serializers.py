"""Smelters, tasks about them and mines as programs read and write them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from minerals.enums import ListSource, TaskState
from minerals.models import (
    MineLine,
    Smelter,
    SmelterCertificate,
    SmelterNote,
    SmelterTask,
    SmelterTaskItem,
)
from minerals.selectors.smelter_status import StatusBook
from minerals.selectors.smelter_words import action_words
from minerals.services.smelter_certificates import CertificateInput
from minerals.services.smelter_notes import NoteInput
from minerals.services.smelter_tasks import CloseInput


class SmelterSerializer(serializers.ModelSerializer[Smelter]):
    """``status``: code as of today (or of ``on``); empty while nobody has explained the list's
    word. Counts are of what the caller sees."""

    status = serializers.SerializerMethodField()
    last_assessment_on = serializers.DateField(source="last_audit_on", read_only=True)
    due_on = serializers.DateField(read_only=True)
    supplier_count = serializers.IntegerField(read_only=True)
    declaration_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Smelter
        fields = [
            "cid",
            "metal",
            "name",
            "country",
            "country_code",
            "state",
            "city",
            "status",
            "last_assessment_on",
            "due_on",
            "supplier_count",
            "declaration_count",
        ]
        read_only_fields = fields

    def get_status(self, smelter: Smelter) -> str:
        book: StatusBook = self.context["book"]
        return book.status_of(smelter.cid)


class NoteSerializer(serializers.ModelSerializer[SmelterNote]):
    written_by = serializers.CharField(source="written_by.name")

    class Meta:
        model = SmelterNote
        fields = [
            "id",
            "text",
            "is_outreach",
            "happened_on",
            "result",
            "written_by",
            "written_at",
            "withdrawn_at",
        ]
        read_only_fields = fields


class CertificateSerializer(serializers.ModelSerializer[SmelterCertificate]):
    """``supplier``: code of the one that handed it in."""

    supplier = serializers.CharField(source="supplier.code", default="")
    recorded_by = serializers.CharField(source="recorded_by.name")
    verified_by = serializers.CharField(source="verified_by.name", default="")

    class Meta:
        model = SmelterCertificate
        fields = [
            "id",
            "scheme",
            "number",
            "valid_from",
            "valid_until",
            "supplier",
            "note",
            "recorded_by",
            "recorded_at",
            "verified_by",
            "verified_at",
            "withdrawn_at",
        ]
        read_only_fields = fields


class PeriodSerializer(serializers.Serializer[Any]):
    """``until``: the first day on which it was another; null: still so."""

    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    status = serializers.CharField()


class SmelterDetailSerializer(SmelterSerializer):
    aliases = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()
    notes = NoteSerializer(many=True)
    certificates = serializers.SerializerMethodField()

    class Meta(SmelterSerializer.Meta):
        fields = [*SmelterSerializer.Meta.fields, "aliases", "history", "notes", "certificates"]
        read_only_fields = fields

    def get_aliases(self, smelter: Smelter) -> list[str]:
        found: list[str] = self.context["aliases"]
        return found

    def get_history(self, smelter: Smelter) -> list[dict[str, Any]]:
        return [dict(PeriodSerializer(one).data) for one in self.context["periods"]]

    def get_certificates(self, smelter: Smelter) -> list[dict[str, Any]]:
        return [dict(CertificateSerializer(one).data) for one in self.context["certificates"]]


class NoteInputSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_outreach = serializers.BooleanField(default=False)
    happened_on = serializers.DateField(required=False, allow_null=True, default=None)
    result = serializers.CharField(required=False, allow_blank=True, default="")

    def to_input(self) -> NoteInput:
        return NoteInput(**self.validated_data)


class CertificateInputSerializer(serializers.Serializer[Any]):
    """``evidence``: files, in a multipart request; they need the code of a ``supplier``."""

    scheme = serializers.ChoiceField(choices=ListSource.choices)
    number = serializers.CharField(required=False, allow_blank=True, default="")
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()
    supplier = serializers.CharField(required=False, allow_blank=True, default="")
    note = serializers.CharField(required=False, allow_blank=True, default="")

    def to_input(self, evidence: list[Any]) -> CertificateInput:
        return CertificateInput(**self.validated_data, evidence=evidence)


class TaskItemSerializer(serializers.ModelSerializer[SmelterTaskItem]):
    """``settled_by``: ``not_named``, ``status``, ``replaced`` or ``by_hand``."""

    cid = serializers.CharField(source="smelter.cid")
    name = serializers.CharField(source="smelter.name")
    action = serializers.SerializerMethodField()

    class Meta:
        model = SmelterTaskItem
        fields = [
            "cid",
            "name",
            "status",
            "status_before",
            "action",
            "due_on",
            "settled_on",
            "settled_by",
        ]
        read_only_fields = fields

    def get_action(self, item: SmelterTaskItem) -> str:
        return action_words(item.status)


class SmelterTaskSerializer(serializers.ModelSerializer[SmelterTask]):
    supplier = serializers.CharField(source="supplier.code")
    list = serializers.CharField(source="list.__str__")
    list_id = serializers.IntegerField()
    closed_by = serializers.CharField(source="closed_by.name", default="")
    items = TaskItemSerializer(source="smelter_items", many=True)

    class Meta:
        model = SmelterTask
        fields = [
            "id",
            "supplier",
            "list",
            "list_id",
            "state",
            "due_on",
            "opened_at",
            "closed_at",
            "closed_by",
            "note",
            "items",
        ]
        read_only_fields = fields


CLOSED_AS = [TaskState.DONE.value, TaskState.CANCELLED.value]


class CloseSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=CLOSED_AS, default=TaskState.DONE.value)

    def to_input(self) -> CloseInput:
        return CloseInput(self.validated_data["note"], self.validated_data["state"])


class CloseManySerializer(CloseSerializer):
    tasks = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)


class ClosedSerializer(serializers.Serializer[Any]):
    closed = serializers.IntegerField()


class NamedMineSerializer(serializers.ModelSerializer[MineLine]):
    supplier = serializers.CharField(source="declaration.supplier.code")
    declaration = serializers.IntegerField(source="declaration_id")

    class Meta:
        model = MineLine
        fields = [
            "id",
            "name",
            "mine_id",
            "metal",
            "smelter",
            "country",
            "state",
            "city",
            "comments",
            "row",
            "supplier",
            "declaration",
        ]
        read_only_fields = fields
