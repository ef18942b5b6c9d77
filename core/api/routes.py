"""What an app adds to the router of the API."""

from __future__ import annotations

from typing import Any

from rest_framework.viewsets import GenericViewSet

# Address, view set, beginning of the URL names.
Routes = list[tuple[str, type[GenericViewSet[Any]], str]]
