"""Suppliers as JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from rest_framework import serializers

from suppliers.enums import Metal, SupplierKind
from suppliers.models import Supplier
from suppliers.rules.master_data import SupplierInput
from suppliers.selectors.links import record_of

# What we think of a supplier, and what we plan with it, is not for its own programs.
INTERNAL_FIELDS = (
    "rating_level",
    "rating_score",
    "rated_on",
    "single_source",
    "phase_out_on",
    "phase_out_reason",
)
RECORD_FIELDS = tuple(field.name for field in fields(SupplierInput))


class SupplierSerializer(serializers.ModelSerializer[Supplier]):
    """Of suppliers from ``selectors.links.with_record``, which leaves out what the reader may not
    know. ``country`` is the ISO 3166 code of two letters, empty when not known; ``parent`` is a
    supplier code, ``buyer`` an e-mail address, ``categories`` and ``minerals`` are codes."""

    class Meta:
        model = Supplier
        fields = [
            "id",
            "status",
            "status_since",
            "rating_level",
            "rating_score",
            "rated_on",
            "created_at",
            "updated_at",
            "revision",
        ]
        read_only_fields = fields

    def to_representation(self, instance: Supplier) -> dict[str, Any]:
        head = super().to_representation(instance)
        record = record_of(instance)
        record["phase_out_on"] = record["phase_out_on"] or None
        key = head.pop("id")
        if not self._is_internal():
            for name in INTERNAL_FIELDS:
                record.pop(name, None)
                head.pop(name, None)
        merged = instance.merged_into.code if instance.merged_into else None
        return {"id": key, **record, **head, "merged_into": merged}

    def _is_internal(self) -> bool:
        """Without a request (documentation, tests of shapes) everything is shown."""
        request = self.context.get("request")
        return request is None or request.user.is_internal


class SupplierBriefSerializer(serializers.ModelSerializer[Supplier]):
    class Meta:
        model = Supplier
        fields = ["id", "code", "name", "local_name"]
        read_only_fields = fields


class SupplierInputSerializer(serializers.Serializer[Any]):
    """What the form of the page takes; the service checks it, and names everything wrong."""

    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=255)
    local_name = serializers.CharField(max_length=255, allow_blank=True, default="")
    country = serializers.CharField(
        max_length=2, allow_blank=True, default="", help_text="ISO 3166, two letters."
    )
    kind = serializers.CharField(
        max_length=20, default=SupplierKind.PRODUCTION, help_text=", ".join(SupplierKind.values)
    )
    region = serializers.CharField(max_length=80, allow_blank=True, default="")
    city = serializers.CharField(max_length=80, allow_blank=True, default="")
    address = serializers.CharField(max_length=255, allow_blank=True, default="")
    parent = serializers.CharField(  # type: ignore[assignment]  # a field of that name
        max_length=40, allow_blank=True, default="", help_text="Code of the parent company."
    )
    buyer = serializers.CharField(
        max_length=254, allow_blank=True, default="", help_text="E-mail address of the account."
    )
    categories = serializers.ListField(
        child=serializers.CharField(max_length=30), default=list, max_length=200
    )
    single_source = serializers.BooleanField(default=False)
    phase_out_on = serializers.DateField(default=None, allow_null=True)
    phase_out_reason = serializers.CharField(max_length=255, allow_blank=True, default="")
    uscc = serializers.CharField(max_length=40, allow_blank=True, default="")
    duns = serializers.CharField(max_length=40, allow_blank=True, default="")
    vat = serializers.CharField(max_length=40, allow_blank=True, default="")
    minerals = serializers.ListField(
        child=serializers.CharField(max_length=20),
        default=list,
        max_length=20,
        help_text=", ".join(Metal.values),
    )
    minerals_reason = serializers.CharField(max_length=255, allow_blank=True, default="")
    revision = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        help_text="As read; a change that somebody else made meanwhile is refused (409).",
    )

    @property
    def revision_seen(self) -> int | None:
        return cast("int | None", self.validated_data.get("revision"))

    def to_input(self, current: Supplier | None = None) -> SupplierInput:
        """For a partial change the rest comes from ``current``, as the actor may know it."""
        given = dict(self.validated_data)
        given.pop("revision", None)
        if current is not None:
            record = record_of(current)
            record["phase_out_on"] = current.phase_out_on
            given = {name: given.get(name, record[name]) for name in RECORD_FIELDS}
        for name in ("categories", "minerals"):
            given[name] = tuple(given[name])
        return SupplierInput(**given)
