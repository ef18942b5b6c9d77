"""The life of a supplier in a real browser: imported, signed, qualified, limited, disqualified."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from core import clock
from suppliers.models import Approval, Category, DocumentType, Supplier
from suppliers.services.scopes import set_scope
from tests.conftest import MakeUser
from tests.e2e.faulty_suppliers import FAULTS, MERGED_ROW, columns_of, filled
from tests.e2e.looks import PHONE, barriers, overflow, take
from tests.factories.commitments import make_document, make_version
from tests.suppliers.lifecycle.steps import category, limit, qualify
from tests.support.worker import running_worker

Enter = Callable[[User], None]
PATIENCE = 20_000


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    with running_worker(processes=1):
        yield


@pytest.fixture
def documents(transactional_db: None) -> list[DocumentType]:
    """The four that a supplier of production material signs before its certification."""
    DocumentType.objects.update(is_active=False)
    made: list[DocumentType] = []
    for name in ("社会责任协议", "安全协议", "廉洁承诺书", "环境保护承诺书"):
        made.append(
            make_document(
                f"journey-{len(made)}", local_name=name, at_certification=True, order=len(made)
            )
        )
        make_version(made[-1])
    return made


def upload(page: Page, address: str, path: Path) -> None:
    page.goto(f"{address}/suppliers/imports/new/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url(re.compile(r"/suppliers/imports/\d+/"))


def press(page: Page, button: str, answer: str = "") -> None:
    """Press a button, and the button of the question that follows."""
    page.get_by_role("button", name=button, exact=True).click()
    if answer:
        page.locator("#confirm-dialog").get_by_role("button", name=answer).click()


def test_a_file_full_of_mistakes_is_mended_imported_undone_and_imported_again(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    worker: None,
    supplier: Supplier,
    buyer: User,
    tmp_path: Path,
) -> None:
    category("EL")
    enter(buyer)
    page.goto(f"{live_server.url}/suppliers/imports/new/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Template Suppliers").click()
    template = Path(waiting.value.path()).read_bytes()
    path = tmp_path / "suppliers.xlsx"

    path.write_bytes(filled(template, mended=False))
    upload(page, live_server.url, path)
    expect(page.get_by_role("heading", name=re.compile("problems to correct"))).to_be_visible(
        timeout=PATIENCE
    )
    take(page, "journey-import-mistakes")
    places = columns_of(openpyxl.load_workbook(path))
    for row, fault in enumerate(FAULTS, start=3):
        cell = f"Suppliers!{get_column_letter(places[fault.column])}{row}"
        line = page.locator("tr").filter(has=page.get_by_text(cell, exact=True))
        expect(line.filter(has_text=fault.words)).to_have_count(1)
        expect(line.filter(has_text=fault.words).locator("td").last).to_have_text(re.compile(r"\w"))
    about_file = page.get_by_role("listitem").filter(has_text="Merged cells")
    expect(about_file).to_contain_text(f"Suppliers!A{MERGED_ROW}:B{MERGED_ROW}")
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)
    assert Supplier.objects.count() == 1

    path.write_bytes(filled(template, mended=True))
    upload(page, live_server.url, path)
    count = len(FAULTS) + 1
    import_rows(page, count)
    take(page, "journey-imported")
    assert Supplier.objects.count() == 1 + count
    page.goto(f"{live_server.url}/suppliers/?search=J-100")
    expect(page.get_by_role("link", name=re.compile("100 Co., Ltd."))).to_be_visible()
    page.go_back()
    press(page, "Undo this import", "Undo the import")
    expect(page.get_by_role("heading", name="The import was undone")).to_be_visible(
        timeout=PATIENCE
    )
    assert Supplier.objects.count() == 1

    upload(page, live_server.url, path)
    import_rows(page, count)
    assert Supplier.objects.count() == 1 + count
    assert complaints == []


def import_rows(page: Page, count: int) -> None:
    page.get_by_role("button", name=f"Import {count} rows").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Imported", exact=True)).to_be_visible(timeout=PATIENCE)


class Life:
    """The steps of one supplier as its people take them in the browser."""

    def __init__(self, page: Page, address: str, enter: Enter, supplier: Supplier) -> None:
        self.page = page
        self.enter = enter
        self.address = address
        self.home = f"{address}/suppliers/{supplier.pk}/"
        self.supplier = supplier

    def sign(self, contact: User, documents: list[DocumentType]) -> None:
        """On a phone, in Chinese, one document after the other from the home page."""
        page = self.page
        size = page.viewport_size
        page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        self.enter(contact)
        for document in documents:
            page.goto(self.address)
            take(page, "journey-supplier-home-zh")
            assert overflow(page) == 0
            assert barriers(page) == []
            page.get_by_role("link", name=re.compile(f"阅读并签署.*{document.local_name}")).click()
            expect(page.get_by_text("不使用强迫劳动")).to_be_visible()
            assert overflow(page) == 0
            page.get_by_label("姓名").fill("王亮")
            page.get_by_label("职务").fill("总经理")
            page.get_by_role("checkbox").check()
            page.get_by_role("button", name="立即签署").click()
            expect(page.get_by_text("签署完成").first).to_be_visible()
        take(page, "journey-supplier-documents-zh")
        page.goto(self.address)
        expect(page.get_by_text(documents[0].local_name)).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("阅读并签署"))).to_have_count(0)
        assert size is not None
        page.set_viewport_size(size)

    def record(self, actor: User, gate: str) -> None:
        """A result by hand, with its evidence."""
        self.enter(actor)
        self.page.goto(self.home)
        self.page.get_by_role("link", name=re.compile(f"Record a result.*{gate}")).click()
        self.page.get_by_label("Passed").check()
        self.page.get_by_label("Date", exact=True).fill(clock.today().isoformat())
        self.page.get_by_label("Note").fill(f"Report of the {gate.lower()}.")
        press(self.page, "Record the result")
        self.page.wait_for_url(self.home)

    def take(self, actor: User, step: str, **words: str) -> None:
        """Open the step from the supplier's page and fill in what it asks for."""
        self.enter(actor)
        self.page.goto(self.home)
        self.page.get_by_role("link", name=step, exact=True).click()
        for label, text in words.items():
            fill(self.page.get_by_label(label.replace("_", " ")), text)
        self.page.locator("main form button[type=submit]").last.click()

    def ask_and_agree(self, buyer: User, decider: User, step: str, **words: str) -> None:
        """The buyer asks, cannot decide it, and a second person approves."""
        page = self.page
        self.take(buyer, step, **words)
        page.wait_for_url(re.compile(r"/suppliers/approvals/\d+/"))
        expect(page.get_by_text("You asked for this; a second person decides.")).to_be_visible()
        expect(page.get_by_role("button", name="Approve")).to_have_count(0)
        self.enter(decider)
        page.goto(f"{self.address}/suppliers/approvals/")
        page.get_by_role("link", name=re.compile(self.supplier.name)).first.click()
        page.get_by_label("Note").fill("Looked at it.")
        press(page, "Approve")
        expect(page.get_by_text("Decided by")).to_be_visible()

    def expect_answer(self, actor: User, words: str) -> None:
        """Of the sourcing check, asked with the keyboard alone."""
        page = self.page
        self.enter(actor)
        page.goto(f"{self.address}/suppliers/sourcing/")
        expect(page.get_by_label("Supplier code or name")).to_be_focused()
        page.keyboard.type(self.supplier.code)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").get_by_role("heading")).to_have_text(re.compile(words))
        take(page, f"journey-sourcing-{self.supplier.status}")


