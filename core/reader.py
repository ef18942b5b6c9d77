"""Who reads: which of two names comes first, and what the company of this portal is called."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def reads_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def by_habit(name: str, local_name: str) -> tuple[str, ...]:
    """The names there are, the one the reader knows first: in Chinese the local one."""
    names = (local_name, name) if reads_chinese() else (name, local_name)
    return tuple(dict.fromkeys(one for one in names if one))


def own_company() -> str:
    """The company whose portal this is, in the reader's language."""
    return by_habit(settings.COMPANY_NAME, settings.COMPANY_LOCAL_NAME)[0]
