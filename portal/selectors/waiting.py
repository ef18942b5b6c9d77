"""What waits for a person of the company: each line opens the thing with the decision in reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.models import Job, JobState
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from minerals.policies import declarations as policies
from minerals.selectors.declarations import declarations_for
from minerals.selectors.reference import snapshots_in_force
from minerals.selectors.texts import job_problem
from minerals.selectors.verdict_words import verdict_line
from portal.selectors.totals import BLOCKED, UNASSIGNED, Totals, list_url, owner_name
from portal.selectors.work_sources import work_for
from suppliers.models import ImportBatch
from suppliers.selectors.work import Severity, WorkItem, with_rest

ORDER: tuple[Severity, ...] = ("error", "warning", "info")
EACH = 5
FAILED_FOR = dt.timedelta(days=3)


def waiting_for(actor: User, counts: Totals) -> list[WorkItem]:
    """What only this person, or a colleague of the same role, can move on; most pressing first."""
    lines: list[WorkItem] = []
    if policies.can_install_templates(actor):
        lines += _missing_reference_list()
    lines += _failed_jobs(actor)
    if policies.can_upload(actor) and counts.blocked:
        lines += _to_correct(actor)
    if policies.can_assign_supplier(actor) and counts.unassigned:
        lines += _unassigned(actor, counts.unassigned)
    if policies.can_decide_matches(actor) and counts.to_match:
        lines += _to_match(actor, counts.to_match)
    lines += work_for(actor)
    return sorted(lines, key=_urgency)


def _urgency(line: WorkItem) -> tuple[int, dt.date]:
    """What has no date comes after what has one."""
    return ORDER.index(line.severity), line.due_on or dt.date.max


def _to_correct(actor: User) -> list[WorkItem]:
    """For a buyer those of his own suppliers and those that no other buyer answers for."""
    found = _living(actor).filter(BLOCKED)
    if actor.roles == {Role.PROCUREMENT}:
        found = found.filter(Q(supplier__buyer=None) | Q(supplier__buyer=actor))
    decides = policies.can_decide_matches(actor)
    items = [_blocked(declaration, decides) for declaration in found[:EACH]]
    return with_rest(items, _total(found, items), _more_blocked, list_url(open="blocking"))


def _blocked(declaration: Declaration, decides: bool) -> WorkItem:
    return WorkItem(
        "error",
        owner_name(declaration),
        declaration.get_absolute_url(),
        f"{declaration.title} · {verdict_line(declaration, decides=decides)}",
    )


def _more_blocked(count: int) -> str:
    text = ngettext(
        "%(count)s more declaration cannot be accepted yet",
        "%(count)s more declarations cannot be accepted yet",
        count,
    )
    return text % {"count": formats.number_format(count)}


def _unassigned(actor: User, total: int) -> list[WorkItem]:
    found = _living(actor).filter(UNASSIGNED)[:EACH]
    items = [
        WorkItem(
            "warning",
            _("Whose declaration is this? %(name)s") % {"name": owner_name(declaration)},
            declaration.get_absolute_url(),
            declaration.file_name,
        )
        for declaration in found
    ]
    return with_rest(items, total, _more_unassigned, list_url(open="unassigned"))


def _more_unassigned(count: int) -> str:
    text = ngettext(
        "%(count)s more declaration without a supplier",
        "%(count)s more declarations without a supplier",
        count,
    )
    return text % {"count": formats.number_format(count)}


def _to_match(actor: User, total: int) -> list[WorkItem]:
    found = _living(actor).filter(waiting_count__gt=0)[:EACH]
    items = [_match(declaration) for declaration in found]
    return with_rest(items, total, _more_matches, list_url(open="waiting"))


def _match(declaration: Declaration) -> WorkItem:
    text = ngettext(
        "Confirm %(count)s smelter of %(name)s",
        "Confirm %(count)s smelters of %(name)s",
        declaration.waiting_count,
    )
    return WorkItem(
        "warning",
        text % {"count": declaration.waiting_count, "name": owner_name(declaration)},
        f"{declaration.get_absolute_url()}?tab=smelters&match=waiting",
        declaration.title,
    )


def _more_matches(count: int) -> str:
    text = ngettext(
        "Smelters to confirm in %(count)s more declaration",
        "Smelters to confirm in %(count)s more declarations",
        count,
    )
    return text % {"count": formats.number_format(count)}


def _total(found: QuerySet[Declaration], shown: list[WorkItem]) -> int:
    """Counted only where not all of it is shown."""
    return found.count() if len(shown) == EACH else len(shown)


def _failed_jobs(actor: User) -> Iterator[WorkItem]:
    """The person's own files of the last days that were not let in or could not be read."""
    failed = Job.objects.filter(
        owner=actor, state=JobState.FAILED, finished_at__gte=clock.now() - FAILED_FOR
    )
    for job in failed.order_by("-finished_at")[:EACH]:
        problem = job_problem(job)
        yield WorkItem("error", job.title, _job_url(job), problem.message if problem else "")


def _job_url(job: Job) -> str:
    if job.subject_type == Declaration._meta.label_lower:
        return reverse("minerals:declaration-detail", args=[int(job.subject_id)])
    if job.subject_type == ImportBatch._meta.label_lower:
        return reverse("suppliers:import-detail", args=[int(job.subject_id)])
    return reverse("minerals:declaration-upload")


def _missing_reference_list() -> Iterator[WorkItem]:
    real = [snapshot for snapshot in snapshots_in_force() if not snapshot.is_demo]
    if not real:
        yield WorkItem(
            "warning",
            _("Install an official template"),
            reverse("minerals:snapshot-list"),
            _("Its smelter look-up becomes the reference list that names are held against."),
        )


def _living(actor: User) -> QuerySet[Declaration]:
    return declarations_for(actor).exclude(status=DeclarationStatus.SUPERSEDED)
