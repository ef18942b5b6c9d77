"""Two declarations side by side, as JSON."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_
from rest_framework import serializers

from core.errors import DomainError
from minerals.models import Declaration
from minerals.selectors.comparison import compared, require_comparable


class ChangeSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(help_text="Of the question; empty for a company field.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field, not DRF's own label
    mineral = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()


class ComparedSmelterSerializer(serializers.Serializer[Any]):
    metal = serializers.CharField()
    cid = serializers.CharField()
    name = serializers.CharField()
    country = serializers.CharField()


class SmelterChangeSerializer(serializers.Serializer[Any]):
    old = ComparedSmelterSerializer()
    new = ComparedSmelterSerializer()


class ComparisonSerializer(serializers.Serializer[Any]):
    company = ChangeSerializer(many=True)
    answers = ChangeSerializer(many=True)
    minerals_added = serializers.ListField(child=serializers.CharField())
    minerals_gone = serializers.ListField(child=serializers.CharField())
    smelters_added = ComparedSmelterSerializer(many=True)
    smelters_gone = ComparedSmelterSerializer(many=True)
    smelters_changed = SmelterChangeSerializer(many=True)


def comparison_answer(old: Declaration, new: Declaration) -> Any:
    """Errors: nothing_to_compare, not_comparable, declaration_not_judged."""
    require_comparable(new, old)
    found = compared(old, new)
    if found is None:
        raise DomainError(
            "declaration_not_judged", N_("One of the two declarations has not been read.")
        )
    return ComparisonSerializer(found).data
