"""A file from the upload to the end: checked, imported, undone, imported again."""

from __future__ import annotations

import pytest

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import Category, StatusChange, Supplier
from suppliers.selectors.links import record_of
from tests.suppliers.imports.files import checked, found, imported, undone, workbook

pytestmark = pytest.mark.django_db

HEADINGS = ["code", "name", "local_name", "country", "categories", "parent", "duns", "minerals"]
HEADINGS += ["minerals_reason", "buyer"]


@pytest.fixture
def categories(db: None) -> None:
    for code in ("EL", "ME"):
        Category.objects.create(code=code, name=code, path=f"{code}/")


def table(buyer: User) -> list[list[str]]:
    return [
        HEADINGS,
        ["S-3", "Child Co.", "", "CN", "EL; ME", "S-4", "", "", "", ""],
        [
            "S-4",
            "Parent Co.",
            "母公司",
            "DE",
            "",
            "",
            "123456789",
            "tin; gold",
            "Solder",
            buyer.email,
        ],
        ["S-1", "Bright Tin Co.", "亮锡公司", "CN", "", "S-4", "", "", "", ""],
        ["s-2", "Golden Contact Ltd", "", "CN", "", "", "", "", "", ""],
    ]


def test_whole_way(
    buyer: User, supplier: Supplier, other_supplier: Supplier, categories: None
) -> None:
    content = workbook(table(buyer))
    batch = checked(buyer, content)
    assert found(batch) == []
    assert batch.state == "ready"
    assert [batch.counts[name] for name in ("create", "change", "same", "faulty")] == [2, 1, 1, 0]
    row = batch.rows.get(number=4)
    assert (row.before, row.after) == (
        {"local_name": "亮锡有限公司", "parent": ""},
        {"local_name": "亮锡公司", "parent": "S-4"},
    )
    assert Supplier.objects.count() == 2

    batch = imported(buyer, content)
    assert batch.state == "imported"
    child, parent = Supplier.objects.get(code="S-3"), Supplier.objects.get(code="S-4")
    assert child.parent == parent
    assert record_of(child)["categories"] == ["EL", "ME"]
    assert record_of(parent)["minerals"] == ["gold", "tin"]
    assert (parent.buyer, parent.local_name_key, parent.revision) == (buyer, "母公司", 1)
    assert StatusChange.objects.get(supplier=parent).action == "register"
    supplier.refresh_from_db()
    assert (supplier.revision, supplier.parent, supplier.local_name_key) == (2, parent, "亮锡公司")
    entry = ActivityEntry.objects.about(supplier).first()
    assert entry is not None
    assert entry.data["changes"]["local_name"] == ["亮锡有限公司", "亮锡公司"]
    other_supplier.refresh_from_db()
    assert other_supplier.revision == 1

    again = checked(buyer, content)
    assert again.counts["same"] == 4

    batch = undone(buyer, batch)
    assert (batch.state, batch.problems, batch.undone_by) == ("undone", [], buyer)
    assert sorted(Supplier.objects.values_list("code", flat=True)) == ["S-1", "S-2"]
    supplier.refresh_from_db()
    assert (supplier.local_name, supplier.parent, supplier.revision) == ("亮锡有限公司", None, 3)
    assert imported(buyer, content).state == "imported"
    assert Supplier.objects.count() == 4


def test_undo_names_later_changes(
    buyer: User, csr_specialist: User, supplier: Supplier, categories: None
) -> None:
    from dataclasses import replace

    from suppliers.selectors.links import input_of
    from suppliers.services.suppliers import update_supplier

    batch = imported(buyer, workbook(table(buyer)[:4]))
    assert batch.state == "imported"
    supplier.refresh_from_db()
    update_supplier(csr_specialist, supplier.pk, replace(input_of(supplier), local_name="新名字"))
    batch = undone(buyer, batch)
    assert batch.state == "imported"
    problem = batch.problems[0]
    assert (problem["code"], problem["row"], problem["params"]["who"]) == (
        "later_change",
        4,
        csr_specialist.name,
    )
