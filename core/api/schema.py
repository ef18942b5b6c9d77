"""What endpoints tell the OpenAPI documentation about errors."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ErrorBodySerializer(serializers.Serializer[Any]):
    """``fields`` names the inputs that are wrong, with the reasons."""

    code = serializers.CharField(help_text="Stable; never renamed.")
    message = serializers.CharField(help_text="For people, in the language asked for.")
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField())
    )


class ErrorSerializer(serializers.Serializer[Any]):
    """The one shape of every error answer."""

    error = ErrorBodySerializer()


def refusals(*statuses: int) -> dict[int, type[ErrorSerializer]]:
    """Responses for ``extend_schema``: the error shape for each status, 401 among them."""
    return dict.fromkeys((401, *statuses), ErrorSerializer)
