"""Letters of a survey: one place says whose they are, in which language, and by which key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.services.outbox import LetterInput, pack_later, post_letters
from suppliers.models import SupplierContact
from surveys.models import AccessLink, Participant


def language_of(contact: SupplierContact | None) -> str:
    """What the person reads; Chinese where nobody said and the supplier is from there."""
    if contact is None:
        return ""
    if contact.language:
        return str(contact.language)
    return "zh-hans" if contact.supplier.country.code in ("CN",) else "en"


def letter(
    participant: Participant,
    link: AccessLink,
    code: str,
    once: str = "",
    *,
    is_wanted: bool = False,
    **params: Any,
) -> LetterInput:
    """To the person of the link. The same ``code`` and ``once`` are never sent twice by one link;
    a new link, for the same person too, is a new beginning."""
    return LetterInput(
        subject=participant,
        key=f"survey.{code}:{link.pk}:{once}"[:120],
        kind=f"survey.{code}",
        address=link.address,
        language=language_of(link.contact),
        params={"link": link.pk, **params},
        is_wanted=is_wanted,
    )


def post(letters: Iterable[LetterInput]) -> int:
    """They go when the transaction commits; how many."""
    count = post_letters(letters)
    pack_later()
    return count
