"""What two records brought to a merge stays apart when the record is changed afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.models import User
from core.models import ActivityEntry
from suppliers.models import Supplier
from suppliers.selectors.import_records import supplier_records
from suppliers.selectors.links import input_of, record_of
from suppliers.services.merging import merge_suppliers
from suppliers.services.suppliers import update_supplier
from tests.suppliers.imports.files import imported, workbook

pytestmark = pytest.mark.django_db
GOLD, TIN = {"gold": "plating"}, {"tin": "solder"}


@pytest.fixture
def merged(
    buyer: User, csr_specialist: User, supplier: Supplier, other_supplier: Supplier
) -> Supplier:
    for one, metals, number in ((supplier, GOLD, "BBBB2"), (other_supplier, TIN, "AAAA1")):
        [(metal, reason)] = metals.items()
        data = replace(input_of(one), minerals=(metal,), minerals_reason=reason, vat=number)
        update_supplier(buyer, one.pk, data)
    merge_suppliers(csr_specialist, supplier.pk, other_supplier.pk)
    return Supplier.objects.get(pk=supplier.pk)


def reasons(supplier: Supplier) -> dict[str, str]:
    return dict(supplier.minerals.values_list("metal", "reason"))


def numbers(supplier: Supplier) -> list[str]:
    return sorted(supplier.registrations.filter(kind="vat").values_list("number", flat=True))


def test_other_changes_keep_reasons_and_numbers(buyer: User, merged: Supplier) -> None:
    update_supplier(buyer, merged.pk, replace(input_of(merged), city="Suzhou"))
    imported(buyer, workbook([["code", "address"], [merged.code, "1 Road"]]))
    assert reasons(merged) == {**GOLD, **TIN}
    assert numbers(merged) == ["AAAA1", "BBBB2"]
    again = Supplier.objects.get(pk=merged.pk)
    assert record_of(again)["minerals_reason"] == "plating; solder"
    assert supplier_records(buyer, [merged.pk])[merged.pk] == record_of(again)


@pytest.mark.parametrize("door", ["form", "file"])
def test_one_more_material_leaves_the_others(buyer: User, merged: Supplier, door: str) -> None:
    if door == "form":
        update_supplier(
            buyer, merged.pk, replace(input_of(merged), minerals=("gold", "tin", "cobalt"))
        )
    else:
        imported(buyer, workbook([["code", "minerals"], [merged.code, "gold; tin; cobalt"]]))
    assert reasons(merged) == {**GOLD, **TIN, "cobalt": "plating; solder"}
    again = Supplier.objects.get(pk=merged.pk)
    assert record_of(again)["minerals_reason"] == "plating; solder"


@pytest.mark.parametrize("door", ["form", "file"])
def test_a_new_reason_is_that_of_all_and_leaves_a_trail(
    buyer: User, merged: Supplier, door: str
) -> None:
    if door == "form":
        update_supplier(buyer, merged.pk, replace(input_of(merged), minerals_reason="boards"))
    else:
        imported(buyer, workbook([["code", "minerals_reason"], [merged.code, "boards"]]))
    assert reasons(merged) == {"gold": "boards", "tin": "boards"}
    entry = ActivityEntry.objects.about(merged).filter(verb="supplier.changed").first()
    assert entry is not None
    assert entry.data["changes"] == {"minerals_reason": ["plating; solder", "boards"]}


@pytest.mark.parametrize("door", ["form", "file"])
@pytest.mark.parametrize(
    ("number", "left"),
    [("BBBB2", ["BBBB2"]), ("CCCC3", ["BBBB2", "CCCC3"]), ("AAAA-1", ["AAAA-1", "BBBB2"])],
)
def test_one_of_two_numbers_is_changed(
    buyer: User, merged: Supplier, door: str, number: str, left: list[str]
) -> None:
    assert record_of(merged)["vat"] == "AAAA1"
    if door == "form":
        update_supplier(buyer, merged.pk, replace(input_of(merged), vat=number))
    else:
        imported(buyer, workbook([["code", "vat"], [merged.code, number]]))
    assert numbers(merged) == left


def test_an_empty_number_removes_the_one_that_is_shown(buyer: User, merged: Supplier) -> None:
    update_supplier(buyer, merged.pk, replace(input_of(merged), vat=""))
    assert numbers(merged) == ["BBBB2"]
