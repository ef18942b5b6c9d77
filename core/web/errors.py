"""Errors of the domain on pages: beside the field, or as a message on the next page.

What one may not know or do is never such a message; it stays an error page
(``core.middleware``).
"""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from core.errors import DomainError, NotAllowed, NotFound


def show_in_form(form: BaseForm, error: DomainError) -> None:
    """Each error at its field where the form has it, else above the form."""
    _require_tellable(error)
    for each in error.parts:
        form.add_error(each.field if each.field in form.fields else None, each.message)


def tell_error(request: HttpRequest, error: DomainError) -> None:
    """Keep the words for the next page."""
    _require_tellable(error)
    messages.error(request, error.message)


def _require_tellable(error: DomainError) -> None:
    if isinstance(error, NotAllowed | NotFound):
        raise error
