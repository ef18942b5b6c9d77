"""Several people at once, later changes, and what an import may not take along."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import AnnualSpend, ImportBatch, Site, Supplier, SupplierContact
from suppliers.rules.related_data import ContactInput, SiteInput, SpendInput
from suppliers.selectors.links import input_of
from suppliers.services.contacts import save_contact
from suppliers.services.evidence import store_evidence
from suppliers.services.imports import check_again, confirm_import
from suppliers.services.sites import save_site
from suppliers.services.spend import set_spend
from suppliers.services.suppliers import SupplierInput, create_supplier, update_supplier
from tests.suppliers.imports.files import (
    Table,
    checked,
    found,
    imported,
    undone,
    workbook,
    worked_off,
)

pytestmark = pytest.mark.django_db
CHANGE = [["code", "name", "city"], ["S-1", "Bright Tin Co.", "Wuhan"], ["N-1", "New Co.", "Jinan"]]


def rename(actor: User, supplier: Supplier, **values: Any) -> None:
    supplier.refresh_from_db()
    update_supplier(actor, supplier.pk, replace(input_of(supplier), **values))


def test_a_change_after_the_check_is_not_overwritten(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    batch = checked(buyer, workbook(CHANGE))
    rename(csr_specialist, supplier, city="Beijing")
    batch = worked_off(confirm_import(buyer, batch.pk))
    assert batch.state == "faulty"
    assert [(each["code"], each["row"]) for each in batch.problems] == [("changed_meanwhile", 2)]
    supplier.refresh_from_db()
    assert (supplier.city, Supplier.objects.count()) == ("Beijing", 1)
    batch = worked_off(check_again(buyer, batch.pk))
    assert batch.rows.get(number=2).before == {"city": "Beijing"}
    assert worked_off(confirm_import(buyer, batch.pk)).state == "imported"


def test_a_change_of_another_field_is_kept(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    batch = checked(buyer, workbook(CHANGE))
    rename(csr_specialist, supplier, region="Hubei")
    assert worked_off(confirm_import(buyer, batch.pk)).state == "imported"
    supplier.refresh_from_db()
    assert (supplier.city, supplier.region, supplier.revision) == ("Wuhan", "Hubei", 3)


def test_two_imports_of_the_same_new_record(buyer: User, csr_specialist: User) -> None:
    table = workbook([["code", "name"], ["N-1", "New Co."], ["N-2", "Newer Co."]])
    first, second = checked(buyer, table), checked(csr_specialist, table)
    assert worked_off(confirm_import(buyer, first.pk)).state == "imported"
    late = worked_off(confirm_import(csr_specialist, second.pk))
    assert (late.state, {each["code"] for each in late.problems}) == (
        "faulty",
        {"changed_meanwhile"},
    )
    assert Supplier.objects.count() == 2
    assert worked_off(check_again(csr_specialist, late.pk)).counts["same"] == 2


def test_a_code_taken_meanwhile(buyer: User) -> None:
    batch = checked(buyer, workbook([["code", "name"], ["N-1", "New Co."], ["N-2", "Two"]]))
    create_supplier(buyer, SupplierInput("n-2", "By hand"))
    batch = worked_off(confirm_import(buyer, batch.pk))
    assert [each["row"] for each in batch.problems] == [3]
    assert Supplier.objects.count() == 1


def test_only_columns_of_the_file_are_touched(buyer: User, supplier: Supplier) -> None:
    rename(buyer, supplier, city="Wuhan", vat="DE123456789", minerals=("tin",), minerals_reason="x")
    imported(buyer, workbook([["code", "city", "vat"], ["s-1", "", "DE999"]]))
    supplier.refresh_from_db()
    record = input_of(supplier)
    assert (record.city, record.vat, record.local_name) == ("", "DE999", "亮锡有限公司")
    assert (record.minerals, record.minerals_reason, record.code) == (("tin",), "x", "S-1")


def test_an_emptied_required_field_is_refused(buyer: User, supplier: Supplier) -> None:
    batch = checked(buyer, workbook([["code", "name", "kind"], ["S-1", "", ""]]))
    assert found(batch) == [(2, "B", "supplier_name_missing")]


def test_undo_names_what_new_suppliers_have_got(buyer: User, supplier: Supplier) -> None:
    table = [["code", "name", "parent"], ["N-1", "One", ""], ["N-2", "Two", "N-1"]]
    batch = imported(buyer, workbook([*table, ["N-3", "Three", ""], ["N-4", "Four", ""]]))
    one, three, four = (Supplier.objects.get(code=code) for code in ("N-1", "N-3", "N-4"))
    rename(buyer, supplier, parent="N-1")
    save_contact(buyer, three.pk, ContactInput("Wang"))
    store_evidence(buyer, four, SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"))
    batch = undone(buyer, batch)
    assert batch.state == "imported"
    named = {(each["code"], each["row"]) for each in batch.problems}
    assert named == {("later_records", 2), ("later_records", 4), ("later_records", 5)}
    assert Supplier.objects.count() == 5
    rename(buyer, supplier, parent="")
    three.contacts.all().delete()
    four.evidence.all().delete()
    assert one.status_changes.count() == 1
    assert undone(buyer, batch).state == "undone"
    assert list(Supplier.objects.all()) == [supplier]
    deleted = ActivityEntry.objects.filter(verb="supplier.deleted")
    assert {entry.data["code"] for entry in deleted} == {"N-1", "N-2", "N-3", "N-4"}


def test_undo_restores_every_part(buyer: User, supplier: Supplier) -> None:
    rename(buyer, supplier, duns="123456789", minerals=("tin",), minerals_reason="Solder")
    before = input_of(supplier)
    table: Table = [
        ["code", "duns", "vat", "minerals", "minerals_reason", "phase_out_on", "phase_out_reason"],
        ["S-1", "", "DE1234", "gold; cobalt", "Battery", "2027-01-31", "Ends"],
    ]
    batch = imported(buyer, workbook(table))
    supplier.refresh_from_db()
    assert input_of(supplier).minerals == ("cobalt", "gold")
    assert undone(buyer, batch).state == "undone"
    supplier.refresh_from_db()
    assert input_of(supplier) == before


CONTACTS = [
    ["supplier", "name", "email", "role", "language", "is_primary"],
    ["S-1", "Wang Liang", "W@x.co", "quality", "zh-hans", "yes"],
    ["S-1", "No Address", "", "", "", "no"],
    ["s-2", "Li", "li@x.co", "CSR", "English", "是"],
]


def test_contacts_way(buyer: User, supplier: Supplier, other_supplier: Supplier) -> None:
    old = save_contact(buyer, supplier.pk, ContactInput("Old Name", "w@x.co", phone="1"))
    batch = checked(buyer, workbook(CONTACTS), kind="contacts")
    assert (found(batch), batch.counts["create"], batch.counts["change"]) == ([], 2, 1)
    batch = worked_off(confirm_import(buyer, batch.pk))
    old.refresh_from_db()
    assert (old.name, old.email, old.phone, old.role) == ("Wang Liang", "w@x.co", "1", "quality")
    li = SupplierContact.objects.get(supplier=other_supplier)
    assert (li.role, li.language, li.is_primary, li.may_sign) == ("csr", "en", True, False)
    assert checked(buyer, workbook(CONTACTS), kind="contacts").counts["same"] == 3
    save_contact(buyer, other_supplier.pk, ContactInput("Li Na", "li@x.co", role="csr"), li.pk)
    late = undone(buyer, batch)
    assert late.state == "imported"
    assert {each["code"] for each in late.problems} == {"later_change"}
    assert {each["row"] for each in late.problems} == {4}
    li.delete()
    assert undone(buyer, batch).state == "undone"
    old.refresh_from_db()
    assert (old.name, old.is_primary, SupplierContact.objects.count()) == ("Old Name", False, 1)


def test_contacts_that_cannot_be(buyer: User, supplier: Supplier, supplier_user: User) -> None:
    save_contact(buyer, supplier.pk, ContactInput("First", "first@x.co", is_primary=True))
    table: Table = [
        ["supplier", "name", "email", "role", "language", "is_primary"],
        ["S-1", "A", "not an address", "boss", "fr", "no"],
        ["", "B", "", "", "", "no"],
        ["S-1", "C", "c@x.co", "", "", "yes"],
        ["S-1", supplier_user.name, "", "", "", "no"],
        ["S-1", "D", "c@x.co", "", "", "no"],
    ]
    batch = checked(buyer, workbook(table), kind="contacts")
    assert found(batch) == [
        (2, "C", "email_invalid"),
        (2, "D", "contact_role_unknown"),
        (2, "E", "language_unknown"),
        (3, "A", "supplier_code_missing_here"),
        (4, "C", "row_twice"),
        (4, "F", "primary_twice"),
        (5, "C", "contact_address_of_account"),
        (6, "C", "row_twice"),
    ]


def test_sites_way(buyer: User, supplier: Supplier) -> None:
    old = save_site(buyer, supplier.pk, SiteInput("A", "Plant A", city="Wuhan"))
    table: Table = [
        ["supplier", "code", "name", "country", "is_active"],
        ["S-1", "a", "Plant A", "China", "no"],
        ["S-1", "B", "Plant B", "Germany", ""],
    ]
    batch = imported(buyer, workbook(table), kind="sites")
    old.refresh_from_db()
    assert (old.code, old.city, str(old.country), old.is_active) == ("A", "Wuhan", "CN", False)
    new = Site.objects.get(code="B")
    assert (str(new.country), new.is_active) == ("DE", True)
    assert undone(buyer, batch).state == "undone"
    old.refresh_from_db()
    assert (str(old.country), old.is_active, Site.objects.count()) == ("", True, 1)
    bad = [["supplier", "code", "name", "country"], ["S-1", "", "", "QQ"], ["S-1", "C", "", ""]]
    assert found(checked(buyer, workbook(bad), kind="sites")) == [
        (2, "B", "site_code_missing"),
        (2, "C", "site_name_missing"),
        (2, "D", "country_unknown"),
        (3, "C", "site_name_missing"),
    ]


def test_spend_way(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    set_spend(buyer, supplier.pk, SpendInput(2024, "CNY", Decimal("10.00")))
    table: Table = [
        ["supplier", "year", "currency", "amount"],
        ["S-1", 2024, "CNY", 0.1 + 0.2],
        ["S-1", "2025", "eur", "1,234,567.89"],
    ]
    batch = imported(buyer, workbook(table), kind="spend")
    assert batch.state == "imported"
    amounts = AnnualSpend.objects.order_by("year").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("0.30"), Decimal("1234567.89")]
    set_spend(csr_specialist, supplier.pk, SpendInput(2025, "EUR", Decimal("7.00")))
    batch = undone(buyer, batch)
    assert (batch.state, batch.problems[0]["params"]["who"]) == ("imported", csr_specialist.name)
    bad: Table = [
        ["supplier", "year", "currency", "amount"],
        ["S-1", "1850", "XXX", "abc"],
        ["S-1", "20", "CNY", -1],
        ["S-1", 2025, "CNY", "1.234,56"],
        ["S-9", 2025, "CNY", 1],
        ["S-1", 2023, "CNY", 1],
        ["S-1", 2023, "cny", 2],
    ]
    assert found(checked(buyer, workbook(bad), kind="spend")) == [
        (2, "B", "year_invalid"),
        (2, "C", "currency_unknown"),
        (2, "D", "amount_invalid"),
        (3, "B", "year_invalid"),
        (3, "D", "amount_negative"),
        (4, "D", "amount_invalid"),
        (5, "A", "supplier_unknown"),
        (6, "B", "row_twice"),
        (7, "B", "row_twice"),
    ]
    assert ImportBatch.objects.count() == 2


def test_work_done_twice_changes_nothing(buyer: User, supplier: Supplier) -> None:
    from core.models import Job, JobState
    from suppliers.services.import_apply import apply_import

    batch = imported(buyer, workbook(CHANGE))
    job = Job.objects.about(batch).filter(kind="suppliers.import_apply").get()
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    apply_import(batch.pk, job.pk)
    assert Supplier.objects.count() == 2
    assert ActivityEntry.objects.filter(verb="supplier.changed").count() == 1
