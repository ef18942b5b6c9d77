"""A survey in a real browser: started by us, answered on a Chinese phone from the mail's link,
corrected, asked about, accepted; a silent supplier reaches buyer and manager."""

from __future__ import annotations

import datetime as dt
import email
import re
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from core import clock
from core.mail_folder import files_of
from minerals.models import Declaration
from minerals.services.review import take_step
from suppliers.models import Supplier
from surveys.models import Participant
from surveys.services.reminders import take_steps
from tests.e2e.looks import PHONE, barriers, overflow, take
from tests.factories.minerals import Desk, form
from tests.factories.surveys import in_scope, part_of
from tests.minerals.review.conftest import ask, warnings
from tests.support.worker import running_worker, wait_for

Enter = Callable[[User], None]


@pytest.fixture
def mails() -> Iterator[Path]:
    folder = Path(settings.VAR_DIR) / "mail"
    for path in files_of(folder):
        path.unlink()
    yield folder


def link_to(folder: Path, address: str, words: str) -> str:
    """The path of the personal link in the newest mail to the address with these words."""

    def found() -> list[str]:
        texts = [email.message_from_bytes(one.read_bytes(), policy=policy.default)
                 for one in files_of(folder)]  # fmt: skip
        fitting = [
            one for one in texts if address in str(one["To"]) and words in str(one["Subject"])
        ]
        bodies = [one.get_body(("plain",)) for one in fitting]
        return [str(body.get_content()) for body in bodies if body is not None]

    wait_for(lambda: bool(found()), seconds=60, what=f"a mail with {words}")
    (path,) = re.findall(r"http://localhost:8000(/answer/\S+)", found()[0])
    return str(path)


@pytest.fixture
def chinese(transactional_db: None, buyer: User) -> Supplier:
    supplier = in_scope(country="CN", buyer=buyer)
    Supplier.objects.filter(pk=supplier.pk).update(
        name="Bright Tin Co.", name_key="bright tin co", local_name="亮锡有限公司"
    )
    supplier.refresh_from_db()
    return supplier


@pytest.fixture
def silent(transactional_db: None, buyer: User) -> Supplier:
    return in_scope(buyer=buyer)


def test_from_the_start_to_the_accepted_answer(
    page: Page,
    browser: Browser,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    tmp_path: Path,
    mails: Path,
    chinese: Supplier,
    silent: Supplier,
    csr_specialist: User,
) -> None:
    Desk(tmp_path, csr_specialist).install()
    with running_worker():
        _start(page, live_server.url, enter, csr_specialist)
        contact = chinese.contacts.get()
        path = link_to(mails, contact.email, "矿产报告")
        context = browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            locale="zh-CN",
            accept_downloads=True,
        )
        phone = context.new_page()
        phone.goto(f"{live_server.url}{path}")
        expect(phone.get_by_role("heading", name="您好，亮锡有限公司")).to_be_visible()
        assert overflow(phone) == 0
        assert barriers(phone) == []
        take(phone, "survey-task-phone")
        _answer(phone, tmp_path)
        declaration = Declaration.objects.get(supplier=chinese)

        page.goto(f"{live_server.url}{part_of(chinese).get_absolute_url()}")
        expect(page.get_by_text("Structurally valid").first).to_be_visible()
        ask(csr_specialist, declaration, warnings(declaration)[:1], "请确认名称。")
        asked = link_to(mails, contact.email, "问题")
        phone.goto(f"{live_server.url}{asked}")
        phone.get_by_role("link", name="回答问题").click()
        expect(phone.get_by_text("请确认名称。")).to_be_visible()
        assert overflow(phone) == 0
        assert barriers(phone) == []
        phone.get_by_label("您的回答").fill("名称有误，应为 Bright Tin Smelting Co.")
        phone.get_by_role("button", name="提交回答").click()
        expect(phone.get_by_text("谢谢，我们已收到您的回答。")).to_be_visible()
        context.close()
    declaration.refresh_from_db()
    for one in declaration.clarifications.all():
        assert one.state == "answered"


def _start(page: Page, base: str, enter: Enter, person: User) -> None:
    enter(person)
    page.goto(f"{base}/surveys/")
    page.get_by_role("link", name="New survey").click()
    assert barriers(page) == []
    page.get_by_label("Name", exact=True).fill("Minerals survey")
    due_on = clock.today() + dt.timedelta(days=42)
    page.get_by_label("Due date").fill(due_on.isoformat())
    page.get_by_label("EMRT", exact=True).uncheck()
    page.get_by_label("Whom to ask").select_option("everybody")
    page.get_by_role("button", name="Save and see whom it asks").click()
    expect(page.get_by_text("2 of 2 suppliers in scope are asked")).to_be_visible()
    assert barriers(page) == []
    take(page, "survey-scope")
    page.get_by_role("link", name="Start…").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Start and send 2 mails").click()
    expect(page.get_by_text("The survey runs: 2 suppliers are asked.")).to_be_visible()
    page.reload()
    assert barriers(page) == []
    take(page, "survey-board")


