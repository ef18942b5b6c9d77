"""Who reads: which of two names comes first, and what the company of this portal is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language

_HAN = re.compile(r"[\u3400-\u9fff]")
# Kana and Hangul.
_OTHER = re.compile(r"[\u3041-\u30fa\uac00-\ud7af]")


def reads_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def by_habit(name: str, local_name: str) -> tuple[str, ...]:
    """The names there are, the one the reader knows first: in Chinese the local one, unless it is
    written in signs that tell such a reader less than Latin letters do."""
    local_first = reads_chinese() and _HAN.search(local_name) and not _OTHER.search(local_name)
    names = (local_name, name) if local_first else (name, local_name)
    return tuple(dict.fromkeys(one for one in names if one))


def own_company() -> str:
    """The company whose portal this is, in the reader's language."""
    return by_habit(settings.COMPANY_NAME, settings.COMPANY_LOCAL_NAME)[0]


def listed(parts: Iterable[object]) -> str:
    """Things of one kind in a sentence."""
    return ("、" if reads_chinese() else ", ").join(str(part) for part in parts)


def clauses(parts: Iterable[object]) -> str:
    """Parts of a sentence that hold commas themselves."""
    return ("；" if reads_chinese() else "; ").join(str(part) for part in parts)
