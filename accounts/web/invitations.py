"""Inviting a person: a link to choose a password, by mail and for handing over by hand."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.reader import own_company

logger = logging.getLogger(__name__)
DAYS_VALID = settings.PASSWORD_RESET_TIMEOUT // 86400


@dataclass(frozen=True, slots=True)
class Invitation:
    """``link`` works once, for ``days``; ``sent`` is False when the mail server refused."""

    link: str
    sent: bool
    days: int = DAYS_VALID


def invite(
    request: HttpRequest, user: User, supplier: str = "", waiting: Sequence[str] = ()
) -> Invitation:
    """Send the person a link to choose a password, in the person's language.

    ``supplier``: the company the person acts for; ``waiting``: what it is asked to do.
    """
    link = request.build_absolute_uri(_password_path(user))
    with translation.override(user.language or translation.get_language()):
        context = {
            "person": user,
            "link": link,
            "days": DAYS_VALID,
            "company": own_company(),
            "supplier": supplier,
            "waiting": waiting,
        }
        text = render_to_string("email/invitation.txt", context)
        subject = _("Your account in the supplier portal of %(company)s") % {
            "company": own_company()
        }
        return Invitation(link, _sent(subject, text, user.email))


def _password_path(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )


def _sent(subject: str, text: str, address: str) -> bool:
    try:
        return bool(send_mail(subject, text, None, [address]))
    except (SMTPException, OSError):
        logger.warning("The mail server did not take an invitation.", exc_info=True)
        return False
