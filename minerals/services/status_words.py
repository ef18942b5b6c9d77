"""Saying what an unknown status word of a list means. The only writer of status words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.queue import enqueue_after_commit
from core.services.activity import record_activity
from minerals.enums import ListState, SmelterStatus
from minerals.models import SmelterList, SmelterListing, StatusWord
from minerals.policies.lists import require_import_lists
from minerals.rules.smelter_status import known_status, status_key
from minerals.selectors.smelter_status import list_in_force
from minerals.services.smelter_lists import APPLY_TASK, CONFIRMABLE, store_comparison

if TYPE_CHECKING:
    from accounts.models import User

# What a list can say; “not listed” is the absence from it.
SAYABLE = tuple(each for each in SmelterStatus if each != SmelterStatus.NOT_LISTED)


@transaction.atomic
def explain_status_word(actor: User, text: str, status: str) -> StatusWord:
    """Say once what ``text`` means, in all lists that have it and in those to come. Said again,
    the new word counts.

    Errors: may_not_import_smelter_lists, status_word_empty, status_word_known, status_unknown,
    status_word_unchanged.
    """
    require_import_lists(actor)
    key = _require_word(text, status)
    before = StatusWord.objects.select_for_update().filter(key=key).first()
    if before is not None and before.status == status:
        raise DomainError("status_word_unchanged", N_("That is what was said already."))
    if before is not None:
        # A new key tells whoever keeps rows in memory that something changed.
        before.delete()
    word = StatusWord.objects.create(
        key=key, text=" ".join(text.split())[:120], status=status, decided_by=actor
    )
    touched = _fill_in(key, status)
    record_activity(
        actor,
        "status_word.explained",
        word,
        text=word.text,
        status=status,
        before=before.status if before else "",
    )
    _let_follow(touched)
    return word


def _require_word(text: str, status: str) -> str:
    key = status_key(text)[:120]
    if not key:
        raise InvalidInput("status_word_empty", N_("Name the word of the list."), field="text")
    if known_status(text):
        raise InvalidInput(
            "status_word_known",
            N_("“%(text)s” is a status of RMI; its meaning is fixed."),
            {"text": text},
            field="text",
        )
    if status not in [str(each) for each in SAYABLE]:
        raise InvalidInput(
            "status_unknown", N_("Choose one of the statuses offered."), field="status"
        )
    return key


def _fill_in(key: str, status: str) -> list[SmelterList]:
    """The lists that have the word."""
    texts = SmelterListing.objects.exclude(status_text="").values_list("status_text", flat=True)
    same = [text for text in texts.order_by().distinct() if status_key(text)[:120] == key]
    rows = SmelterListing.objects.filter(status_text__in=same)
    lists = list(SmelterList.objects.filter(pk__in=rows.values("list_id")).order_by("pk"))
    rows.update(status=status)
    return lists


def _let_follow(touched: list[SmelterList]) -> None:
    today = clock.today()
    for smelter_list in touched:
        if smelter_list.state in CONFIRMABLE:
            store_comparison(smelter_list)
        elif smelter_list.state == ListState.IN_FORCE and smelter_list == list_in_force(
            smelter_list.source, today
        ):
            enqueue_after_commit(APPLY_TASK, smelter_list.pk)
