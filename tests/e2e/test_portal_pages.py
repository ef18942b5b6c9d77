"""Pages across apps in a real browser: no barrier, no error, nothing blocked, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from core.services.activity import record_activity
from suppliers.models import Supplier
from tests.conftest import MakeUser
from tests.e2e.looks import SIZES, barriers, overflow, take
from tests.permissions.world import build_world

Enter = Callable[[User], None]


@pytest.fixture
def world(
    supplier: Supplier, supplier_user: User, csr_specialist: User, other_supplier: Supplier
) -> None:
    build_world(supplier, supplier_user, csr_specialist, other_supplier)
    record_activity(csr_specialist, "supplier.changed", supplier, changes={"name": ["A", "B"]})


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_pages(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    world: None,
    admin: User,
    supplier: Supplier,
    size: str,
    theme: str,
) -> None:
    enter(admin)
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    addresses = {
        "home": "/",
        "suppliers": "/suppliers/",
        "supplier": f"/suppliers/{supplier.pk}/",
        **{
            f"supplier_{tab}": f"/suppliers/{supplier.pk}/?tab={tab}"
            for tab in ("minerals", "audits", "findings", "contacts", "timeline")
        },
        "bulk": f"/suppliers/bulk/buyer/?ids={supplier.pk}",
        "scope": f"/suppliers/scopes/{admin.pk}/",
        "notifications": "/notifications/",
        "supplier_edit": f"/suppliers/{supplier.pk}/edit/",
        "search": "/search/?q=tin",
        "settings": "/settings/",
        "users": "/settings/users/",
        "user": f"/settings/users/{admin.pk}/",
        "profile": "/me/profile/",
        "tokens": "/me/tokens/",
    }
    for name, address in addresses.items():
        answer = page.goto(f"{live_server.url}{address}")
        assert answer is not None and answer.status == 200, name
        take(page, f"portal_{name}-{size}-{theme}")
        assert overflow(page) == 0, name
        assert barriers(page) == [], name
    assert complaints == []


def test_home_of_a_supplier_on_a_phone(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    world: None,
    supplier_user: User,
) -> None:
    enter(supplier_user)
    page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    page.goto(live_server.url)
    take(page, "portal_supplier_home-phone")
    assert (overflow(page), barriers(page), complaints) == (0, [], [])
    page.get_by_role("button", name="Get your file with comments").click()
    expect(page).to_have_url(re.compile(r"/minerals/declarations/\d+/correction/\?job="))


def test_api_documentation_keeps_to_the_security_policy(
    page: Page, live_server: Any, enter: Enter, complaints: list[str], make_user: MakeUser
) -> None:
    enter(make_user(None, "reader"))
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.locator("#operations-tag-declarations").click()
    page.get_by_text("/api/v1/declarations/", exact=True).first.click()
    expect(page.get_by_text("Hand in one or several workbooks or ZIP files").first).to_be_visible()
    assert complaints == []


def test_search_by_keyboard_alone(
    page: Page, live_server: Any, enter: Enter, world: None, auditor: User, supplier: Supplier
) -> None:
    enter(auditor)
    page.goto(live_server.url)
    page.keyboard.press("/")
    page.keyboard.type("bright tin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search: bright tin")).to_be_visible()
    hit = page.locator("main .waiting a").first
    for _step in range(40):
        if hit.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/suppliers/{supplier.pk}/")
