"""A new list meets the declarations: who is touched is rated again and asked to act.

The work is split into chunks of suppliers, so that all workers share it. The job counts what is
done; a chunk delivered twice counts once and changes nothing the second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.each import each_by_itself
from core.models import Job, JobState
from core.queue import enqueue_after_commit
from core.services.jobs import (
    create_job,
    enqueue_job,
    fail_job,
    finish_job,
    report_progress,
    start_job,
)
from minerals.enums import JobKind, ListState
from minerals.models import SmelterList, SmelterTask
from minerals.selectors.country_lists import CountryBook, country_book
from minerals.selectors.list_changes import changes_of, is_in_force, last_applied
from minerals.selectors.named_smelters import counting_declarations, named_by
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.services.rating import rate_with, rating_batch
from minerals.services.smelter_tasks import ask_suppliers, settle_items
from suppliers.models import Supplier

CHUNK = 40
CHUNK_TASK = "minerals.tasks.smelter_tasks.apply_chunk"
STAGE = N_("Holding the declarations against the list")


def apply_list_later(smelter_list: SmelterList) -> Job:
    """Have the declarations held against an imported list; its confirmer sees how far it is."""
    waiting = Job.objects.about(smelter_list).filter(
        kind=JobKind.APPLY_LIST, state__in=Job.OPEN_STATES
    )
    job = waiting.first()
    if job is None:
        owner = smelter_list.confirmed_by
        job = create_job(JobKind.APPLY_LIST, str(smelter_list), owner=owner, subject=smelter_list)
        enqueue_job(job)
    return job


def begin_applying(list_id: int, job_id: UUID) -> None:
    """Split the work. Safe to run twice: chunks that are done are not done again."""
    job = start_job(job_id)
    if job is None:
        return
    smelter_list = SmelterList.objects.get(pk=list_id)
    suppliers = suppliers_to_hold() if _counts(smelter_list) else []
    if not suppliers:
        _finish(smelter_list, job.pk)
        return
    before = job.result.get("before")
    if before is None:
        earlier = last_applied(smelter_list)
        before = earlier.pk if earlier else 0
    chunks = [suppliers[at : at + CHUNK] for at in range(0, len(suppliers), CHUNK)]
    done = job.result.get("chunks", {})
    Job.objects.filter(pk=job.pk).update(result={"before": before, "chunks": done})
    report_progress(job.pk, sum(done.values()), STAGE, total=len(suppliers))
    for chunk in chunks:
        if str(chunk[0]) not in done:
            key = str(job.pk)
            enqueue_after_commit(CHUNK_TASK, list_id, key, before, chunk[0], chunk[-1], len(chunk))


def apply_chunk(
    list_id: int, job_id: UUID, before_id: int, first: int, last: int, count: int
) -> None:
    """One portion of suppliers, each in a transaction of its own."""
    if not Job.objects.filter(pk=job_id, state=JobState.RUNNING).exists():
        return
    smelter_list = SmelterList.objects.get(pk=list_id)
    if _counts(smelter_list):
        hold_against(smelter_list, before_id, suppliers_to_hold(first, last))
    _chunk_done(smelter_list, job_id, str(first), count)


def apply_now(smelter_list: SmelterList) -> int:
    """All of it at once, without a job; how many tasks the list has opened."""
    if _counts(smelter_list):
        earlier = last_applied(smelter_list)
        hold_against(smelter_list, earlier.pk if earlier else 0, suppliers_to_hold())
    _mark_applied(smelter_list)
    return SmelterTask.objects.filter(list=smelter_list).count()


def give_up_applying(job_id: UUID) -> None:
    fail_job(
        job_id,
        "list_not_applied",
        N_("The declarations could not all be held against the list."),
        remedy=N_("It is tried again within the hour; what was done stays."),
    )


def apply_waiting_lists() -> int:
    """Lists that were imported and not held against the declarations, because the message was
    lost or something failed; how many are tried again."""
    imported = SmelterList.objects.in_force().filter(applied_at=None)
    waiting = [one for one in imported.order_by("listed_on", "pk") if _counts(one)]
    for smelter_list in waiting:
        apply_list_later(smelter_list)
    return len(waiting)


def hold_against(smelter_list: SmelterList, before_id: int, keys: list[int]) -> None:
    """Ask whoever names a smelter that the list changed, settle what is over, rate again."""
    day = clock.today()
    before = SmelterList.objects.filter(pk=before_id).first()
    changes = changes_of(smelter_list, before, day)
    book, countries = status_book(day), country_book(day)
    with transaction.atomic():
        suppliers = _locked(keys)
        named = named_by(keys)
        concerned = {key: own for key, own in named.items() if not changes.keys().isdisjoint(own)}
        touched = [supplier for supplier in suppliers if supplier.pk in concerned]
        ask_suppliers(touched, smelter_list, concerned, changes, day)
        settle_items(suppliers, named, book, day)
    failure = _rate_again(concerned, book, countries, day)
    if failure is not None:
        raise failure


def _rate_again(
    keys: Iterable[int], book: StatusBook, countries: CountryBook, day: dt.date
) -> ExceptionGroup[Exception] | None:
    """Gathered at once while all are locked, rated each by itself; what failed keeps no other's
    rating from being stored."""
    with transaction.atomic():
        batch = rating_batch(_locked(keys), day)
        rate = partial(rate_with, book=book, countries=countries, day=day, batch=batch)
        try:
            each_by_itself(keys, rate)
        except ExceptionGroup as failure:
            return failure
    return None


def _locked(keys: Iterable[int]) -> list[Supplier]:
    """In one order, so that nobody waits for each other for ever."""
    rows = Supplier.objects.select_for_update(no_key=True, of=("self",)).select_related("buyer")
    return list(rows.filter(pk__in=list(keys)).order_by("pk"))


def suppliers_to_hold(first: int | None = None, last: int | None = None) -> list[int]:
    """Keys of living suppliers with a declaration that counts, in order; between two of them."""
    found = counting_declarations()
    if first is not None:
        found = found.filter(supplier__gte=first, supplier__lte=last)
    return sorted(set(found.order_by().values_list("supplier_id", flat=True)))


def _counts(smelter_list: SmelterList) -> bool:
    in_force = smelter_list.state == ListState.IN_FORCE
    return in_force and is_in_force(smelter_list, clock.today())


@transaction.atomic
def _chunk_done(smelter_list: SmelterList, job_id: UUID, chunk: str, count: int) -> None:
    job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.RUNNING).first()
    if job is None:
        return
    done = {**job.result.get("chunks", {}), chunk: count}
    job.result = {**job.result, "chunks": done}
    job.done = min(sum(done.values()), job.total)
    job.save(update_fields=["result", "done"])
    if job.done >= job.total:
        _finish(smelter_list, job.pk)


def _finish(smelter_list: SmelterList, job_id: UUID) -> None:
    _mark_applied(smelter_list)
    finish_job(job_id, tasks=SmelterTask.objects.filter(list=smelter_list).count())


def _mark_applied(smelter_list: SmelterList) -> None:
    """One that a newer list overtook was not held against anything: the newer one is held against
    what was applied before both."""
    if _counts(smelter_list):
        SmelterList.objects.filter(pk=smelter_list.pk).update(applied_at=clock.now())
