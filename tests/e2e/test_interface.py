"""The look of the product: every component, every frame, without barriers, errors or overflow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.conftest import PASSWORD
from tests.e2e.looks import SIZES, barriers, overflow, take

PAGES = {
    "gallery": "/gallery/",
    "gallery_filtered": "/gallery/?metal=tin&search=bright&sort=-share&page=3",
    "home_full": "/gallery/home/?full=1",
    "home_empty": "/gallery/home/",
    "list_empty": "/gallery/empty/",
}
STRANGER_PAGES = {
    "sign_in": "/accounts/login/",
    "password_reset": "/accounts/password/reset/",
    **{f"error_{code}": f"/accounts/gallery/broken/?page={code}" for code in
       ("400", "403", "403_csrf", "404", "429", "500")},
}  # fmt: skip
ACCOUNT_PAGES = {
    "password_change": "/accounts/password/change/",
    "two_step": "/accounts/2fa/",
}


@pytest.fixture(autouse=True)
def _gallery(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.e2e.gallery"
    engine = settings.TEMPLATES[0]
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**engine, "DIRS": [folder, *engine["DIRS"]]}]


def look(page: Page, address: str, name: str, size: str, theme: str) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    answer = page.goto(address)
    assert answer is not None and answer.status == 200, f"{name}: {answer and answer.status}"
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
    take(page, f"{name}-{size}-{theme}")
    assert overflow(page) == 0, f"{name} is too wide on {size}"
    assert barriers(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_pages_of_the_staff(
    page: Page,
    live_server: Any,
    enter: Callable[[User], None],
    admin: User,
    complaints: list[str],
    size: str,
    theme: str,
) -> None:
    assert admin.is_internal
    enter(admin)
    for name, address in {**PAGES, **ACCOUNT_PAGES}.items():
        look(page, live_server.url + address, name, size, theme)
    assert complaints == []


@pytest.mark.parametrize("size", list(SIZES))
def test_pages_of_two_step_sign_in(
    page: Page,
    live_server: Any,
    enter: Callable[[User], None],
    csr_specialist: User,
    complaints: list[str],
    size: str,
) -> None:
    enter(csr_specialist)
    address = f"{live_server.url}/accounts/2fa/totp/activate/"
    look(page, address, "confirm_access", size, "light")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    look(page, address, "totp_activate", size, "light")
    expect(page.locator("img.qr-code")).to_be_visible()
    TOTP.activate(csr_specialist, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(csr_specialist)
    for name, path in {"codes": "recovery-codes/", "totp_off": "totp/deactivate/"}.items():
        look(page, f"{live_server.url}/accounts/2fa/{path}", name, size, "light")
    look(page, f"{live_server.url}/accounts/2fa/", "two_step_on", size, "dark")
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_pages_for_strangers(
    page: Page, live_server: Any, complaints: list[str], size: str, theme: str
) -> None:
    for name, address in STRANGER_PAGES.items():
        look(page, live_server.url + address, name, size, theme)
    assert complaints == []


def test_the_scanner_finds_barriers(page: Page) -> None:
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><img src="x"></main></html>')
    assert [line.split(":")[0] for line in barriers(page)] == ["image-alt"]


@pytest.fixture
def gallery(page: Page, live_server: Any, enter: Callable[[User], None], admin: User) -> Page:
    enter(admin)
    page.set_viewport_size(SIZES["desktop"])  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/gallery/")
    return page


def test_keys(gallery: Page, complaints: list[str]) -> None:
    gallery.keyboard.press("/")
    expect(gallery.locator("#global-search")).to_be_focused()
    gallery.keyboard.press("?")
    expect(gallery.locator("#global-search")).to_have_value("?")
    gallery.keyboard.press("Escape")
    gallery.locator("#main").focus()
    gallery.keyboard.press("?")
    expect(gallery.locator("#keys-dialog")).to_be_visible()
    gallery.keyboard.press("Escape")
    expect(gallery.locator("#keys-dialog")).to_be_hidden()
    gallery.keyboard.press("g")
    gallery.keyboard.press("h")
    expect(gallery).to_have_url(re.compile(r"^http://[^/]+/$"))
    assert complaints == []


def test_the_first_tab_skips_to_the_content(gallery: Page) -> None:
    gallery.keyboard.press("Tab")
    expect(gallery.locator(".skip-link")).to_be_focused()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("#main")).to_be_focused()


def test_the_theme_is_kept(gallery: Page) -> None:
    gallery.emulate_media(color_scheme="light")
    gallery.get_by_role("button", name="Light or dark").click()
    gallery.get_by_role("button", name="Dark", exact=True).click()
    expect(gallery.locator("html")).to_have_attribute("data-bs-theme", "dark")
    gallery.reload()
    expect(gallery.locator("html")).to_have_attribute("data-bs-theme", "dark")
    gallery.get_by_role("button", name="Light or dark").click()
    pressed = gallery.locator("[data-theme-value][aria-pressed=true]")
    expect(pressed).to_have_text("Dark")


def test_the_language_changes_and_stays_on_the_page(gallery: Page) -> None:
    gallery.get_by_role("button", name="Language").click()
    gallery.get_by_role("button", name="简体中文").click()
    expect(gallery.locator("html")).to_have_attribute("lang", "zh-hans")
    assert gallery.url.endswith("/gallery/")
    take(gallery, "gallery-desktop-chinese")


def test_a_dangerous_button_asks_first(gallery: Page) -> None:
    dialog = gallery.locator("#confirm-dialog")
    before = gallery.url
    gallery.get_by_role("button", name="Delete").click()
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading")).to_have_text("Delete the supplier?")
    take(gallery, "confirm-desktop-light")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    assert gallery.url == before
    gallery.get_by_role("button", name="Delete").click()
    with gallery.expect_request(lambda request: request.method == "POST"):
        dialog.get_by_role("button", name="Delete").click()


def test_files_are_dropped_checked_and_removed(gallery: Page, tmp_path: Path) -> None:
    send = gallery.get_by_role("button", name="Upload and check")
    expect(send).to_be_disabled()
    good = tmp_path / "bright_tin.xlsx"
    good.write_bytes(b"x" * 2048)
    wrong = tmp_path / "photo.png"
    wrong.write_bytes(b"x")
    gallery.locator("#id_workbooks").set_input_files([good, wrong])
    lines = gallery.locator("[data-file-list] li")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("2 KB")
    expect(lines.nth(0).locator("[data-file-problem]")).to_have_text("")
    expect(lines.nth(1)).to_contain_text("This kind of file cannot be read.")
    take(gallery, "upload-desktop-light")
    gallery.get_by_role("button", name="Remove photo.png").click()
    expect(lines).to_have_count(1)
    expect(send).to_be_enabled()
    drop(gallery, "second.xlsx")
    expect(lines).to_have_count(2)
    expect(lines.nth(1)).to_contain_text("second.xlsx")


def drop(page: Page, name: str) -> None:
    """Let go of a file over the drop zone, as a mouse would."""
    page.evaluate(
        """name => {
            const data = new DataTransfer();
            data.items.add(new File(["content"], name));
            const zone = document.querySelector("[data-drop-zone]");
            zone.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
        }""",
        name,
    )


def test_a_list_sorts_filters_and_pages_in_place(gallery: Page, complaints: list[str]) -> None:
    gallery.evaluate("window.sameDocument = true")
    gallery.get_by_role("link", name="Suppliers", exact=True).last.click()
    heading = gallery.locator("th[aria-sort]")
    expect(heading).to_have_attribute("aria-sort", "descending")
    gallery.get_by_label("Metal").select_option("tin")
    expect(gallery.locator(".chip b")).to_have_text("Tin")
    gallery.get_by_label("Search", exact=True).press_sequentially("bri")
    expect(gallery.locator(".chip")).to_have_count(2)
    expect(gallery.get_by_label("Search", exact=True)).to_be_focused()
    gallery.get_by_role("link", name="Next page").click()
    expect(gallery.locator(".pager-here")).to_have_text("2")
    assert gallery.evaluate("window.sameDocument") is True
    assert gallery.url.endswith("/gallery/?search=bri&metal=tin&sort=-share&page=2")
    gallery.locator(".chip", has_text="Metal").click()
    expect(gallery.locator(".chip")).to_have_count(1)
    assert gallery.url.endswith("/gallery/?search=bri&sort=-share")
    gallery.go_back()
    expect(gallery.locator(".pager-here")).to_have_text("2")
    assert complaints == []


def test_the_menu_opens_on_a_phone(gallery: Page) -> None:
    gallery.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    gallery.reload()
    home = gallery.locator("#rail").get_by_role("link", name="Home")
    expect(home).not_to_be_in_viewport()
    gallery.get_by_role("button", name="Open the menu").click()
    expect(home).to_be_in_viewport()
    gallery.wait_for_timeout(400)
    take(gallery, "menu-phone-light")
    gallery.keyboard.press("Escape")
    expect(home).not_to_be_in_viewport()
