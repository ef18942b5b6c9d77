"""Letters about an account: sent at once, whatever news the person wishes by mail."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from accounts.models import User

logger = logging.getLogger(__name__)


def send_letter(
    person: User, subject: str | Promise, template: str, context: Mapping[str, object]
) -> bool:
    """In the person's language; False when the mail server refused.

    ``subject``: translated lazily. ``template``: of plain text.
    """
    with translation.override(person.language or translation.get_language()):
        text = render_to_string(template, {"person": person, **context})
        try:
            return bool(send_mail(str(subject), text, None, [person.email]))
        except (SMTPException, OSError):
            logger.warning("The mail server did not take a letter.", exc_info=True)
            return False
