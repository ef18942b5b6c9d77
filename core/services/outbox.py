"""Letters to people outside, packed into mails: at most a few a week for one address.

Whatever several parts of the product want to tell one person goes into the same mail. When the
week's mails are used up, the rest waits; nothing is lost and nobody is flooded
(``settings.MAILS_PER_WEEK``).
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import clock
from core.models import Letter, LetterState, Mail, MailState
from core.models.subject import named
from core.queue import enqueue_after_commit

WEEK = dt.timedelta(days=7)
PORTION = 500
DELIVER = "core.tasks.deliver_mails"
# What never reached anybody takes nothing of the week.
COUNTED = (MailState.READY, MailState.SENDING, MailState.SENT)


@dataclass(frozen=True, slots=True)
class LetterInput:
    """``subject``: what it is about. ``address`` is lower-cased; ``due_at`` None: at once."""

    subject: models.Model
    key: str
    kind: str
    address: str
    language: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    is_wanted: bool = False
    due_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a letter in the reader's language. ``link``: the words of the button that opens
    the address which the writer's ``link`` gives; empty for none."""

    title: str
    paragraphs: tuple[str, ...]
    link: str = ""


class LetterWriter(ABC):
    """What ``settings.LETTER_WRITERS`` names for the first word of a kind."""

    @abstractmethod
    def written(self, letter: Letter) -> Written | None:
        """None: nothing is to be said any more. The reader's language is active."""

    @abstractmethod
    def link(self, letter: Letter) -> str:
        """The address, with what is personal in it; made anew each time."""

    @abstractmethod
    def came_back(self, letter: Letter, problem: str) -> None:
        """The mail with the letter was refused for good or came back: tell whom it concerns."""


def writer_of(kind: str) -> LetterWriter:
    found: type[LetterWriter] = import_string(settings.LETTER_WRITERS[kind.partition(".")[0]])
    return found()


def post_letters(letters: Iterable[LetterInput]) -> int:
    """Put them in the outbox, inside the transaction of what happened; those whose key is known
    are there already. How many were given."""
    now = clock.now()
    rows = [
        Letter(
            key=one.key,
            kind=one.kind,
            address=one.address.lower(),
            language=one.language,
            params=dict(one.params),
            is_wanted=one.is_wanted,
            due_at=one.due_at or now,
            **named(one.subject),
        )
        for one in letters
    ]
    Letter.objects.bulk_create(rows, batch_size=PORTION, ignore_conflicts=True)
    return len(rows)


def pack_later() -> None:
    """Let the worker pack and send what is due, when the transaction commits."""
    enqueue_after_commit("core.tasks.pack_letters")


def withdraw_letters(letters: QuerySet[Letter]) -> int:
    """What was not sent yet is not said any more."""
    return letters.filter(state=LetterState.WAITING).update(state=LetterState.WITHDRAWN)


def mails_left(address: str) -> int:
    """How many mails the address may get now; never below 0."""
    since = clock.now() - WEEK
    sent = Mail.objects.filter(
        address=address.lower(), created_at__gt=since, is_wanted=False, state__in=COUNTED
    )
    return max(0, settings.MAILS_PER_WEEK - sent.count())


def note_mail(address: str, title: str) -> Mail:
    """A mail that another part has handed over itself: it takes its share of the week."""
    return Mail.objects.create(
        address=address.lower(), title=title[:255], state=MailState.SENT, sent_at=clock.now()
    )


def waiting_letters() -> QuerySet[Letter]:
    return Letter.objects.filter(state=LetterState.WAITING, due_at__lte=clock.now())


def pack_due_letters(limit: int = 5000) -> int:
    """Pack what is due for every address; how many mails there are now.

    Addresses whose week is used up wait. Safe to run at the same time as itself.
    """
    packed = sum(pack_address(address) is not None for address in _addresses(limit))
    if packed:
        enqueue_after_commit(DELIVER)
    return packed


def _addresses(limit: int) -> list[str]:
    waiting = waiting_letters().order_by().values("address")
    found = waiting.annotate(first=models.Min("pk")).order_by("first")[:limit]
    addresses = [row["address"] for row in found]
    full = used_up()
    wanted = set(waiting_letters().filter(is_wanted=True).values_list("address", flat=True))
    return [one for one in addresses if one not in full or one in wanted]


def used_up() -> set[str]:
    """Addresses that may get no mail now."""
    since = clock.now() - WEEK
    sent = Mail.objects.filter(created_at__gt=since, is_wanted=False, state__in=COUNTED)
    counts = sent.order_by().values("address").annotate(count=Count("pk"))
    full = counts.filter(count__gte=settings.MAILS_PER_WEEK)
    return set(full.values_list("address", flat=True))


@transaction.atomic
def pack_address(address: str) -> Mail | None:
    """One mail with everything that is due for the address; None where nothing may be sent."""
    # Locked, so that two workers never put the same letter, or one too many, into a mail.
    found = waiting_letters().select_for_update().filter(address=address).order_by("pk")
    letters = list(found)
    if letters and not mails_left(address):
        letters = [letter for letter in letters if letter.is_wanted]
    written = [(letter, _written(letter)) for letter in letters]
    gone = [letter.pk for letter, words in written if words is None]
    if gone:
        Letter.objects.filter(pk__in=gone).update(state=LetterState.WITHDRAWN)
    kept = [(letter, words) for letter, words in written if words is not None]
    if not kept:
        return None
    return _pack(address, kept)


def _written(letter: Letter) -> Written | None:
    with translation.override(letter.language or settings.LANGUAGE_CODE):
        return writer_of(letter.kind).written(letter)


def _pack(address: str, kept: list[tuple[Letter, Written]]) -> Mail:
    language = kept[0][0].language or settings.LANGUAGE_CODE
    mail = Mail.objects.create(
        address=address,
        language=language,
        title=_title([words for _letter, words in kept], language)[:255],
        content={"parts": [_part(letter, words) for letter, words in kept]},
        is_wanted=all(letter.is_wanted for letter, _words in kept),
    )
    keys = [letter.pk for letter, _words in kept]
    Letter.objects.filter(pk__in=keys).update(state=LetterState.PACKED, mail=mail)
    return mail


def _part(letter: Letter, words: Written) -> dict[str, Any]:
    return {
        "letter": letter.pk,
        "title": words.title,
        "paragraphs": list(words.paragraphs),
        "link": words.link,
    }


def _title(written: list[Written], language: str) -> str:
    if len(written) == 1:
        return written[0].title
    with translation.override(language):
        return _("%(first)s, and %(count)s more") % {
            "first": written[0].title,
            "count": len(written) - 1,
        }
