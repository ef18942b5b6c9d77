"""What is wrong with the filters of a list, whoever describes them: a filter set or a form."""

from __future__ import annotations

from django.forms import BoundField, Form
from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput


def wrong_filters(form: Form) -> list[BoundField]:
    """The filters whose value does not exist, or does not exist any more. An order that does not
    exist is none of them: another order hides nothing and adds nothing."""
    return [form[name] for name in form.errors if name in form.fields and name != "sort"]


def require_right_filters(form: Form) -> None:
    """Before a list is handed out or changed as a whole. Errors: filter_invalid."""
    for field in wrong_filters(form):
        raise InvalidInput(
            "filter_invalid",
            N_("The filter “%(filter)s” has a value that does not exist, or no longer exists."),
            {"filter": str(field.label)},
            field=field.name,
        )
