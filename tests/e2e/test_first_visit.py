"""The first visit of an invited contact, on a phone and in Chinese: no page without a way on."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, expect

from accounts.models import User
from core.models import Notification
from suppliers.models import Supplier, SupplierContact
from suppliers.services.contacts import give_access
from tests.e2e.looks import PHONE, barriers, overflow, take
from tests.factories.commitments import make_document, make_request, make_version
from tests.support.invitation import invitation_path

PASSWORD = "very-Long-pass-1"


def test_from_the_invitation_to_the_tasks(
    browser: Browser, live_server: Any, buyer: User, supplier: Supplier
) -> None:
    Supplier.objects.filter(pk=supplier.pk).update(buyer=buyer, status="signing")
    make_request(supplier, make_version(make_document(local_name="企业社会责任协议")))
    contact = SupplierContact.objects.create(
        supplier=supplier, name="王亮", email="wang@bright.example", language="zh-hans"
    )
    user = give_access(buyer, supplier.pk, contact.pk)[0].user
    assert user is not None
    context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    # A message that is still fading in has too little contrast for a moment.
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}{invitation_path(user)}")
    expect(page.get_by_role("heading", name="设置密码")).to_be_visible()
    assert (barriers(page), overflow(page)) == ([], 0)
    take(page, "first-password-zh")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="设置密码并继续").click()
    expect(page.get_by_role("heading", name="您好，亮锡有限公司")).to_be_visible()
    expect(page.get_by_text("企业社会责任协议").first).to_be_visible()
    assert (barriers(page), overflow(page)) == ([], 0)
    take(page, "first-home-zh")
    page.get_by_role("link", name="不是我负责").click()
    page.get_by_label("邮箱").fill("chen@bright.example")
    assert (barriers(page), overflow(page)) == ([], 0)
    take(page, "not-me-zh")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已通知贵公司的对接人员")).to_be_visible()
    assert Notification.objects.filter(recipient=buyer, kind="supplier.contact_wrong").exists()
    page.goto(f"{live_server.url}/suppliers/documents/own/")
    take(page, "own-documents-zh")
    context.close()