# Who did what, from where to where, and why.
TIMELINE = (
    ("procurement", "Signing begins.*Registered → Signing"),
    ("supplier", "Signed online"),
    ("procurement", "Certification begins.*Signing → Certification"),
    ("csr_specialist", "Certification audit.*Passed"),
    ("csr_specialist", "Self-assessment.*Passed"),
    ("procurement", "Submitted for approval.*Certification → Approval.*All is there"),
    ("csr_specialist", "Approved.*Approval → Qualified"),
    ("csr_specialist", "Qualified → Limited cooperation.*CSR performance.*Findings of"),
    ("csr_specialist", "Limited cooperation → Qualified.*All findings are closed"),
    ("csr_specialist", "Qualified → Disqualified.*CSR performance.*A child was"),
)


def fill(field: Locator, text: str) -> None:
    if field.evaluate("e => e.tagName") == "SELECT":
        field.select_option(label=text)
    elif field.get_attribute("type") == "radio":
        field.check()
    else:
        field.fill(text)


def test_from_registration_to_disqualification(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    documents: list[DocumentType],
    supplier: Supplier,
    supplier_user: User,
    buyer: User,
    csr_specialist: User,
) -> None:
    supplier.categories.add(category("EL"))
    User.objects.filter(pk=supplier_user.pk).update(language="zh-hans")
    page.set_default_timeout(10_000)
    life = Life(page, live_server.url, enter, supplier)
    life.take(buyer, "Start signing")
    life.expect_answer(buyer, "^Not allowed|^No")
    life.sign(supplier_user, documents)
    life.take(buyer, "Start certification")
    life.record(csr_specialist, "Certification audit")
    life.record(csr_specialist, "Self-assessment")
    life.ask_and_agree(buyer, csr_specialist, "Submit for approval", Explanation="All is there.")
    life.expect_answer(buyer, "^Allowed|^Yes")

    limitation = {
        "Reason": "CSR performance",
        "No_new_orders": "yes",
        "What_must_be_done": "Close the findings.",
        "Explanation": "Findings of the audit.",
    }
    life.ask_and_agree(buyer, csr_specialist, "Limit the cooperation", **limitation)
    life.expect_answer(buyer, "^Not allowed|^No")
    fulfilled = {"How_the_conditions": "All findings are closed."}
    life.ask_and_agree(buyer, csr_specialist, "Lift the limitation", **fulfilled)
    life.expect_answer(buyer, "^Allowed|^Yes")
    ended = {"Reason": "CSR performance", "Explanation": "A child was at work."}
    life.ask_and_agree(buyer, csr_specialist, "Disqualify", **ended)
    life.expect_answer(buyer, "^Not allowed|^No")

    page.goto(f"{life.home}?tab=timeline")
    take(page, "journey-timeline")
    steps = page.locator("li.event")
    for who, words in TIMELINE:
        expect(
            steps.filter(has_text=re.compile(words, re.DOTALL)).filter(has_text=who).first
        ).to_be_visible()
    expect(steps.filter(has_text="Signed online")).to_have_count(len(documents))
    expect(page.locator("li.event time").first).to_be_visible()
    assert complaints == []


