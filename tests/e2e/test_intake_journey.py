"""The main job in a real browser, with a real worker behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from minerals.enums import MatchKind
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration, SmelterLine
from minerals.services.templates import install_template
from suppliers.models import Supplier
from tests.e2e.looks import PHONE, barriers, overflow, take
from tests.support.worker import running_worker

MISSPELT = "Brigth Tin Smelting Co. (demo)"
Enter = Callable[[User], None]


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    with running_worker(processes=1):
        yield


@pytest.fixture
def reference(transactional_db: None, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build_workbook("cmrt_6.5"))
    install_template(None, path, path.name)


def faulty_file(folder: Path, language: str = "English") -> Path:
    """No contact e-mail, and a tin smelter with a typing error."""
    content = complete_answers("cmrt_6.5")
    content["company"] |= {"company_name": "Bright Tin Co.", "contact_email": ""}
    content["smelters"].append({"metal": "Tin", "lookup": MISSPELT, "country": "INDONESIA"})
    path = folder / "bright tin.xlsx"
    path.write_bytes(build_workbook(language=language, **content))
    return path


def upload(page: Page, address: str, *files: Path) -> None:
    page.goto(f"{address}/minerals/declarations/upload/")
    page.set_input_files("input[type=file]", list(files))
    page.locator("[data-needs-files]").click()
    page.wait_for_url("**/minerals/uploads/**")


def test_upload_verdict_suggestion_and_correction_workbook(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    worker: None,
    reference: None,
    supplier: Supplier,
    csr_specialist: User,
    tmp_path: Path,
) -> None:
    enter(csr_specialist)
    upload(page, live_server.url, faulty_file(tmp_path))
    expect(page.get_by_text("1 required field open", exact=False)).to_be_visible(timeout=20_000)
    take(page, "journey-batch")
    page.get_by_role("link", name="Open").first.click()
    expect(page.get_by_text("Declaration!D16").first).to_be_visible()
    take(page, "journey-verdict")
    assert barriers(page) == []

    page.locator("main").get_by_role("link", name="Smelters").first.click()
    page.get_by_role("button", name=f"Yes, “{MISSPELT}”", exact=False).click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    line = SmelterLine.objects.get(lookup=MISSPELT)
    assert (line.match, line.matched_cid) == (MatchKind.ALIAS, "CID900001")

    page.goto(f"{live_server.url}{Declaration.objects.get().get_absolute_url()}")
    with page.expect_download(timeout=30_000) as waiting:
        page.get_by_role("button", name="Correction workbook").click()
    content = Path(waiting.value.path()).read_bytes()
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[0] == "Corrections"
    assert "e-mail" in (book["Declaration"]["D16"].comment.text or "")
    assert complaints == []


def test_chinese_contact_on_a_phone_hands_in_and_reads_the_verdict(
    page: Page,
    live_server: Any,
    enter: Enter,
    complaints: list[str],
    worker: None,
    reference: None,
    supplier: Supplier,
    supplier_user: User,
    tmp_path: Path,
) -> None:
    User.objects.filter(pk=supplier_user.pk).update(language="zh-hans")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    enter(supplier_user)
    upload(page, live_server.url, faulty_file(tmp_path, "中文 Chinese"))
    expect(page.get_by_text("必填项", exact=False).first).to_be_visible(timeout=20_000)
    declaration = Declaration.objects.get()
    page.goto(f"{live_server.url}{declaration.get_absolute_url()}")
    take(page, "journey-phone-zh")
    assert overflow(page) == 0
    with page.expect_download(timeout=30_000) as waiting:
        page.locator("[data-correction], form[action$='/correction/'] button").first.click()
    book = openpyxl.load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    comment = book["Declaration"]["D16"].comment
    assert comment is not None
    assert "邮箱" in comment.text or "邮件" in comment.text
    assert complaints == []


def test_bad_file_is_explained_and_good_file_beside_it_is_judged(
    page: Page,
    live_server: Any,
    enter: Enter,
    worker: None,
    supplier: Supplier,
    csr_specialist: User,
    tmp_path: Path,
) -> None:
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    enter(csr_specialist)
    upload(page, live_server.url, picture, faulty_file(tmp_path))
    expect(page.get_by_text("not an Excel workbook", exact=False)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("1 required field open", exact=False)).to_be_visible(timeout=20_000)
    assert Declaration.objects.count() == 1
