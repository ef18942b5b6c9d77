"""The home page: what waits for whom, what changed, in few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from core.models import Job, JobState
from core.services.jobs import create_job, fail_job
from minerals.enums import DeclarationStatus, JobKind, VerdictState
from minerals.models import Declaration
from suppliers.models import ImportBatch, Supplier
from tests.permissions.world import declaration, snapshot

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CLEAN = {
    "verdict": VerdictState.CLEAN,
    "status": DeclarationStatus.STRUCTURALLY_VALID,
    "error_count": 0,
    "waiting_count": 0,
}


def waiting(client: Client) -> list[tuple[str, str]]:
    return [(line.severity, line.title) for line in client.get("/").context["waiting"]]


def test_each_role_sees_what_it_can_move_on(
    sign_in: SignIn,
    csr_specialist: User,
    buyer: User,
    auditor: User,
    admin: User,
    supplier: Supplier,
) -> None:
    declaration(supplier, "a")
    declaration(None, "b", **CLEAN, company_name="Unknown Ltd")
    declaration(supplier, "d", status=DeclarationStatus.SUPERSEDED)
    correct = ("error", "Bright Tin Co.")
    assign = ("warning", "Whose declaration is this? Unknown Ltd")
    match = ("warning", "Confirm 1 smelter of Bright Tin Co.")
    template = ("warning", "Install an official template")
    review = ("info", "1 declaration to review")
    assert waiting(sign_in(csr_specialist)) == [correct, assign, match, review]
    assert waiting(sign_in(buyer)) == [correct, assign]
    assert waiting(sign_in(admin)) == [correct, template, assign, match, review]
    assert waiting(sign_in(auditor)) == []


def test_a_real_template_ends_the_reminder(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    assert waiting(client) == [("warning", "Install an official template")]
    installed = snapshot()
    assert waiting(client) == []
    type(installed).objects.filter(pk=installed.pk).update(is_demo=True)
    assert waiting(client) == [("warning", "Install an official template")]


def test_own_failed_files_wait_for_three_days(
    sign_in: SignIn, buyer: User, csr_specialist: User
) -> None:
    job = create_job(JobKind.JUDGE, "photo.xlsx", owner=buyer)
    fail_job(job.pk, "not_a_spreadsheet", "…", {"found": "PNG"})
    assert waiting(sign_in(buyer)) == [("error", "photo.xlsx")]
    assert waiting(sign_in(csr_specialist)) == []
    old = clock.now() - dt.timedelta(days=4)
    Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(finished_at=old)
    assert waiting(sign_in(buyer)) == []


def test_long_lists_are_cut_and_counted(sign_in: SignIn, buyer: User, supplier: Supplier) -> None:
    for mark in "0123456":
        declaration(supplier, mark)
    titles = [title for _severity, title in waiting(sign_in(buyer))]
    assert titles == ["Bright Tin Co."] * 5 + ["2 more declarations cannot be accepted yet"]


def test_changes_and_counts(sign_in: SignIn, csr_specialist: User, supplier: Supplier) -> None:
    declaration(supplier, "a")
    declaration(supplier, "b", **CLEAN)
    long_ago = declaration(supplier, "d")
    before = clock.now() - dt.timedelta(days=9)
    Declaration.objects.filter(pk=long_ago.pk).update(received_at=before, judged_at=before)
    context = sign_in(csr_specialist).get("/").context
    assert [change.title for change in context["changes"]] == [
        "1 supplier created",
        "2 declarations received",
        "2 declarations judged, 1 of them cannot be accepted yet",
    ]
    assert [(stat.label, stat.value) for stat in context["stats"]][4:] == [
        ("Current declarations", "3"),
        ("Cannot be accepted yet", "2"),
        ("Smelters to confirm", "2"),
        ("Unreadable files", "0"),
    ]


def test_home_asks_as_often_for_thirty_declarations_as_for_six(
    sign_in: SignIn, csr_specialist: User, supplier: Supplier, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(csr_specialist)
    for count in (6, 30):
        for number in range(Declaration.objects.count(), count):
            declaration(supplier, chr(0x4E00 + number))
        with django_assert_max_num_queries(51):
            client.get("/")


def test_every_line_leads_somewhere(sign_in: SignIn, admin: User, supplier: Supplier) -> None:
    declaration(supplier, "a")
    declaration(None, "b")
    snapshot()
    client = sign_in(admin)
    context = client.get("/").context
    lines = [*context["waiting"], *context["stats"], *context["changes"], *context["actions"]]
    addresses = {line["url"] if isinstance(line, dict) else line.url for line in lines}
    assert {client.get(address).status_code for address in addresses if address} == {200}


def test_supplier_is_asked_for_a_first_file(sign_in: SignIn, supplier_user: User) -> None:
    page = sign_in(supplier_user).get("/").content.decode()
    assert "Hello, Bright Tin Co." in page
    assert "There is 1 thing for you to do." in page
    assert "Upload a file" in page


def test_supplier_sees_the_newest_of_each_form_and_what_to_do(
    sign_in: SignIn, supplier_user: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    declaration(supplier, "a", status=DeclarationStatus.SUPERSEDED)
    declaration(supplier, "b")
    declaration(supplier, "d", family="EMRT", version="2.1", **CLEAN)
    declaration(other_supplier, "e")
    snapshot()
    answer = sign_in(supplier_user).get("/")
    home = answer.context["home"]
    assert [(card.declaration.file_name, card.correctable, card.done) for card in home.cards] == [
        ("d.xlsx", False, True),
        ("b.xlsx", True, False),
    ]
    assert home.open_count == 1
    page = answer.content.decode()
    assert page.count("Get your file with comments") == 1
    assert "blank.xlsx" in page
    assert "smelter needs you" not in page


def test_a_contact_without_a_supplier_reads_what_to_do(
    sign_in: SignIn, supplier_user: User
) -> None:
    supplier_user.supplier_contact.delete()
    page = sign_in(supplier_user).get("/").content.decode()
    assert "Your account is not linked to a company yet" in page


def test_every_card_opens_the_list_it_counts(
    sign_in: SignIn, csr_specialist: User, supplier: Supplier
) -> None:
    declaration(supplier, "a", status=DeclarationStatus.SUPERSEDED)
    declaration(supplier, "b", verdict=VerdictState.OUTDATED)
    declaration(supplier, "d", **CLEAN)
    declaration(None, "e", **{**CLEAN, "waiting_count": 3})
    unread = {"verdict": VerdictState.UNREADABLE, "status": DeclarationStatus.UNREADABLE}
    declaration(None, "f", **{**CLEAN, **unread})
    client = sign_in(csr_specialist)
    cards = {card.label: card for card in client.get("/").context["stats"][4:]}
    listed = {
        label: [item.file_name[0] for item in client.get(card.url).context["page_obj"]]
        for label, card in cards.items()
    }
    assert {label: (card.value, sorted(listed[label])) for label, card in cards.items()} == {
        "Current declarations": ("4", ["b", "d", "e", "f"]),
        "Cannot be accepted yet": ("1", ["b"]),
        "Smelters to confirm": ("4", ["b", "e"]),
        "Unreadable files": ("1", ["f"]),
    }


def test_a_failed_import_leads_to_the_import(sign_in: SignIn, buyer: User) -> None:
    batch = ImportBatch.objects.create(owner=buyer, kind="suppliers", file_name="suppliers.xlsx")
    job = create_job("suppliers.import_apply", "suppliers.xlsx", owner=buyer, subject=batch)
    fail_job(job.pk, "import_failed", "…", {})
    client = sign_in(buyer)
    (item,) = client.get("/").context["waiting"]
    assert item.title == "suppliers.xlsx"
    assert item.url == f"/suppliers/imports/{batch.pk}/"
    assert client.get(item.url).status_code == 200
