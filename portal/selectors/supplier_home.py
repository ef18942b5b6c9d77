"""The home of a supplier's contact: what is asked now, in plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from minerals.enums import DeclarationStatus, ReviewState, VerdictState
from minerals.models import Declaration, ReferenceSnapshot
from minerals.selectors.declarations import finding_counts
from minerals.selectors.reference import snapshots_in_force
from minerals.selectors.verdict_words import VerdictWords, verdict_words
from portal.selectors.work_sources import tasks_for
from suppliers.models import Supplier
from suppliers.selectors.day_words import day_words
from suppliers.selectors.own_standing import own_standing
from suppliers.selectors.suppliers import supplier_of_contact
from suppliers.selectors.work import SupplierTask
from suppliers.workflow import LEFT

CORRECTABLE = (VerdictState.CORRECT_FIRST, VerdictState.WITH_WARNINGS)
SETTLED = (ReviewState.ACCEPTED, ReviewState.WITH_EXCEPTIONS)
# Open questions are a task of their own.
ANSWERED_FOR = (*SETTLED, ReviewState.CLARIFICATION_OPEN)


@dataclass(frozen=True, slots=True)
class FormCard:
    """The last declaration of one family. ``correctable``: a workbook with comments can be had;
    ``done``: nothing is asked of the supplier now."""

    declaration: Declaration
    words: VerdictWords
    correctable: bool
    done: bool


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task, or several of a group as lines of one card, the most urgent first."""

    tasks: list[SupplierTask]

    @property
    def first(self) -> SupplierTask:
        return self.tasks[0]

    @property
    def is_group(self) -> bool:
        return len(self.tasks) > 1

    @property
    def minutes(self) -> int:
        return sum(task.minutes or 0 for task in self.tasks)


@dataclass(frozen=True, slots=True)
class SupplierHome:
    """``blanks`` are the official forms to fill in, newest of each family; ``tasks`` what else is
    asked, the nearest due date first; ``done`` what is behind; ``standing`` where the company
    stands, in words."""

    supplier: Supplier | None
    cards: list[FormCard]
    blanks: list[ReferenceSnapshot]
    tasks: list[SupplierTask] = field(default_factory=list)
    done: list[SupplierTask] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Nobody asks anything of a company that is no supplier any more."""
        return self.supplier is not None and self.supplier.status in LEFT

    @property
    def standing(self) -> str:
        return own_standing(self.supplier) if self.supplier else ""

    @property
    def since(self) -> str:
        """The status by its name and first day; empty where no change is on record."""
        if self.supplier is None or self.supplier.status_since is None:
            return ""
        day = day_words(timezone.localdate(self.supplier.status_since))
        status = self.supplier.get_status_display()
        return _("%(status)s since %(day)s") % {"status": status, "day": day}

    @property
    def open_count(self) -> int:
        """A company that never handed in a report is asked for the first one."""
        if self.is_over:
            return 0
        reports = sum(not card.done for card in self.cards) if self.cards else 1
        return reports + len(self.task_cards)

    @property
    def task_cards(self) -> list[TaskCard]:
        cards: dict[str, TaskCard] = {}
        for task in self.tasks:
            cards.setdefault(task.group or task.url, TaskCard([])).tasks.append(task)
        return list(cards.values())


def supplier_home(user: User) -> SupplierHome:
    asked = tasks_for(user)
    return SupplierHome(
        supplier_of_contact(user),
        _cards(user),
        snapshots_in_force(),
        sorted((task for task in asked if not task.is_done), key=_due),
        [task for task in asked if task.is_done],
    )


def _due(task: SupplierTask) -> dt.date:
    return task.due_on or dt.date.max


def _cards(user: User) -> list[FormCard]:
    """One card per family (four at most); files nobody could read yet form one of their own."""
    newest: dict[str, Declaration] = {}
    found = Declaration.objects.visible_to(user).exclude(status=DeclarationStatus.SUPERSEDED)
    for declaration in found.order_by("-received_at", "-pk")[:50]:
        newest.setdefault(declaration.family, declaration)
    return [_card(declaration) for declaration in newest.values()]


def _card(declaration: Declaration) -> FormCard:
    counts = finding_counts(declaration)
    words = verdict_words(declaration, counts, internal=False, decides=False)
    return FormCard(
        declaration,
        words,
        correctable=declaration.verdict in CORRECTABLE and declaration.review not in SETTLED,
        done=_is_done(declaration),
    )


def _is_done(declaration: Declaration) -> bool:
    if declaration.review == ReviewState.REJECTED:
        return False
    nothing_found = declaration.verdict in ("", VerdictState.CLEAN)
    return nothing_found or declaration.review in ANSWERED_FOR
