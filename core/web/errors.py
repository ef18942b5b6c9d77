"""Errors of the domain on pages: beside the field, or as a message on the next page.

What one may not know or do is never such a message; it stays an error page
(``core.middleware``).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError, NotAllowed, NotFound


def show_in_form(form: BaseForm, error: DomainError) -> None:
    """Each error at its field where the form has it, else above the form."""
    _require_tellable(error)
    for each in error.parts:
        form.add_error(each.field if each.field in form.fields else None, each.message)


def form_status(form: BaseForm, *, refused: bool = False) -> int:
    """The status of the page with ``form``: 422 where what was sent in it is refused.

    ``refused``: for another reason than the form's own errors.
    """
    return 422 if refused or form.errors else 200


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    """The page of ``context["form"]``, new or refused; ``refused`` as in ``form_status``."""
    status = form_status(context["form"], refused=refused)
    return render(request, template, context, status=status)


def tell_error(request: HttpRequest, error: DomainError) -> None:
    """Keep the words for the next page."""
    _require_tellable(error)
    messages.error(request, error.message)


def _require_tellable(error: DomainError) -> None:
    if isinstance(error, NotAllowed | NotFound):
        raise error
