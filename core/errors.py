"""Errors of the domain: a stable code, a message in the reader's language, no delivery detail.

Web views turn them into messages, the API into JSON with the same code.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

logger = logging.getLogger(__name__)


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
    def parts(self) -> Sequence[DomainError]:
        """The single errors of one that says several things at once; usually just itself."""
        return (self,)

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


def as_domain_error(error: Exception) -> DomainError | None:
    """What the reader can be told; None for an error nobody foresaw.

    A constraint of the database speaks when two requests, a double click say, passed the checks of
    a service at the same moment. Nothing was stored then.
    """
    if isinstance(error, DomainError):
        return error
    if isinstance(error, IntegrityError):
        logger.warning("Refused by the database.", exc_info=error)
        return DomainError(
            "changed_meanwhile",
            N_("This was changed by somebody else at the same moment. Look again and repeat it."),
        )
    return None
