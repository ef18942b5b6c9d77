"""How far holding the declarations against an imported list is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import clock
from core.models import Job
from minerals.enums import JobKind, ListState
from minerals.models import SmelterList, SmelterTask
from minerals.selectors.list_changes import is_in_force

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class ListEffect:
    """``job``: None while it waits for the worker, and when all is done. ``tasks``: how many
    suppliers, of those the actor sees, the list asks to act; None before it is done."""

    job: Job | None
    tasks: int | None

    @property
    def is_running(self) -> bool:
        return self.tasks is None and (self.job is None or self.job.open)


def effect_of(actor: User, smelter_list: SmelterList) -> ListEffect | None:
    """None for a list that is held against nothing: not imported, or overtaken by a newer one."""
    if smelter_list.state != ListState.IN_FORCE:
        return None
    if smelter_list.applied_at is not None:
        tasks = SmelterTask.objects.visible_to(actor).filter(list=smelter_list)
        return ListEffect(None, tasks.count())
    if not is_in_force(smelter_list, clock.today()):
        return None
    jobs = Job.objects.about(smelter_list).filter(kind=JobKind.APPLY_LIST)
    return ListEffect(jobs.order_by("-created_at").first(), None)
