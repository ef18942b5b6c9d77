"""What the API tells of smelter lists and status words, and what it takes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models import Job
from minerals.enums import ListSource, SmelterStatus
from minerals.models import SmelterList, SmelterListing, StatusWord
from minerals.rules.smelter_list.columns import CODES
from minerals.rules.smelter_list.differences import Change
from minerals.selectors.list_problems import problem_line
from minerals.selectors.smelter_lists import hold_reasons, newest_job
from minerals.selectors.status_words import OpenWord


class ListJobSerializer(serializers.ModelSerializer[Job]):
    open = serializers.BooleanField(help_text="Ask again later while this is true.")
    percent = serializers.IntegerField()

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "open", "percent"]
        read_only_fields = fields


class SmelterListSerializer(serializers.ModelSerializer[SmelterList]):
    """``differences``: numbers by kind of change, and the ids of the list compared with and of one
    that says the very same; ``held_for``: why it waits for ``knowing``."""

    class Meta:
        model = SmelterList
        fields = [
            "id",
            "source",
            "state",
            "listed_on",
            "file_name",
            "row_count",
            "differences",
            "held_for",
            "uploaded_at",
            "confirmed_at",
            "applied_at",
            "is_demo",
        ]
        read_only_fields = fields


class ListProblemSerializer(serializers.Serializer[Any]):
    """``row`` is null for what concerns the whole file. ``effect``: left_out (the row), not_taken
    (the value), kept, file."""

    code = serializers.CharField()
    effect = serializers.CharField()
    row = serializers.IntegerField(allow_null=True)
    cell = serializers.CharField()
    column = serializers.CharField()
    value = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField()


class ListDetailSerializer(SmelterListSerializer):
    """With the headings of the file, the place of each recognised column, the newest job, and why
    it is held or cannot be read."""

    job = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    fault = serializers.SerializerMethodField()

    class Meta(SmelterListSerializer.Meta):
        fields = [
            *SmelterListSerializer.Meta.fields,
            "headings",
            "columns",
            "job",
            "reasons",
            "fault",
        ]
        read_only_fields = fields

    @extend_schema_field(ListJobSerializer(allow_null=True))
    def get_job(self, smelter_list: SmelterList) -> Any:
        job = newest_job(smelter_list)
        return ListJobSerializer(job).data if job else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, smelter_list: SmelterList) -> list[str]:
        return hold_reasons(smelter_list)

    @extend_schema_field(ListProblemSerializer(allow_null=True))
    def get_fault(self, smelter_list: SmelterList) -> Any:
        if not smelter_list.error:
            return None
        return ListProblemSerializer(problem_line(smelter_list.error)).data


class ListEntrySerializer(serializers.ModelSerializer[SmelterListing]):
    class Meta:
        model = SmelterListing
        fields = [
            "row",
            "cid",
            "metal",
            "name",
            "country",
            "status",
            "status_text",
            "last_audit_on",
            "cycle_text",
            "cycle_years",
            "due_on",
        ]
        read_only_fields = fields


class ListChangeSerializer(serializers.Serializer[Change]):
    kind = serializers.CharField(help_text="new, gone, status, renamed")
    cid = serializers.CharField(source="entry.cid")
    metal = serializers.CharField(source="entry.metal")
    country = serializers.CharField(source="entry.country")
    name_before = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    status_before = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()

    def get_name_before(self, change: Change) -> str:
        return change.before.name if change.before else ""

    def get_name(self, change: Change) -> str:
        return change.now.name if change.now else ""

    def get_status_before(self, change: Change) -> str:
        return change.before.status if change.before else ""

    def get_status(self, change: Change) -> str:
        return change.now.status if change.now else ""


class ListUploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=255)
    # Serializers have an attribute of this name, which a declared field does not replace.
    source = serializers.ChoiceField(choices=ListSource.choices)  # type: ignore[assignment]
    listed_on = serializers.DateField(help_text="The day from which the list counts.")


class ColumnsSerializer(serializers.Serializer[Any]):
    """Place of each column in ``headings``, from 0; what is left out is not in the file."""

    def get_fields(self) -> dict[str, Any]:
        return {code: serializers.IntegerField(required=False, min_value=0) for code in CODES}


class ConfirmSerializer(serializers.Serializer[Any]):
    knowing = serializers.BooleanField(
        default=False, help_text="Needed for a list that is held: its reasons have been seen."
    )


class StatusWordSerializer(serializers.ModelSerializer[StatusWord]):
    decided_by = serializers.CharField(source="decided_by.email", read_only=True)

    class Meta:
        model = StatusWord
        fields = ["id", "text", "status", "decided_by", "decided_at"]
        read_only_fields = fields


class ExplainSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=120)
    status = serializers.ChoiceField(choices=SmelterStatus.choices)


class OpenWordSerializer(serializers.Serializer[OpenWord]):
    text = serializers.CharField()
    entries = serializers.IntegerField()
    lists = serializers.IntegerField()
