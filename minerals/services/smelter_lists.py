"""A smelter list from the upload to its end: received, read, confirmed or discarded.

The only writer of a list's state. ``READING -> READY | HELD | UNREADABLE``, from there
``READING`` again with other columns, ``IN_FORCE`` for good, or ``DISCARDED``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.models import Job
from core.queue import enqueue_after_commit
from core.services.activity import record_activity
from core.services.jobs import create_job, enqueue_job
from minerals.enums import JobKind, ListSource, ListState
from minerals.models import SmelterList
from minerals.policies.lists import require_import_lists
from minerals.rules.smelter_list.columns import usable
from minerals.selectors.smelter_lists import comparison_of, list_for
from minerals.services.files import keep_workbook
from minerals.services.list_files import inspect_list
from minerals.services.smelters import refresh_smelters

if TYPE_CHECKING:
    from accounts.models import User

APPLY_TASK = "minerals.tasks.smelter_tasks.apply_list"
CONFIRMABLE = (ListState.READY, ListState.HELD)
OPEN = (*CONFIRMABLE, ListState.UNREADABLE)
OLDEST = dt.date(2008, 1, 1)
STEPS = 3


def receive_list(
    actor: User | None,
    source: str,
    listed_on: dt.date,
    path: Path,
    name: str,
    *,
    is_demo: bool = False,
    queued: bool = True,
) -> tuple[SmelterList, Job]:
    """Keep the file at ``path`` and have it read; nothing else changes. ``actor`` None: the system
    itself. ``queued`` False: the caller reads.

    Errors: may_not_import_smelter_lists, list_source_unknown, list_date_in_future,
    list_date_too_old, and those of ``list_files.inspect_list``.
    """
    if actor is not None:
        require_import_lists(actor)
    _require_facts(source, listed_on)
    facts = inspect_list(path, name)
    with transaction.atomic():
        workbook, _new = keep_workbook(path, facts)
        smelter_list = SmelterList.objects.create(
            source=source,
            listed_on=listed_on,
            workbook=workbook,
            file_name=" ".join(name.split())[-255:],
            uploaded_by=actor,
            is_demo=is_demo,
        )
        record_activity(
            actor,
            "list.received",
            smelter_list,
            file=smelter_list.file_name,
            source=source,
            listed_on=listed_on.isoformat(),
        )
        job = _begin_reading(actor, smelter_list, queued=queued)
    return smelter_list, job


@transaction.atomic
def choose_columns(actor: User, list_id: int, columns: Mapping[str, object]) -> SmelterList:
    """Have the same file read again with other columns: code to place, from 0.

    Errors: may_not_import_smelter_lists, smelter_list_not_found, smelter_list_state,
    list_column_needed, list_column_twice.
    """
    smelter_list = _locked(actor, list_id, CONFIRMABLE)
    chosen = usable(columns, len(smelter_list.headings))
    by_name = smelter_list.source != ListSource.RMAP and "name" in chosen
    if "cid" not in chosen and not by_name:
        raise InvalidInput(
            "list_column_needed", N_("Say which column holds the smelter ID."), field="cid"
        )
    if len(set(chosen.values())) < len(chosen):
        raise InvalidInput("list_column_twice", N_("Each column can be used once only."))
    smelter_list.columns = chosen
    smelter_list.state = ListState.READING
    smelter_list.save(update_fields=["columns", "state"])
    record_activity(actor, "list.columns_chosen", smelter_list)
    _begin_reading(actor, smelter_list)
    return smelter_list


def confirm_list(actor: User, list_id: int, *, knowing: bool = False) -> SmelterList:
    """Put the list in force. ``knowing``: what is unusual about it has been seen.

    Errors: may_not_import_smelter_lists, smelter_list_not_found, smelter_list_state,
    list_without_smelters, list_without_status, list_held, list_changed_meanwhile.
    """
    smelter_list, is_stale = _confirm(actor, list_id, knowing)
    if is_stale:
        raise DomainError(
            "list_changed_meanwhile",
            N_("Another list was imported meanwhile. Look at what this one changes now."),
        )
    return smelter_list


@transaction.atomic
def discard_list(actor: User, list_id: int) -> SmelterList:
    """Forget the rows of a list that is not in force; the entry stays.

    Errors: may_not_import_smelter_lists, smelter_list_not_found, smelter_list_state.
    """
    smelter_list = _locked(actor, list_id, OPEN)
    smelter_list.listings.all().delete()
    smelter_list.state = ListState.DISCARDED
    smelter_list.save(update_fields=["state"])
    record_activity(actor, "list.discarded", smelter_list)
    return smelter_list


def store_comparison(smelter_list: SmelterList) -> None:
    """Hold a list that is not in force yet against the others, in the transaction of the caller."""
    compared = comparison_of(smelter_list)
    smelter_list.differences = compared.facts
    smelter_list.held_for = compared.held_for
    smelter_list.state = ListState.HELD if compared.held_for else ListState.READY
    smelter_list.save(update_fields=["differences", "held_for", "state"])


def put_in_force(actor: User | None, smelter_list: SmelterList) -> None:
    """The one way into force, in the transaction of the caller, who has checked that it may be."""
    smelter_list.state = ListState.IN_FORCE
    smelter_list.confirmed_by, smelter_list.confirmed_at = actor, clock.now()
    smelter_list.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    refresh_smelters()
    facts = smelter_list.differences
    record_activity(
        actor,
        "list.confirmed",
        smelter_list,
        smelters=smelter_list.row_count,
        held_for=smelter_list.held_for,
        **{kind: facts.get(kind, 0) for kind in ("new", "gone", "renamed", "status")},
    )
    enqueue_after_commit(APPLY_TASK, smelter_list.pk)


@transaction.atomic
def _confirm(actor: User, list_id: int, knowing: bool) -> tuple[SmelterList, bool]:
    smelter_list = _locked(actor, list_id, CONFIRMABLE)
    # Two lists of a source confirmed at once are held against each other.
    list(SmelterList.objects.select_for_update().filter(source=smelter_list.source).order_by("pk"))
    _require_usable(smelter_list)
    against, held = smelter_list.differences.get("against"), smelter_list.held_for
    store_comparison(smelter_list)
    if (against, held) != (smelter_list.differences["against"], smelter_list.held_for):
        return smelter_list, True
    if held and not knowing:
        raise DomainError(
            "list_held",
            N_("Something about this list is unusual. Confirm that you have seen it."),
        )
    put_in_force(actor, smelter_list)
    return smelter_list, False


def _require_usable(smelter_list: SmelterList) -> None:
    if not smelter_list.row_count:
        raise DomainError(
            "list_without_smelters",
            N_("No smelter was recognised. Say which column holds the ID."),
        )
    if smelter_list.source == ListSource.RMAP and "status" not in smelter_list.columns:
        raise DomainError(
            "list_without_status",
            N_("RMI's list is about the status. Say which column holds it."),
        )


def _require_facts(source: str, listed_on: dt.date) -> None:
    if source not in ListSource.values:
        raise InvalidInput(
            "list_source_unknown",
            N_("There is no source “%(value)s”."),
            {"value": source},
            field="source",
        )
    if listed_on > clock.today():
        raise InvalidInput(
            "list_date_in_future", N_("A list cannot be of a day to come."), field="listed_on"
        )
    if listed_on < OLDEST:
        raise InvalidInput(
            "list_date_too_old",
            N_("There were no such lists before %(year)s."),
            {"year": OLDEST.year},
            field="listed_on",
        )


def _locked(actor: User, list_id: int, states: tuple[ListState, ...]) -> SmelterList:
    require_import_lists(actor)
    smelter_list = list_for(actor, list_id, locked=True)
    if smelter_list.state not in states:
        raise DomainError(
            "smelter_list_state",
            N_("This is not possible now: the list is in the state “%(state)s”."),
            {"state": smelter_list.get_state_display()},
        )
    return smelter_list


def _begin_reading(actor: User | None, smelter_list: SmelterList, *, queued: bool = True) -> Job:
    job = create_job(
        JobKind.SMELTER_LIST,
        smelter_list.file_name,
        owner=actor,
        subject=smelter_list,
        total=STEPS,
    )
    if queued:
        enqueue_job(job)
    return job
