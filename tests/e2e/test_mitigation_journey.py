"""Two suppliers through their mitigation in a real browser, while the days pass: every day the
scheduler's round is made, and people do in the browser what only people can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from minerals.models import MitigationPlan, RiskRating
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from tests.e2e.looks import DESKTOP, PHONE, barriers, overflow, take
from tests.factories.minerals import Desk
from tests.minerals.conftest import forget_lists
from tests.minerals.mitigation.world import after, history, list_of, live, rated, the_plan

Enter = Callable[[User], None]


@contextmanager
def on(day: int) -> Iterator[None]:
    """The clock of the server goes on from the morning of this day."""
    with time_machine.travel(f"{after(day)}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def desk(transactional_db: None, tmp_path: Path, csr_specialist: User) -> Iterator[Desk]:
    forget_lists()
    yield Desk(tmp_path, csr_specialist)
    forget_lists()


def proof() -> Any:
    return {"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 invented"}


def record_result(page: Page, plan: MitigationPlan, kind: str, day: dt.date) -> None:
    page.get_by_role("link", name="Record a training, spot check or audit").click()
    page.get_by_label("What took place").select_option(kind)
    page.get_by_label("Date", exact=True).fill(day.isoformat())
    page.get_by_label("Note").fill("Invented for the test.")
    page.get_by_role("button", name="Record a training, spot check or audit").click()
    expect(page.get_by_text("The result is recorded.")).to_be_visible()


def test_from_high_to_low(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    desk: Desk,
    supplier: Supplier,
    supplier_user: User,
    csr_specialist: User,
) -> None:
    rating = rated(desk, supplier, days_before=40)
    assert rating.level == "high"
    plan = the_plan()
    address = f"{live_server.url}{plan.get_absolute_url()}"

    live(0, 5, {})
    with on(6):
        enter(supplier_user)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(live_server.url)
        page.locator(f"a[href^='{plan.get_absolute_url()}']").first.click()
        expect(page.get_by_role("heading", name="Your plan")).to_be_visible()
        assert overflow(page) == 0
        assert barriers(page) == []
        take(page, "mitigation-agree-phone")
        page.get_by_role("button", name="We agree").click()
        expect(page.get_by_text("0 of 3 steps are done.")).to_be_visible()
    live(6, 19, {})

    with on(20):
        enter(csr_specialist)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        page.goto(address)
        record_result(page, plan, "training", after(19))
        assert barriers(page) == []
        take(page, "mitigation-running")
    live(20, 54, {})

    with on(55):
        enter(supplier_user)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(address)
        page.get_by_role("link", name="Hand in", exact=False).click()
        page.get_by_label("What was done").fill("The smelter has a certificate.")
        page.get_by_label("Certificate of the smelter").select_option("other")
        page.get_by_label("Number of the certificate").fill("X-1")
        page.get_by_label("Valid from").fill(after(0).isoformat())
        page.get_by_label("Valid until").fill(after(365).isoformat())
        page.set_input_files("input[type=file]", proof())
        assert overflow(page) == 0
        take(page, "mitigation-hand-in-phone")
        page.locator("main form button[type=submit]").click()
        expect(page.get_by_text("proof.pdf")).to_be_visible()
    live(55, 56, {})

    with on(57):
        enter(csr_specialist)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        page.goto(address)
        page.get_by_role("link", name="Verify", exact=False).first.click()
        page.locator("main form button[type=submit]").click()
        record_result(page, plan, "spot_check", after(57))
    live(57, 69, {})
    live(70, 70, {70: lambda: list_of(after(70))})

    with on(70):
        enter(csr_specialist)
        page.goto(address)
        take(page, "mitigation-low")
        expect(page.get_by_text("Training", exact=False).first).to_be_visible()
        page.goto(f"{live_server.url}/minerals/risk/?level=low")
        expect(page.get_by_role("table", name="Risk of suppliers")).to_contain_text(supplier.name)
        enter(supplier_user)
        page.goto(address)
        expect(page.get_by_role("heading", name="The plan is done. Thank you.")).to_be_visible()
    plan.refresh_from_db()
    assert (plan.state, plan.outcome, plan.closed_on) == ("closed", "low", after(70))
    assert RiskRating.objects.get(is_current=True).level == "low"
    assert complaints == []


def test_to_termination_by_two_people(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    desk: Desk,
    supplier: Supplier,
    buyer: User,
    csr_specialist: User,
) -> None:
    supplier.status, supplier.buyer = SupplierStatus.QUALIFIED, buyer
    supplier.save()
    rated(desk, supplier)
    plan = the_plan()
    address = f"{live_server.url}{plan.get_absolute_url()}"

    def asked_by_the_buyer() -> None:
        enter(buyer)
        page.goto(address)
        page.get_by_role("link", name="Ask for it").click()
        expect(page.get_by_label("Explanation")).to_be_visible()
        assert barriers(page) == []
        page.get_by_label("Explanation").fill("No improvement within the limit.")
        page.locator("main form button[type=submit]").click()
        expect(page.get_by_text("asks, a second person decides")).to_be_visible()
        page.get_by_role("link", name="Open the request").click()
        expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    def approved_by_a_specialist() -> None:
        enter(csr_specialist)
        page.goto(address)
        page.get_by_role("link", name="Open the request").click()
        expect(page.get_by_role("button", name="Approve")).to_be_visible()
        take(page, "mitigation-request")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Decided by")).to_be_visible()

    live(0, 29, {})
    with on(30):
        enter(buyer)
        page.goto(address)
        expect(page.get_by_text("Nothing happens by itself")).to_be_visible()
        take(page, "mitigation-proposed")
        asked_by_the_buyer()
    with on(31):
        approved_by_a_specialist()
    assert supplier.restrictions.get().scope == "no_new_category"
    live(30, 181, {})
    with on(182):
        asked_by_the_buyer()
        approved_by_a_specialist()
    live(182, 183, {})
    with on(183):
        enter(csr_specialist)
        page.goto(f"{live_server.url}{supplier.get_absolute_url()}")
        expect(page.get_by_text("Disqualified").first).to_be_visible()
        page.goto(address)
        take(page, "mitigation-ended")
    plan.refresh_from_db()
    supplier.refresh_from_db()
    assert supplier.status == SupplierStatus.DISQUALIFIED
    assert (plan.state, plan.outcome) == ("ended", "disqualified")
    days = dict(reversed([(code, day) for day, code in history(plan)]))
    assert (days["plan_offered"], days["agreement_missing"], days["limit_passed"]) == (7, 29, 181)
    assert complaints == []
