"""Pictures to look at, and what an accessibility scanner says of a page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
Theme = Literal["light", "dark"]


def take(page: Page, name: str) -> None:
    """Store a picture of the whole page in the folder ``SCREENSHOTS``; nothing without it."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def barriers(page: Page) -> list[str]:
    """What axe objects to, one line per kind and place."""
    result: dict[str, Any] = Axe().run(page).response
    return [
        f"{violation['id']}: {node['target'][0]} {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window; 0 is right."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
