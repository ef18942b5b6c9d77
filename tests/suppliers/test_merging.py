"""Two records of one company become one; nothing that says anything is lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError, NotAllowed
from core.models import ActivityEntry
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from portal.services.merging import merge
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier, update_supplier
from tests.conftest import MakeUser
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(supplier: Supplier, other_supplier: Supplier) -> tuple[Supplier, Supplier]:
    """Both have spend of 2025, a site A, a person of the same address."""
    for each, amount in ((supplier, "10.00"), (other_supplier, "2.50")):
        each.spend.create(year=2025, currency="CNY", amount=Decimal(amount))
        each.sites.create(code="A", name=f"Plant of {each.code}")
        each.contacts.create(name=each.code, email="same@example.test")
        each.minerals.create(metal="tin", reason="solder")
    other_supplier.minerals.create(metal="gold", reason="wire")
    other_supplier.spend.create(year=2024, currency="CNY", amount=Decimal(1))
    return supplier, other_supplier


def test_everything_moves_and_same_things_become_one(
    pair: tuple[Supplier, Supplier], csr_specialist: User
) -> None:
    keep, drop = pair
    merge(csr_specialist, keep.pk, drop.pk)
    assert sorted(keep.spend.values_list("year", "amount")) == [
        (2024, Decimal("1.00")),
        (2025, Decimal("12.50")),
    ]
    assert sorted(keep.sites.values_list("code", flat=True)) == ["A", "A-S-2"]
    assert keep.contacts.filter(email="same@example.test").count() == 1
    assert sorted(keep.minerals.values_list("metal", flat=True)) == ["gold", "tin"]
    drop.refresh_from_db()
    assert drop.merged_into == keep
    assert not Supplier.objects.living().filter(pk=drop.pk).exists()


def test_the_newest_declaration_counts_afterwards(
    pair: tuple[Supplier, Supplier], csr_specialist: User
) -> None:
    keep, drop = pair
    old = declaration(keep, "a", effective_on=dt.date(2025, 1, 1))
    new = declaration(drop, "b", effective_on=dt.date(2026, 1, 1))
    merge(csr_specialist, keep.pk, drop.pk)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, old.superseded_by) == (DeclarationStatus.SUPERSEDED, new)
    assert new.supplier == keep
    assert Declaration.objects.filter(supplier=drop).count() == 0


def test_history_of_both_is_kept(pair: tuple[Supplier, Supplier], csr_specialist: User) -> None:
    keep, drop = pair
    before = ActivityEntry.objects.about(drop).count()
    merge(csr_specialist, keep.pk, drop.pk)
    assert ActivityEntry.objects.about(drop).count() == before + 1
    entry = ActivityEntry.objects.about(keep).get(verb="supplier.merged")
    assert (entry.data["code"], entry.data["moved"]["spend"]) == ("S-2", 2)


def test_the_sign_in_of_the_duplicate_goes_along(
    pair: tuple[Supplier, Supplier], csr_specialist: User, other_supplier_user: User
) -> None:
    keep, drop = pair
    merge(csr_specialist, keep.pk, drop.pk)
    seen = Supplier.objects.visible_to(other_supplier_user)
    assert list(seen) == [keep]


def test_a_limit_does_not_vanish(pair: tuple[Supplier, Supplier], csr_specialist: User) -> None:
    keep, drop = pair
    Supplier.objects.filter(pk=drop.pk).update(status=SupplierStatus.LIMITED)
    with pytest.raises(DomainError) as refused:
        merge(csr_specialist, keep.pk, drop.pk)
    assert refused.value.code == "merge_loses_limit"
    drop.refresh_from_db()
    assert drop.merged_into is None
    assert merge(csr_specialist, drop.pk, keep.pk, confirmed=True) == drop


def test_refusals(
    pair: tuple[Supplier, Supplier], csr_specialist: User, buyer: User, make_user: MakeUser
) -> None:
    keep, drop = pair
    with pytest.raises(NotAllowed):
        merge(buyer, keep.pk, drop.pk)
    with pytest.raises(DomainError) as same:
        merge(csr_specialist, keep.pk, keep.pk)
    assert same.value.code == "merge_with_itself"
    merge(csr_specialist, keep.pk, drop.pk)
    with pytest.raises(DomainError) as again:
        merge(csr_specialist, keep.pk, drop.pk)
    assert again.value.code == "supplier_merged"
    with pytest.raises(DomainError) as gone:
        update_supplier(buyer, drop.pk, SupplierInput("S-2", "Changed"))
    assert gone.value.code == "supplier_merged"


def test_duplicates_of_a_duplicate_follow(
    pair: tuple[Supplier, Supplier], csr_specialist: User
) -> None:
    keep, drop = pair
    third = create_supplier(None, SupplierInput("S-3", "Third"))
    merge(csr_specialist, drop.pk, third.pk)
    merge(csr_specialist, keep.pk, drop.pk)
    third.refresh_from_db()
    assert third.merged_into == keep


def test_the_page_shows_both_first(pair: tuple[Supplier, Supplier], csr_specialist: User) -> None:
    keep, drop = pair
    browser = Client()
    browser.force_login(csr_specialist)
    address = reverse("suppliers:supplier-merge", args=[keep.pk])
    page = browser.get(address, {"other": "s-2"})
    assert [side.supplier for side in page.context["sides"]] == [keep, drop]
    unknown = browser.get(address, {"other": "NOPE"})
    assert "There is no such supplier" in unknown.content.decode()
    answer = browser.post(address, {"other": "S-2"})
    assert answer["Location"] == keep.get_absolute_url()
    drop.refresh_from_db()
    assert drop.merged_into == keep
