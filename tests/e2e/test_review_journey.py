"""Reviewing in a real browser: ask beside the findings, answer on a phone or by a corrected file,
accept."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from minerals.enums import ReviewState
from minerals.models import Clarification, Declaration
from suppliers.models import Supplier
from tests.e2e.looks import DESKTOP, PHONE, barriers, overflow, take
from tests.factories.minerals import Desk, form
from tests.support.worker import running_worker, wait_for

Enter = Callable[[User], None]


@pytest.fixture
def wrong(
    transactional_db: None, tmp_path: Path, supplier: Supplier, supplier_user: User
) -> Declaration:
    """No contact e-mail; nothing else to correct."""
    return Desk(tmp_path, supplier_user).hand_in(supplier, form(company={"contact_email": ""}))


def test_asked_answered_waived_accepted(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    wrong: Declaration,
    csr_specialist: User,
    supplier_user: User,
) -> None:
    address = f"{live_server.url}{wrong.get_absolute_url()}"
    enter(csr_specialist)
    page.goto(address)
    finding = page.locator(".finding").first
    finding.locator("summary", has_text="Ask…").click()
    finding.get_by_label("In your own words").fill("Whom do we write to?")
    finding.get_by_role("button", name="Note the question").click()
    expect(finding.get_by_text("To be asked")).to_be_visible()
    take(page, "review-noted")
    assert barriers(page) == []
    page.locator("#review").get_by_role("link", name=re.compile("Send 1 question")).click()
    assert barriers(page) == []
    page.get_by_role("button", name="Send 1 question").click()
    expect(page.get_by_text("The supplier has been asked.")).to_be_visible()

    asked = Clarification.objects.get()
    enter(supplier_user)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(live_server.url)
    page.get_by_role("link", name="Answer", exact=True).click()
    expect(page.get_by_text("Whom do we write to?")).to_be_visible()
    assert overflow(page) == 0
    assert barriers(page) == []
    take(page, "review-answer-phone")
    page.get_by_label("Your answer").fill("dana@bright.example")
    page.get_by_role("button", name="Send the answers").click()
    expect(page.get_by_role("heading", name="Thank you.", exact=False).first).to_be_visible()
    asked.refresh_from_db()
    assert asked.state == "answered"

    enter(csr_specialist)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.goto(address)
    expect(finding.get_by_text("dana@bright.example")).to_be_visible()
    finding.locator("summary", has_text="Waive…").click()
    finding.get_by_label("Why it is waived").fill("They told us the address.")
    finding.get_by_role("button", name="Waive", exact=True).click()
    accept = page.locator("#review").get_by_role("button", name="Accept with exceptions")
    accept.click()
    page.locator("#confirm-dialog").get_by_role("button", name="Accept with exceptions").click()
    expect(page.get_by_role("heading", name="Accepted with exceptions.")).to_be_visible()
    wrong.refresh_from_db()
    assert wrong.review == ReviewState.WITH_EXCEPTIONS
    assert complaints == []


def test_contradictions_are_asked_corrected_in_the_file_and_accepted(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    tmp_path: Path,
    supplier: Supplier,
    csr_specialist: User,
    supplier_user: User,
) -> None:
    desk = Desk(tmp_path, supplier_user)
    desk.install()
    contradicting = form(answers={("Q1", "Tungsten"): "No"})
    first = desk.hand_in(supplier, contradicting)
    assert first.error_count > 0
    enter(csr_specialist)
    page.goto(f"{live_server.url}{first.get_absolute_url()}")
    expect(page.locator("#review").get_by_role("button", name="Accept")).to_be_disabled()
    take(page, "review-contradictions")
    asking = page.locator(".finding summary", has_text="Ask…")
    for left in range(asking.count(), 0, -1):
        asking.first.click()
        page.locator(".finding-choice[open]").get_by_role("button").click()
        expect(asking).to_have_count(left - 1)
    page.locator("#review").get_by_role("link", name=re.compile(r"^Send \d+ question")).click()
    page.get_by_role("button", name=re.compile(r"^Send \d+ question")).click()
    expect(page.get_by_text("The supplier has been asked.")).to_be_visible()

    enter(supplier_user)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(live_server.url)
    page.get_by_role("link", name="Answer", exact=True).click()
    expect(page.locator(".cell-address").first).to_contain_text("!")
    take(page, "review-questions-phone")
    corrected = {
        "name": "corrected.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": form(),
    }
    with running_worker(processes=1):
        page.set_input_files("#corrected", corrected)  # type: ignore[arg-type]
        page.get_by_role("button", name="Upload and check").click()
        page.wait_for_url("**/minerals/**")
        wait_for(
            lambda: Clarification.objects.get().state == "answered",
            seconds=30,
            what="the corrected file",
        )

    second = Declaration.objects.get(file_name="corrected.xlsx")
    first.refresh_from_db()
    assert (first.superseded_by, second.reviewer) == (second, csr_specialist)
    enter(csr_specialist)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}{Clarification.objects.get().get_absolute_url()}")
    page.get_by_role("link", name="corrected.xlsx").click()
    expect(page.get_by_text("1 warning to decide")).to_be_visible()
    take(page, "review-corrected")
    assert barriers(page) == []
    page.locator(".finding").get_by_text("Right as it is").click()
    page.locator("#review").get_by_role("button", name="Accept the declaration").click()
    expect(page.get_by_role("heading", name="Accepted", exact=False).first).to_be_visible()
    take(page, "review-accepted")
    second.refresh_from_db()
    assert second.review == ReviewState.ACCEPTED
    assert complaints == []
