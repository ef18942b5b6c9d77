"""Reviewing in a real browser: ask beside the findings, answer on a phone, accept."""

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
from tests.e2e.looks import PHONE, barriers, overflow, take
from tests.factories.minerals import Desk, form

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
    page.set_viewport_size({"width": 1440, "height": 900})
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
