"""The form of a supplier on a phone: every category is within reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from suppliers.models import Category
from tests.e2e.looks import take

Enter = Callable[[User], None]


def test_categories_scroll_downwards_and_can_be_searched(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], buyer: User
) -> None:
    for number in range(40):
        code = f"EL-{number:02d}"
        Category.objects.create(
            code=code, name=f"Connectors and cable assemblies of kind {number}", path=f"{code}/"
        )
    enter(buyer)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/suppliers/new/")
    tree = page.get_by_role("group", name="Categories")
    widths = tree.evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert widths[0] <= widths[1]
    heights = tree.evaluate("one => [one.scrollHeight, one.clientHeight]")
    assert heights[0] > heights[1]
    tree.get_by_label("EL-03").check()
    take(page, "supplier-form-phone")
    search = page.get_by_role("searchbox", name="Search: Categories")
    search.fill("kind 27")
    expect(tree.get_by_label("EL-27")).to_be_visible()
    expect(tree.get_by_label("EL-03")).to_be_visible()
    expect(tree.get_by_label("EL-28")).to_be_hidden()
    search.press("Enter")
    assert page.url.endswith("/suppliers/new/")
    tree.get_by_label("EL-03").uncheck()
    search.fill("no such thing")
    expect(tree.get_by_text("Nothing found")).to_be_visible()
    assert complaints == []
