"""The page of one supplier: head, tabs, and the timeline with its filters and export."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core import clock
from core.models import ActivityEntry
from core.services.activity import record_activity
from portal.supplier_tabs import TABS
from suppliers.enums import GateKind, GateResult, Metal, RatingLevel, SupplierStatus
from suppliers.models import Category, GateRecord, MineralScope, Supplier, SupplierContact
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OFFERED = [tab.code for tab in TABS if tab.cards or tab.own_page]


def page_of(client: Client, supplier: Supplier, tab: str = "", **more: str) -> Any:
    return client.get(supplier.get_absolute_url(), {"tab": tab, **more})


def words(page: Any) -> list[str]:
    return [event.what for event in page.context["events"]]


def test_head_says_where_the_supplier_stands(
    sign_in: SignIn, auditor: User, buyer: User, supplier: Supplier
) -> None:
    category = Category.objects.create(code="EL", name="Electronics", path="EL/")
    supplier.categories.add(category)
    Supplier.objects.filter(pk=supplier.pk).update(
        status=SupplierStatus.LIMITED,
        rating_level=RatingLevel.C,
        buyer=buyer,
        single_source=True,
        phase_out_on=dt.date(2027, 3, 31),
    )
    page = page_of(sign_in(auditor), supplier).content.decode()
    for text in (
        "亮锡有限公司",
        "Limited cooperation",
        "CSR rating",
        f"Buyer: {buyer}",
        "Electronics",
        "Single source",
        "31 Mar 2027",
    ):
        assert text in page
    assert "?category=EL" in page


@pytest.mark.parametrize("tab", [*OFFERED, "nonsense", ""])
def test_every_tab_opens_empty_and_filled(
    sign_in: SignIn, auditor: User, supplier: Supplier, tab: str
) -> None:
    client = sign_in(auditor)
    assert page_of(client, supplier, tab).status_code == 200
    declaration(supplier, "a")
    for kind in GateKind:
        GateRecord.objects.create(
            supplier=supplier,
            kind=kind,
            result=GateResult.PASSED,
            dated_on=dt.date(2026, 1, 1),
            valid_until=dt.date(2026, 2, 1),
        )
    page = page_of(client, supplier, tab)
    here = [item["label"] for item in page.context["tabs"] if item["here"]]
    assert len(here) == 1
    assert page.context["tab"] == (tab if tab in OFFERED else "overview")


def test_records_are_shown_by_kind_and_outdated_ones_marked(
    sign_in: SignIn, auditor: User, supplier: Supplier
) -> None:
    today = clock.today()
    for kind, note, until in (
        (GateKind.CERTIFICATION_AUDIT, "first visit", today - dt.timedelta(days=1)),
        (GateKind.TRAINING, "CSR basics", today),
    ):
        GateRecord.objects.create(
            supplier=supplier,
            kind=kind,
            result=GateResult.PASSED,
            dated_on=dt.date(2026, 1, 1),
            valid_until=until,
            note=note,
        )
    client = sign_in(auditor)
    audits = page_of(client, supplier, "audits").content.decode()
    training = page_of(client, supplier, "training").content.decode()
    assert ("first visit" in audits, "CSR basics" in audits, "expired" in audits) == (
        True,
        False,
        True,
    )
    assert ("CSR basics" in training, "expired" in training) == (True, False)


def test_minerals_and_findings(sign_in: SignIn, auditor: User, supplier: Supplier) -> None:
    MineralScope.objects.create(supplier=supplier, metal=Metal.TIN, reason="solder")
    found = declaration(supplier, "a", error_count=7)
    declaration(supplier, "b", error_count=0, waiting_count=0, verdict="clean")
    client = sign_in(auditor)
    minerals = page_of(client, supplier, "minerals").content.decode()
    assert "solder" in minerals
    assert page_of(client, supplier, "findings").context["findings_card"].rows == [found]


def test_contacts_show_role_language_and_account(
    sign_in: SignIn, auditor: User, supplier: Supplier, supplier_user: User
) -> None:
    SupplierContact.objects.create(
        supplier=supplier, name="李梅", email="li@x.example", role="csr", language="zh-hans"
    )
    page = page_of(sign_in(auditor), supplier, "contacts").content.decode()
    assert "No account" in page
    assert "Invited, not signed in yet" in page
    assert "李梅" in page
    assert "Simplified Chinese" in page


def test_timeline_is_one_stream(
    sign_in: SignIn, auditor: User, buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    own, foreign = declaration(supplier, "a"), declaration(other_supplier, "d")
    for item in (own, foreign):
        record_activity(buyer, "declaration.received", item, file=item.file_name)
    record_activity(
        buyer,
        "lifecycle.restricted",
        supplier,
        **{"from": "qualified", "to": "limited"},
        reason_code="csr",
        explanation="fire doors locked",
    )
    page = page_of(sign_in(auditor), supplier, "timeline")
    newest, received, created = page.context["events"]
    assert newest.detail == "Qualified → Limited cooperation"
    assert newest.why == "CSR performance: fire doors locked"
    assert newest.who == str(buyer)
    assert (received.what, received.url) == ("Received a.xlsx", own.get_absolute_url())
    assert created.what == "Supplier created"


def test_timeline_holds_what_happened_to_merged_duplicates(
    sign_in: SignIn, auditor: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    third = Supplier.objects.create(code="S-3", name="Third", name_key="third")
    record_activity(None, "supplier.changed", third, changes={"name": ["3rd", "Third"]})
    declaration_of_third = declaration(third, "a")
    record_activity(None, "declaration.received", declaration_of_third, file="third.xlsx")
    Supplier.objects.filter(pk=third.pk).update(merged_into=other_supplier)
    Supplier.objects.filter(pk=other_supplier.pk).update(merged_into=supplier)
    page = page_of(sign_in(auditor), supplier, "timeline")
    assert words(page) == [
        "Received third.xlsx",
        "Record changed",
        "Supplier created",
        "Supplier created",
    ]


def test_timeline_filters(
    sign_in: SignIn, auditor: User, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    record_activity(buyer, "signature.signed", supplier, name="Code of Conduct")
    record_activity(csr_specialist, "unheard.of", supplier)
    old = record_activity(buyer, "supplier.changed", supplier, changes={"city": ["", "Wuxi"]})
    ActivityEntry.objects.filter(pk=old.pk).update(at=clock.now() - dt.timedelta(days=400))
    client = sign_in(auditor)
    year_ago = (clock.today() - dt.timedelta(days=365)).isoformat()

    def found(**query: str) -> int:
        return len(page_of(client, supplier, "timeline", **query).context["events"])

    assert found() == 4
    assert found(group="documents") == 1
    assert found(group="other") == 1
    assert found(group="record") == 2
    assert found(person=str(csr_specialist.pk)) == 1
    assert found(person="system") == 1
    assert found(until=year_ago) == 1
    assert found(since=year_ago) == 3
    assert found(person="4711") == 0  # nobody of this stream
    assert found(since="tomorrow") == 0
    assert "City:" in page_of(client, supplier, "timeline", until=year_ago).content.decode()


def test_timeline_export_has_the_filters(
    sign_in: SignIn, auditor: User, buyer: User, supplier: Supplier
) -> None:
    record_activity(buyer, "signature.signed", supplier, name="=HYPERLINK(1)")
    address = reverse("suppliers:supplier-timeline-export", args=[supplier.pk])
    answer = sign_in(auditor).get(address, {"group": "documents"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][1] == str(buyer)
    assert "HYPERLINK" in str(rows[1][4])


@pytest.mark.parametrize("tab", OFFERED)
def test_a_tab_asks_as_often_for_thirty_as_for_three(
    sign_in: SignIn,
    auditor: User,
    make_user: Any,
    supplier: Supplier,
    django_assert_max_num_queries: Any,
    tab: str,
) -> None:
    client = sign_in(auditor)

    def more(count: int) -> None:
        for _number in range(count):
            number = SupplierContact.objects.count()
            item = Supplier.objects.get(pk=supplier.pk)
            SupplierContact.objects.create(
                supplier=item, name=f"C{number}", user=make_user(None, f"c{number}")
            )
            GateRecord.objects.create(
                supplier=item,
                kind=GateKind.MONITORING_AUDIT if number % 2 else GateKind.TRAINING,
                result=GateResult.PASSED,
                dated_on=dt.date(2026, 1, 1),
                recorded_by=auditor,
            )
            found = declaration(item, f"{number:064x}"[-1] if number < 16 else chr(103 + number))
            record_activity(auditor, "declaration.received", found, file="x")

    more(3)
    with django_assert_max_num_queries(60) as few:
        page_of(client, supplier, tab)
    more(27)
    with django_assert_max_num_queries(len(few)):
        page_of(client, supplier, tab)


def test_suppliers_people_do_not_see_the_page(
    sign_in: SignIn, supplier: Supplier, supplier_user: User
) -> None:
    client = sign_in(supplier_user)
    export = reverse("suppliers:supplier-timeline-export", args=[supplier.pk])
    assert client.get(supplier.get_absolute_url()).status_code == 403
    assert client.get(export).status_code == 403
