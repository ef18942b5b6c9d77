"""The supplier list in a real browser: selecting by mouse and keyboard, what the bar does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from suppliers.models import Category, Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier

Enter = Callable[[User], None]


def test_select_some_and_all_and_change_them(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    for number in range(60):
        create_supplier(None, SupplierInput(f"S-{number:03d}", f"Company {number}", "", "CN"))
    Category.objects.create(code="EL", name="Electronics", path="EL/")
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/?country=CN")
    bar = page.get_by_role("region", name="Selected suppliers")
    expect(bar).to_be_hidden()
    boxes = page.locator("[data-select]")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    expect(bar).to_contain_text("1 selected")
    boxes.nth(4).click(modifiers=["Shift"])
    expect(bar).to_contain_text("5 selected")
    page.get_by_label("Select all on this page").first.check()
    expect(bar).to_contain_text("50 selected")
    bar.get_by_role("button", name="Select all 60 that fit").click()
    expect(bar).to_contain_text("60 selected")
    bar.get_by_role("button", name="Add a category").click()
    expect(page.get_by_text("For 60 suppliers.")).to_be_visible()
    page.get_by_label("Category").select_option(label="EL · Electronics")
    page.get_by_role("button", name="Add a category").click()
    expect(page.get_by_text("60 suppliers changed.")).to_be_visible()
    assert Supplier.objects.filter(categories__code="EL").count() == 60
    assert complaints == []


def test_a_view_is_kept_and_opened(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    for code, country in (("S-1", "CN"), ("S-2", "DE")):
        create_supplier(None, SupplierInput(code, f"Company {code}", "", country))
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/")
    page.get_by_label("Country or region").first.select_option(label="Germany")
    expect(page.get_by_role("link", name="Company S-1")).to_be_hidden()
    page.locator("summary", has_text="View").click()
    page.get_by_label("Keep these filters and columns as").fill("German ones")
    page.get_by_role("button", name="Save the view").click()
    expect(page.get_by_role("link", name="German ones")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="All suppliers").last.click()
    expect(page.get_by_role("link", name="Company S-1")).to_be_visible()
    page.get_by_role("link", name="German ones").click()
    expect(page.get_by_role("link", name="Company S-1")).to_be_hidden()
    assert complaints == []


def test_enter_asks_again_before_a_duplicate(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    create_supplier(None, SupplierInput("S-1", "Bright Tin Co.", "", "CN"))
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/new/")
    page.locator("#id_code").fill("S-2")
    page.locator("#id_name").fill("Bright Tin Co.")
    question = page.get_by_role("heading", name="Is it one of these?")
    for field in ("#id_name", "#id_city"):
        page.locator(field).fill("Bright Tin Co.")
        with page.expect_navigation():
            page.locator(field).press("Enter")
        expect(question).to_be_visible()
    assert Supplier.objects.count() == 1
    page.get_by_role("button", name="No, create a new supplier").click()
    expect(page.get_by_role("heading", name="Bright Tin Co.").first).to_be_visible()
    assert Supplier.objects.count() == 2
