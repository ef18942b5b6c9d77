"""Errors of the domain: a stable code, a message in the reader's language, no delivery detail.

Web views turn them into messages, the API into JSON with the same code.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext


class DomainError(Exception):
    """Something the user asked for cannot be done.

    ``code`` is snake_case and never renamed. ``message`` is a message id (marked with
    ``gettext_noop``) whose ``%(name)s`` placeholders are filled from ``params``; ``field`` names
    the input it belongs to.
    """

    status = 409

    def __init__(
        self, code: str, message: str, params: Mapping[str, object] | None = None, field: str = ""
    ) -> None:
        self.code = code
        self.message_id = message
        self.params = dict(params or {})
        self.field = field
        super().__init__(code)

    @property
    def message(self) -> str:
        """The text in the language that is active now."""
        text = gettext(self.message_id)
        return text % self.params if self.params else text


class InvalidInput(DomainError):
    """The input itself is wrong."""

    status = 400


class NotAllowed(DomainError):
    """The actor may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it."""

    status = 404
