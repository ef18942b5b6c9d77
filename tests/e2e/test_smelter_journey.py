"""Smelter lists in a real browser: one smelter leaves the list, and exactly those who name it are
asked; a policy tried dry does what was forecast."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from core import clock
from minerals.excel.sample_list import SampleRow, changed, demo_rows, xml_list
from minerals.models import RiskRating, SmelterTask
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.e2e.looks import PHONE, barriers, overflow, take
from tests.factories.minerals import Desk, form
from tests.support.worker import running_worker

Enter = Callable[[User], None]
DROPPED, DROPPED_NAME = "CID900002", "Quiet Tin Works (demo)"
LOOKUPS = {
    "Tantalum": "Tall Tantalum Works (demo)",
    "Gold": "Golden Kettle Refinery (demo)",
    "Tungsten": "Heavy Stone Tungsten (demo)",
}


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    with running_worker(processes=1):
        yield


@pytest.fixture
def suppliers(transactional_db: None, tmp_path: Path, csr_specialist: User) -> list[Supplier]:
    """Five; the second and the fourth name the smelter that the second list drops."""
    desk = Desk(tmp_path, csr_specialist)
    desk.install()
    found = []
    for number in range(1, 6):
        made = create_supplier(None, SupplierInput(f"J-{number}", f"Journey {number} Ltd"))
        tin = DROPPED_NAME if number in (2, 4) else "Bright Tin Smelting Co. (demo)"
        rows = [{"metal": metal, "lookup": name} for metal, name in LOOKUPS.items()]
        rows.append({"metal": "Tin", "lookup": tin})
        desk.hand_in(made, form(smelters=rows, company={"unique_id": f"{number}"}))
        found.append(made)
    return found


def import_list(page: Page, address: str, rows: list[SampleRow], day: dt.date) -> None:
    """Upload, wait for the worker, and stop at the preview."""
    page.goto(f"{address}/minerals/lists/new/")
    page.get_by_label("Date of the list").fill(day.isoformat())
    file = {"name": "list.xls", "mimeType": "application/vnd.ms-excel", "buffer": xml_list(rows)}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    page.locator("[data-needs-files]").click()
    expect(page.get_by_role("button", name="Import this list")).to_be_visible(timeout=30_000)


def confirm(page: Page) -> None:
    knowing = page.get_by_label("I know why, and the list is right")
    if knowing.count():
        knowing.check()
    page.get_by_role("button", name="Import this list").click()
    expect(page.locator("#list-state")).to_contain_text("Imported", timeout=30_000)


def open_tasks(page: Page, address: str) -> list[str]:
    page.goto(f"{address}/minerals/smelter-tasks/?state=open")
    return page.locator("tbody th a.main").all_inner_texts()


def test_a_smelter_leaves_the_list_and_exactly_those_who_name_it_are_asked(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    worker: None,
    suppliers: list[Supplier],
    csr_specialist: User,
) -> None:
    today = clock.today()
    whole = demo_rows(today - dt.timedelta(days=90))
    enter(csr_specialist)
    import_list(page, live_server.url, whole, today - dt.timedelta(days=40))
    take(page, "smelters-first-list")
    confirm(page)
    assert open_tasks(page, live_server.url) == []

    without = changed(whole, {DROPPED: {}})
    import_list(page, live_server.url, without, today - dt.timedelta(days=2))
    state = page.locator("#list-state")
    expect(state).to_contain_text("2 suppliers name smelters in current declarations that are gone")
    page.get_by_role("link", name=re.compile("^Gone")).first.click()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    expect(page.locator("#list tbody")).to_contain_text(DROPPED_NAME)
    assert barriers(page) == []
    take(page, "smelters-second-list")
    confirm(page)
    expect(page.get_by_text("2 suppliers are asked to act because of this list")).to_be_visible(
        timeout=30_000
    )
    take(page, "smelters-effect")
    page.get_by_role("link", name="See their tasks").click()
    expect(page.locator("tbody th a.main")).to_have_count(2)
    assert sorted(open_tasks(page, live_server.url)) == ["Journey 2 Ltd", "Journey 4 Ltd"]
    assert barriers(page) == []
    take(page, "smelters-tasks")

    page.get_by_role("link", name="Journey 2 Ltd").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text(DROPPED)
    expect(page.locator("tbody")).to_contain_text("Eligible only")
    expect(page.locator("tbody")).to_contain_text("Ask the smelter to enrol in RMAP")
    assert barriers(page) == []
    take(page, "smelters-task")

    import_list(page, live_server.url, without, today - dt.timedelta(days=1))
    expect(state).to_contain_text("The content is the same as that of the list")
    confirm(page)
    expect(page.get_by_text("Nobody has to act because of this list")).to_be_visible(timeout=30_000)
    assert sorted(open_tasks(page, live_server.url)) == ["Journey 2 Ltd", "Journey 4 Ltd"]
    assert SmelterTask.objects.count() == 2

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/minerals/smelters/{DROPPED}/")
    expect(page.get_by_text("Journey 2 Ltd").first).to_be_visible()
    assert overflow(page) == 0
    assert barriers(page) == []
    take(page, "smelters-smelter-phone")
    assert complaints == []


def test_publishing_a_policy_does_what_the_dry_run_forecast(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    worker: None,
    suppliers: list[Supplier],
    csr_specialist: User,
    admin: User,
) -> None:
    enter(csr_specialist)
    today = clock.today()
    rows = demo_rows(today, **{DROPPED: "Outreach Required"})
    import_list(page, live_server.url, rows, today - dt.timedelta(days=3))
    confirm(page)
    before = levels()
    page.goto(f"{live_server.url}/minerals/risk/policy/")
    page.get_by_role("button", name="Begin a draft").click()
    page.get_by_label("Outreach required").fill("35")
    page.get_by_label("High from").fill("40")
    assert barriers(page) == []
    page.get_by_role("button", name="Save and show who would change").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 of 5 suppliers")
    take(page, "policy-effect")
    assert barriers(page) == []
    forecast = {
        row.locator("a.main").inner_text(): row.locator("td").nth(1).inner_text().strip().lower()
        for row in page.locator("tbody tr").all()
        if row.locator("a.main").count()
    }
    assert levels() == before, "trying writes nothing"

    enter(admin)
    page.goto(f"{live_server.url}/minerals/risk/policy/draft/effect/")
    page.get_by_label("What changed and why", exact=False).fill("Outreach weighs more.")
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_role("heading", name="Risk policy 2")).to_be_visible()
    page.wait_for_function(
        "async () => (await (await fetch('/minerals/risk/?level=high')).text())"
        ".includes('Journey 4')",
        timeout=30_000,
    )
    after = levels()
    assert {name: level for name, level in after.items() if level != before[name]} == forecast
    assert sorted(forecast) == ["Journey 2 Ltd", "Journey 4 Ltd"]
    assert complaints == []


def levels() -> dict[str, str]:
    current = RiskRating.objects.filter(is_current=True).select_related("supplier")
    return {rating.supplier.name: rating.level for rating in current}
