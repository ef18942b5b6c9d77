"""Other subjects add lines to the home pages through one tuple."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from portal.selectors import work_sources
from suppliers.models import Supplier
from suppliers.selectors.work import SupplierTask, WorkItem
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_lines_are_sorted_by_severity_and_due_date(
    sign_in: SignIn, csr_specialist: User, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()

    def approvals(actor: User) -> list[WorkItem]:
        return [
            WorkItem("warning", "Later", "/x/", due_on=today + dt.timedelta(days=9)),
            WorkItem("warning", "Sooner", "/x/", due_on=today + dt.timedelta(days=2)),
            WorkItem("error", "Overdue", "/x/", "since long", today - dt.timedelta(days=2)),
        ]

    def notes(actor: User) -> list[WorkItem]:
        return [WorkItem("info", f"For {actor}", "/x/")]

    monkeypatch.setattr(work_sources, "WORK_SOURCES", (approvals, notes))
    declaration(supplier, "a")
    page = sign_in(csr_specialist).get("/")
    assert [line.title for line in page.context["waiting"]] == [
        "Overdue",
        "Bright Tin Co.",
        "Sooner",
        "Later",
        "Confirm 1 smelter of Bright Tin Co.",
        f"For {csr_specialist}",
    ]
    text = page.content.decode()
    assert "2 days overdue" in text
    assert "due in 9 days" in text


def test_tasks_of_suppliers_come_first_and_done_ones_below(
    sign_in: SignIn,
    supplier_user: User,
    buyer: User,
    supplier: Supplier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer)
    today = clock.today()

    def documents(actor: User) -> list[SupplierTask]:
        return [
            SupplierTask("Sign the agreement", "Version 4", "/sign/", "Read and sign", minutes=5),
            SupplierTask("Answer the questions", "", "/ask/", "Go on", today, 40),
            SupplierTask("Code of Conduct", "signed", "/done/", "See it", is_done=True),
        ]

    monkeypatch.setattr(work_sources, "TASK_SOURCES", (documents,))
    page = sign_in(supplier_user).get("/")
    text = page.content.decode()
    assert [task.title for task in page.context["home"].tasks] == [
        "Answer the questions",
        "Sign the agreement",
    ]
    assert "There are 3 things for you to do." in text
    assert "about 5 minutes" in text
    assert "due today" in text
    assert 'href="/sign/">Read and sign</a>' in text
    assert text.index("Sign the agreement") < text.index("Code of Conduct")
    assert buyer.email in text


def test_tasks_of_a_group_share_a_card_and_count_once(
    sign_in: SignIn, supplier_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = clock.today() + dt.timedelta(days=5)
    late = clock.today() + dt.timedelta(days=9)

    def tasks(actor: User) -> list[SupplierTask]:
        group = {"minutes": 5, "group": "Sign these", "item": "Letter"}
        return [
            SupplierTask("Sign: A", "", "/a/", "Read and sign", late, **group),  # type: ignore[arg-type]
            SupplierTask("Answer", "", "/ask/", "Begin", late - dt.timedelta(days=1), 30),
            SupplierTask("Sign: B", "", "/b/", "Read and sign", soon, **group),  # type: ignore[arg-type]
        ]

    monkeypatch.setattr(work_sources, "TASK_SOURCES", (tasks,))
    page = sign_in(supplier_user).get("/")
    cards = page.context["home"].task_cards
    assert [[task.url for task in card.tasks] for card in cards] == [["/b/", "/a/"], ["/ask/"]]
    text = page.content.decode()
    # The report of the company is the third thing.
    assert "There are 3 things for you to do." in text
    assert "about 10 minutes" in text
