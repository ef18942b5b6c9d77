"""One error shape for the whole API: ``{"error": {"code", "message", "fields"}}``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import as_domain_error

API_PREFIX = "/api/"


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's hook; unknown errors stay unknown (500)."""
    known = as_domain_error(error)
    if known is not None:
        own: dict[str, list[str]] = {}
        for part in known.parts:
            if part.field:
                own.setdefault(part.field, []).append(part.message)
        return _answer(known.status, known.code, known.message, own)
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"_": error.detail}
        return _answer(400, "invalid_input", _("The request has invalid fields."), fields)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = error_body(_code(error), _message(error), {})
    return response


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "permission_denied"
    code = error.get_codes() if isinstance(error, exceptions.APIException) else None
    return code if isinstance(code, str) else str(getattr(error, "default_code", "error"))


def _message(error: Exception) -> str:
    if isinstance(error, Http404):
        return _("There is no such thing, or you may not see it.")
    return str(getattr(error, "detail", "")) or _("The request was refused.")


def plain_answer(status: int, code: str, message: str) -> JsonResponse:
    """For what fails before or beside the views of the API."""
    return JsonResponse(error_body(code, message, {}), status=status)


def error_body(code: str, message: str, fields: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "fields": fields}}


def _answer(status: int, code: str, message: str, fields: Any) -> Response:
    return Response(error_body(code, message, fields), status=status)
