"""The trail of an account in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from accounts.models import User
from accounts.roles import Role
from core.models import ActivityEntry, MailPreference
from core.reader import clauses, listed

LINES = 30
WORDS: dict[str, str | Promise] = {
    "user.created": gettext_lazy("Account made"),
    "user.changed": gettext_lazy("Account changed"),
    "user.closed": gettext_lazy("Account closed"),
    "user.reopened": gettext_lazy("Account opened again"),
    "scope.changed": gettext_lazy("What the buyer sees changed"),
    "sign_in.done": gettext_lazy("Signed in"),
    "sign_in.failed": gettext_lazy("Sign-in failed"),
    "password.changed": gettext_lazy("Password chosen"),
    "second_factor.reset": gettext_lazy("Two-step sign-in reset"),
    "token.created": gettext_lazy("API token made"),
    "token.revoked": gettext_lazy("API token revoked"),
}
FIELDS: dict[str, str | Promise] = {
    "email": gettext_lazy("E-mail"),
    "name": gettext_lazy("Name"),
    "language": gettext_lazy("Language"),
    "roles": gettext_lazy("Roles"),
    "scope_categories": gettext_lazy("Categories"),
    "scope_countries": gettext_lazy("Countries and regions"),
    "mail_preference": gettext_lazy("Notifications by e-mail"),
}


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """``who`` is empty for what happened without a signed-in person."""

    at: dt.datetime
    who: str
    what: str
    detail: str


def account_history(user: User) -> list[AccountEvent]:
    """The newest entries about an account."""
    entries = ActivityEntry.objects.about(user).select_related("actor")
    return [_event(entry) for entry in entries[:LINES]]


def _event(entry: ActivityEntry) -> AccountEvent:
    return AccountEvent(
        entry.at,
        str(entry.actor) if entry.actor else "",
        str(WORDS.get(entry.verb, entry.verb)),
        _detail(entry.data),
    )


def _detail(data: Mapping[str, Any]) -> str:
    if "changes" in data:
        return clauses(_change(name, *pair) for name, pair in data["changes"].items())
    if "ip" in data:
        return _("from %(address)s") % {"address": data["ip"]}
    return str(data.get("token", ""))


def _change(name: str, old: Any, new: Any) -> str:
    return f"{FIELDS.get(name, name)}: {_shown(name, old)} → {_shown(name, new)}"


def _shown(name: str, value: Any) -> str:
    if name == "roles":
        return listed(Role(role).label for role in value) or "–"
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, "–"))
    if name == "scope_countries":
        return listed(countries.name(code) for code in value) or "–"
    if isinstance(value, list):
        return listed(value) or "–"
    if name == "mail_preference":
        return str(dict(MailPreference.choices).get(value, value))
    return str(value) or "–"
