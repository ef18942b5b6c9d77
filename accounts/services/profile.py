"""What people change about themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core.errors import InvalidInput
from core.services.activity import record_activity


@transaction.atomic
def update_profile(user: User, name: str, language: str) -> User:
    """Change one's own name and language (empty: the browser's)."""
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInput("name_missing", N_("Give your name."), field="name")
    require_offered(language)
    if (user.name, user.language) != (clean, language):
        changes = {"name": [user.name, clean], "language": [user.language, language]}
        user.name, user.language = clean, language
        user.save(update_fields=["name", "language"])
        record_activity(user, "user.changed", user, changes=changes)
    return user


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