def _answer(phone: Page, folder: Path) -> None:
    """A faulty file, mended in the correction workbook; a name is left misspelt."""
    faulty = folder / "cmrt.xlsx"
    faulty.write_bytes(form(answers={("Q1", "Tin"): ""}, misspelt=True))
    phone.locator("input[type=file]").set_input_files(faulty)
    phone.get_by_role("button", name="上传并检查").click()
    expect(phone.get_by_text("Declaration!D27").first).to_be_visible(timeout=30_000)
    assert overflow(phone) == 0
    assert barriers(phone) == []
    take(phone, "survey-file-phone")
    phone.get_by_role("button", name="将批注写入我的文件").click()
    ready = phone.get_by_role("link", name="获取带批注的文件")
    expect(ready).to_be_visible(timeout=30_000)
    with phone.expect_download() as download:
        ready.click()
    mended = folder / "mended.xlsx"
    download.value.save_as(mended)
    book = load_workbook(mended)
    book["Declaration"]["D27"] = "Yes"
    book.save(mended)

    phone.get_by_role("link", name="您的任务").click()
    phone.locator("input[type=file]").set_input_files(mended)
    phone.get_by_role("button", name="上传并检查").click()
    submit = phone.get_by_role("button", name="提交", exact=True)
    expect(submit).to_be_visible(timeout=30_000)
    submit.click()
    expect(phone.get_by_text("已全部收到，谢谢。")).to_be_visible()


def test_silence_reaches_buyer_and_manager_and_the_rate_follows(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    tmp_path: Path,
    chinese: Supplier,
    silent: Supplier,
    buyer: User,
    admin: User,
    csr_specialist: User,
) -> None:
    from tests.factories.surveys import running

    campaign = running(csr_specialist, manager=admin)
    answered = Desk(tmp_path, csr_specialist).hand_in(chinese, form())
    today = clock.today()
    begun = today - dt.timedelta(days=60)
    for days in range(20):
        # Weeks pass: the dates of the survey move into the past, day by day.
        Participant.objects.filter(campaign=campaign).update(
            asked_on=begun, due_on=today - dt.timedelta(days=days)
        )
        take_steps(today)
        part_of(silent).steps.update(on=today - dt.timedelta(days=30))

    enter(buyer)
    page.goto(live_server.url)
    expect(page.get_by_text(re.compile("No answer to the survey")).first).to_be_visible()
    page.get_by_text(re.compile("No answer to the survey")).first.click()
    expect(page.get_by_text("The manager is told, a restriction is proposed")).to_be_visible()
    assert barriers(page) == []
    take(page, "survey-participant")
    page.get_by_role("link", name="Ask for a restriction").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    enter(admin)
    page.goto(f"{live_server.url}/notifications/")
    expect(page.get_by_text(re.compile("limiting the cooperation is proposed"))).to_be_visible()

    take_step(csr_specialist, answered.pk, "accept")
    enter(csr_specialist)
    page.goto(f"{live_server.url}{campaign.get_absolute_url()}")
    expect(page.get_by_text("Received: 50.0 % (1 of 2", exact=False)).to_be_visible()
    expect(page.get_by_text("Accepted: 50.0 % (1 of 2", exact=False)).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="Everything received").click()
    expect(page.locator("#list").get_by_text("Bright Tin Co.")).to_be_visible()
    expect(page.locator("#list").get_by_text(silent.name)).to_have_count(0)
    assert complaints == []


def test_the_report_in_the_browser(
    page: Page,
    live_server: Any,
    complaints: list[str],
    tmp_path: Path,
    chinese: Supplier,
    csr_specialist: User,
) -> None:
    from surveys.models import AccessLink
    from surveys.services.links import token_of
    from tests.factories.surveys import running

    Desk(tmp_path, csr_specialist).install()
    running(csr_specialist)
    link = AccessLink.objects.get()
    page.goto(f"{live_server.url}/answer/{token_of(link)}/form/CMRT/")
    assert barriers(page) == []
    page.get_by_label("公司名称", exact=False).first.fill("Bright Tin Co.")
    expect(page.locator("[data-save-state]")).to_contain_text("已于", timeout=10_000)

    # Rows copied in Excel, pasted into the first cell; the last one by a misspelt name.
    cell = page.locator("[data-grid=smelters] input").first
    cell.focus()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const facts = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", facts));
        }""",
        "CID900001\nCID900002\nCID900003\n\n\n\n\n",
    )
    row = page.locator("[data-grid=smelters] tbody tr").nth(4)
    row.locator("select").select_option("Tin")
    row.locator("[data-lookup]").press_sequentially("Brigth Tin Sm")
    offered = page.locator(".lookup-list button").first
    expect(offered).to_contain_text("CID900001")
    offered.click()
    expect(row.locator("input").first).to_have_value("CID900001")
    expect(page.locator("[data-save-state]")).to_contain_text("已于", timeout=10_000)
    page.wait_for_timeout(1500)
    page.reload()
    values = page.locator("[data-grid=smelters] .is-cid input").evaluate_all(
        "(all) => all.map((one) => one.value).filter(Boolean)"
    )
    assert values == ["CID900001", "CID900002", "CID900003", "CID900001"]
    take(page, "survey-web-form")
    with running_worker():
        page.get_by_role("button", name="检查", exact=True).click()
        expect(page.get_by_text("Declaration!D26").first).to_be_visible(timeout=30_000)
    assert complaints == []
