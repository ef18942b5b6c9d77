"""Pages of suppliers in both languages: no barrier, no error, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from suppliers.models import Supplier
from tests.e2e.looks import SIZES, barriers, overflow, take
from tests.permissions.world import build_world
from tests.suppliers.lifecycle.steps import put_status

Enter = Callable[[User], None]
LOOKS = [("en", "desktop", "dark"), ("zh-hans", "phone", "light")]


class Looker:
    """Opens pages as somebody and says what is wrong with them."""

    def __init__(self, page: Page, address: str, look: tuple[str, str, str]) -> None:
        language, size, theme = look
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        self.page, self.address, self.language, self.name = page, address, language, "-".join(look)

    def faults(self, pages: dict[str, str]) -> list[str]:
        found = []
        for name, path in pages.items():
            answer = self.page.goto(self.address + path)
            take(self.page, f"lifecycle_{name}-{self.name}")
            if answer is None or answer.status != 200:
                found.append(f"{name}: {answer and answer.status}")
                continue
            if self.page.locator("html").get_attribute("lang") != self.language:
                found.append(f"{name}: not in {self.language}")
            if wide := overflow(self.page):
                found.append(f"{name}: {wide} px too wide")
            found += [f"{name}: {barrier}" for barrier in barriers(self.page)]
        return found


@pytest.fixture(params=LOOKS, ids="-".join)
def looker(page: Page, live_server: Any, request: pytest.FixtureRequest) -> Looker:
    return Looker(page, live_server.url, request.param)


def test_pages_of_colleagues(
    looker: Looker,
    enter: Enter,
    complaints: list[str],
    admin: User,
    csr_specialist: User,
    supplier: Supplier,
    supplier_user: User,
    other_supplier: Supplier,
) -> None:
    world = build_world(supplier, supplier_user, csr_specialist, other_supplier)
    put_status(supplier, "qualified")
    User.objects.filter(pk=admin.pk).update(language=looker.language)
    enter(admin)
    own = f"/suppliers/{supplier.pk}"
    pages = {
        "approvals": "/suppliers/approvals/?state=",
        "approval": f"/suppliers/approvals/{world['approval']}/",
        "restrict": f"{own}/actions/restrict/",
        "not_possible": f"{own}/actions/lift/",
        "gate": f"{own}/gates/certification_audit/",
        "qualification": f"{own}/qualifications/new/",
        "waiver": f"{own}/waivers/new/",
        "tab_documents": f"{own}/?tab=documents",
        "tab_qualifications": f"{own}/?tab=qualifications",
        "rating": f"{own}/rating/",
        "rating_record": f"{own}/rating/record/",
        "sourcing": "/suppliers/sourcing/",
        "sourcing_answer": f"/suppliers/sourcing/?supplier={supplier.code}",
        "sourcing_list": "/suppliers/sourcing/list/",
        "matrix": "/suppliers/documents/",
        "documents_of_supplier": f"{own}/documents/",
        "document_types": "/suppliers/documents/types/",
        "document_type": f"/suppliers/documents/types/{world['document']}/",
        "signature": f"/suppliers/signatures/{world['signature']}/",
        "to_check": "/suppliers/signatures/to-check/",
        "assessments": "/suppliers/assessments/",
        "assessment": f"/suppliers/assessments/{world['handed_in']}/",
        "questionnaire": f"/suppliers/questionnaires/{world['edition']}/",
        "risk": "/suppliers/risk/",
        "imports": "/suppliers/imports/",
        "import_new": "/suppliers/imports/new/",
        "import_ready": f"/suppliers/imports/{world['ready_import']}/?tab=rows",
        "import_done": f"/suppliers/imports/{world['done_import']}/",
        "categories": "/suppliers/categories/",
        "merge": f"{own}/merge/",
        "new": "/suppliers/new/",
    }
    assert looker.faults(pages) == []
    assert complaints == []


def test_pages_of_a_suppliers_contact(
    looker: Looker,
    enter: Enter,
    complaints: list[str],
    csr_specialist: User,
    supplier: Supplier,
    supplier_user: User,
    other_supplier: Supplier,
) -> None:
    world = build_world(supplier, supplier_user, csr_specialist, other_supplier)
    User.objects.filter(pk=supplier_user.pk).update(language=looker.language)
    enter(supplier_user)
    version = world["version"]
    pages = {
        "home": "/",
        "own_documents": "/suppliers/documents/own/",
        "sign": f"/suppliers/documents/{version}/sign/",
        "paper": f"/suppliers/documents/{version}/paper/",
        "own_assessments": "/suppliers/assessments/own/",
        "form": f"/suppliers/assessments/{world['assessment']}/",
        "form_area": f"/suppliers/assessments/{world['assessment']}/areas/labour/",
        "messages": "/notifications/",
    }
    assert looker.faults(pages) == []
    assert complaints == []
