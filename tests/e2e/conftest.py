"""A real browser for a few journeys; skipped where no chromium is installed."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, Page

from accounts.models import User
from accounts.roles import Role

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Playwright's synchronous API runs an event loop in this thread; Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None and os.environ.get("E2E_REQUIRED") == "1":
        raise pytest.UsageError("E2E_REQUIRED=1, but no chromium is on the path.")
    for item in items:
        if "tests/e2e/" not in item.nodeid:
            continue
        item.add_marker(pytest.mark.e2e)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no chromium is installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "chromium_sandbox": False,
        "args": [
            *quiet,
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
        ],
    }


# Data that migrations bring; each step leaves alone what is there already.
BROUGHT = (
    ("suppliers.migrations.0004_document_types", "add_documents"),
    ("suppliers.migrations.0007_risk_and_questionnaire", "fill_risk"),
    ("suppliers.migrations.0007_risk_and_questionnaire", "fill_questionnaire"),
    ("minerals.migrations.0003_risk_defaults", "fill"),
)


@pytest.fixture(autouse=True)
def _installation(transactional_db: None) -> None:
    """What migrations made and the emptying after the last such test took away."""
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    for module, step in BROUGHT:
        getattr(importlib.import_module(module), step)(apps, None)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of: script errors, blocked styles, missing files."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: found.append(message.text) if message.type == "error" else None,
    )
    return found


@pytest.fixture
def enter(context: BrowserContext, live_server: Any) -> Callable[[User], None]:
    """Give the browser the session of a signed-in person."""

    def sign_in(user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        assert session.session_key
        context.add_cookies(
            [{"name": "sessionid", "value": session.session_key, "url": live_server.url}]
        )

    return sign_in
