"""Inviting a person: a link to choose a password, by mail and for handing over by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web.letters import send_letter
from core.reader import own_company

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
    context = {
        "link": link,
        "days": DAYS_VALID,
        "company": lazy(own_company, str)(),
        "supplier": supplier,
        "waiting": waiting,
    }
    subject = lazy(_subject, str)()
    return Invitation(link, send_letter(user, subject, "email/invitation.txt", context))


def _subject() -> str:
    return _("Your account in the supplier portal of %(company)s") % {"company": own_company()}


def _password_path(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
