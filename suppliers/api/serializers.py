"""Suppliers as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput


class SupplierSerializer(serializers.ModelSerializer[Supplier]):
    """``country`` is the ISO 3166 code of two letters, empty when not known."""

    country = serializers.CharField(read_only=True)

    class Meta:
        model = Supplier
        fields = ["id", "code", "name", "local_name", "country", "created_at", "updated_at"]
        read_only_fields = fields


class SupplierBriefSerializer(serializers.ModelSerializer[Supplier]):
    class Meta:
        model = Supplier
        fields = ["id", "code", "name", "local_name"]
        read_only_fields = fields


class SupplierInputSerializer(serializers.Serializer[Any]):
    """What the form of the page takes; the service checks it."""

    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=255)
    local_name = serializers.CharField(max_length=255, allow_blank=True, default="")
    country = serializers.CharField(
        max_length=2, allow_blank=True, default="", help_text="ISO 3166, two letters."
    )

    def to_input(self, current: Supplier | None = None) -> SupplierInput:
        """For a partial change the rest comes from ``current``."""
        given = dict(self.validated_data)
        if current is not None:
            known = SupplierSerializer(current).data
            given = {name: given.get(name, known[name]) for name in self.fields}
        return SupplierInput(**given)