def test_neither_another_company_nor_a_buyer_of_another_category_sees_it(
    page: Page,
    live_server: Any,
    enter: Enter,
    no_documents_asked: None,
    supplier: Supplier,
    supplier_user: User,
    other_supplier: Supplier,
    other_supplier_user: User,
    buyer: User,
    admin: User,
    csr_specialist: User,
    make_user: MakeUser,
) -> None:
    qualify(buyer, csr_specialist, supplier, category("EL"))
    limit(buyer, csr_specialist, supplier)
    other_supplier.categories.add(category("ME"))
    elsewhere = make_user(Role.PROCUREMENT, "elsewhere")
    set_scope(admin, elsewhere.pk, [Category.objects.get(code="ME").pk], [])
    approval = Approval.objects.filter(supplier=supplier).latest("pk")
    hidden = [
        f"/suppliers/{supplier.pk}/",
        f"/suppliers/{supplier.pk}/?tab=timeline",
        f"/suppliers/{supplier.pk}/actions/lift/",
        f"/suppliers/{supplier.pk}/rating/",
        f"/api/v1/suppliers/{supplier.pk}/",
        f"/suppliers/{supplier.pk}/documents/",
        f"/suppliers/approvals/{approval.pk}/",
    ]
    enter(buyer)
    for path in hidden:
        assert status(page, live_server.url + path) == 200, path
    for outsider in (other_supplier_user, elsewhere):
        enter(outsider)
        for path in hidden:
            refused = (404,) if outsider == elsewhere else (403, 404)
            assert status(page, live_server.url + path) in refused, (outsider, path)
            expect(page.locator("body")).not_to_contain_text(supplier.name)

    enter(elsewhere)
    lists = ("", "approvals/", "approvals/?state=", "documents/", "sourcing/?supplier=S-1")
    for path in [*(f"/suppliers/{name}" for name in lists), "/", "/search/?q=bright"]:
        assert status(page, live_server.url + path) == 200, path
        expect(page.locator("body")).not_to_contain_text(supplier.name)
    page.goto(f"{live_server.url}/suppliers/")
    expect(page.get_by_role("link", name=other_supplier.name)).to_be_visible()
    page.goto(f"{live_server.url}/search/?q=golden")
    expect(page.get_by_role("link", name=re.compile(other_supplier.name))).to_be_visible()

    enter(other_supplier_user)
    for path in ("/", "/suppliers/documents/own/", "/suppliers/assessments/own/"):
        assert status(page, live_server.url + path) == 200, path
        expect(page.locator("body")).not_to_contain_text(supplier.name)


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status
