"""What people change about themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core.errors import InvalidInput
from core.models import MailPreference
from core.services.activity import changes_between, record_activity


@transaction.atomic
def update_profile(user: User, name: str, language: str, mail_preference: str = "") -> User:
    """Change one's own name, language (empty: the browser's) and what comes by e-mail (empty: as
    it is). Errors: name_missing, language_unknown, mail_preference_unknown."""
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInput("name_missing", N_("Give your name."), field="name")
    require_offered(language)
    wanted = mail_preference or user.mail_preference
    if wanted not in MailPreference.values:
        raise InvalidInput(
            "mail_preference_unknown", N_("Choose one of the answers."), field="mail_preference"
        )
    _change(user, {"name": clean, "language": language, "mail_preference": wanted})
    return user


def _change(user: User, wanted: dict[str, str]) -> None:
    before = {name: getattr(user, name) for name in wanted}
    changes = changes_between(before, wanted)
    if not changes:
        return
    for name, value in wanted.items():
        setattr(user, name, value)
    user.save(update_fields=list(wanted))
    record_activity(user, "user.changed", user, changes=changes)


def remember_language(user: User, language: str) -> None:
    """Keep the choice of the language switch; no entry in the trail, it is a matter of taste."""
    require_offered(language)
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def require_offered(language: str) -> None:
    """Errors: language_unknown. Empty is the browser's."""
    if language and language not in dict(settings.LANGUAGES):
        raise InvalidInput(
            "language_unknown", N_("This language is not offered."), field="language"
        )
