"""Lists and messages by keyboard: dates typed, focus that stays, filters that survive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from core.models import Notification
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier

Enter = Callable[[User], None]


def suppliers(count: int) -> list[Supplier]:
    return [
        create_supplier(None, SupplierInput(f"S-{number:03d}", f"Company {number}", "", "CN"))
        for number in range(count)
    ]


def settled(page: Page) -> None:
    """The links of the new part work in place only from then on."""
    expect(page.locator(".htmx-settling")).to_have_count(0)


def test_a_date_is_typed_in_peace_and_applied_when_it_is_left(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    (supplier,) = suppliers(1)
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/{supplier.pk}/?tab=timeline")
    since, until = page.locator("#id_since"), page.locator("#id_until")
    since.focus()
    for key in "11262026":
        page.keyboard.press(key)
        page.wait_for_timeout(150)  # longer than the half-typed year needs to come back
    expect(since).to_have_value("2026-11-26")
    assert "since" not in page.url
    until.focus()
    page.keyboard.type("12012026", delay=50)
    page.keyboard.press("Enter")
    page.wait_for_url("**since=2026-11-26**")
    assert "until=2026-12-01" in page.url
    since.focus()
    page.keyboard.press("ArrowUp")
    page.get_by_label("Who").focus()
    page.wait_for_url("**since=2026-12-26**")
    assert complaints == []


def test_a_date_that_is_picked_applies_at_once(
    page: Page, live_server: Any, enter: Enter, buyer: User
) -> None:
    (supplier,) = suppliers(1)
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/{supplier.pk}/?tab=timeline")
    page.locator("#id_since").fill("2026-11-26")
    page.wait_for_url("**since=2026-11-26**")


def test_the_focus_stays_where_one_sorts_and_turns_pages(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    suppliers(101)
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/")
    heading = page.get_by_role("columnheader", name="Name").get_by_role("link")
    heading.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=**")
    expect(heading).to_be_focused()
    settled(page)
    onward = page.get_by_role("link", name="Next page")
    onward.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2**")
    expect(onward).to_be_focused()
    settled(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**page=3**")
    expect(page.locator("#list")).to_be_focused()  # there is no next page any more
    settled(page)
    page.get_by_role("link", name="2", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2**")
    expect(page.locator(".pager-here")).to_be_focused()
    assert complaints == []


def test_a_removed_filter_leaves_the_focus_in_the_list(
    page: Page, live_server: Any, enter: Enter, buyer: User
) -> None:
    suppliers(1)
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/?country=CN")
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#list")).to_be_focused()


def test_the_next_notification_takes_the_focus(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    for number in range(2):
        Notification.objects.create(recipient=buyer, kind="x", message=f"Note {number}", url="/")
    enter(buyer)
    page.goto(f"{live_server.url}/notifications/")
    read = page.get_by_role("button", name="Mark as read")
    items = page.locator(".notification")
    read.first.focus()
    page.keyboard.press("Enter")
    expect(read).to_have_count(1)
    expect(read).to_be_focused()
    settled(page)
    page.keyboard.press("Enter")
    expect(read).to_have_count(0)
    expect(items.nth(1)).to_be_focused()
    assert complaints == []


def test_a_message_waits_while_it_is_held(
    page: Page, live_server: Any, enter: Enter, buyer: User
) -> None:
    enter(buyer)
    page.clock.install()
    page.goto(f"{live_server.url}/me/profile/")
    page.get_by_role("button", name="Save", exact=True).click()
    message = page.locator("#messages .message")
    expect(message).to_be_visible()
    message.get_by_role("button", name="Close").focus()
    page.clock.run_for(8000)
    expect(message).to_be_visible()
    page.locator("#main").focus()
    message.hover()
    page.clock.run_for(4000)
    expect(message).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(4000)
    expect(message).to_have_count(0)


def test_the_language_changes_and_the_filters_stay(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    suppliers(1)
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/")
    page.get_by_label("Country or region").first.select_option(label="China")
    page.wait_for_url("**/suppliers/?country=CN")
    page.get_by_role("button", name="Language").click()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    assert page.url.endswith("/suppliers/?country=CN")
    assert complaints == []
