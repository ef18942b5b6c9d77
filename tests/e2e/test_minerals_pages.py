"""Pages of smelters, risk, review and mitigation in a real browser: no barrier, no error, nothing
blocked, nothing too wide, in both languages and themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from minerals.models import (
    Clarification,
    MitigationPlan,
    PlausibilityAlert,
    SmelterList,
    SmelterTask,
)
from suppliers.models import Supplier
from tests.e2e.looks import SIZES, barriers, overflow, take
from tests.permissions.world import build_world

Enter = Callable[[User], None]


@pytest.mark.parametrize(
    ("size", "theme", "language"), [("desktop", "light", "en"), ("phone", "dark", "zh-hans")]
)
def test_pages(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    supplier: Supplier,
    supplier_user: User,
    csr_specialist: User,
    other_supplier: Supplier,
    admin: User,
    size: str,
    theme: str,
    language: str,
) -> None:
    build_world(supplier, supplier_user, csr_specialist, other_supplier)
    User.objects.filter(pk=admin.pk).update(language=language)
    enter(admin)
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    declared = supplier.declarations.current().first()
    assert declared is not None
    addresses = {
        "smelters": "/minerals/smelters/",
        "smelters_then": "/minerals/smelters/?on=2020-05-31",
        "map": "/minerals/smelters/countries/",
        "tasks": "/minerals/smelter-tasks/",
        "mines": "/minerals/mines/",
        "lists": "/minerals/lists/",
        "list_upload": "/minerals/lists/new/",
        "status_words": "/minerals/status-words/",
        "mitigations": "/minerals/mitigations/",
        "oecd": "/minerals/oecd/",
        "oecd_supplier": f"/minerals/oecd/{supplier.pk}/",
        "risk": "/minerals/risk/",
        "risk_then": "/minerals/risk/?on=2026-01-01",
        "risk_supplier": f"/minerals/risk/suppliers/{supplier.pk}/",
        "policy": "/minerals/risk/policy/",
        "countries": "/minerals/risk/countries/",
        "questions": "/minerals/clarifications/",
        "alerts": "/minerals/plausibility/",
        "lengths": "/minerals/plausibility/lengths/",
        "rows_then": f"{declared.get_absolute_url()}?tab=smelters&on=2026-01-01",
        **{
            f"{kind._meta.model_name}_{thing.pk}": thing.get_absolute_url()
            for kind in (SmelterTask, SmelterList, MitigationPlan, Clarification, PlausibilityAlert)
            for thing in kind._default_manager.all()
        },
    }
    for name, address in addresses.items():
        answer = page.goto(f"{live_server.url}{address}")
        assert answer is not None, name
        assert answer.status == 200, name
        take(page, f"minerals_{name}-{size}")
        assert overflow(page) == 0, name
        assert barriers(page) == [], name
    assert complaints == []
