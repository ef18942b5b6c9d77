"""Who contributes to the queues of the home pages: one function a subject.

A subject joins with one line in each tuple it has something for.
"""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from minerals.selectors.list_work import list_work
from minerals.selectors.mitigation_work import mitigation_tasks, mitigation_work
from minerals.selectors.plausibility_work import plausibility_work
from minerals.selectors.review_work import clarification_tasks, review_work
from minerals.selectors.risk_work import risk_work
from minerals.selectors.smelter_work import smelter_tasks, smelter_work
from suppliers.selectors.assessment_work import assessment_tasks, assessment_work
from suppliers.selectors.commitment_work import commitment_tasks, commitment_work
from suppliers.selectors.data_change_work import data_change_work
from suppliers.selectors.lifecycle_work import lifecycle_work
from suppliers.selectors.work import SupplierTask, WorkItem
from surveys.selectors.work import survey_tasks, survey_work

# What waits for a colleague.
WORK_SOURCES: tuple[Callable[[User], list[WorkItem]], ...] = (
    lifecycle_work,
    data_change_work,
    commitment_work,
    assessment_work,
    smelter_work,
    mitigation_work,
    risk_work,
    review_work,
    plausibility_work,
    list_work,
    survey_work,
)
# What a supplier's contact is asked to do, open things first.
TASK_SOURCES: tuple[Callable[[User], list[SupplierTask]], ...] = (
    survey_tasks,
    commitment_tasks,
    assessment_tasks,
    smelter_tasks,
    mitigation_tasks,
    clarification_tasks,
)


def work_for(actor: User) -> list[WorkItem]:
    return [item for source in WORK_SOURCES for item in source(actor)]


def tasks_for(actor: User) -> list[SupplierTask]:
    return [task for source in TASK_SOURCES for task in source(actor)]
