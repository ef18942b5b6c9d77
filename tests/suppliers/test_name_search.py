"""Finding suppliers by words of their code and names: two ways, one answer."""

from __future__ import annotations

import pytest

from suppliers.models import Supplier, SupplierContact
from suppliers.selectors import name_search
from suppliers.selectors.name_search import named
from suppliers.services.suppliers import SupplierInput, create_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1_000, 0], ids=["few", "many"])
def suppliers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Supplier]:
    monkeypatch.setattr(name_search, "FEW", request.param)
    made = [
        ("K-1", "Alpha Metals Ltd", "阿尔法金属"),
        ("K-2", "Beta 100% Metals", ""),
        ("L_3", "Gamma", "伽马金属"),
    ]
    found = [
        create_supplier(None, SupplierInput(code=code, name=name, local_name=local))
        for code, name, local in made
    ]
    for supplier in found:
        SupplierContact.objects.create(supplier=supplier, name="Person")
    return found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("METALS", ["K-1", "K-2"]),
        ("metals k-1", ["K-1"]),
        ("金属", ["K-1", "L_3"]),
        ("gamma 金属", ["L_3"]),
        ("100%", ["K-2"]),
        ("_", ["L_3"]),
        ("alpha beta", []),
        ("ltd 阿", ["K-1"]),
        ("Ltd\n阿", ["K-1"]),
        (" ", ["K-1", "K-2", "L_3"]),
    ],
)
def test_every_word_is_in_the_code_or_a_name(
    suppliers: list[Supplier], text: str, codes: list[str]
) -> None:
    found = Supplier.objects.filter(named(text)).order_by("code")
    assert [one.code for one in found] == codes
    people = SupplierContact.objects.filter(named(text, "supplier__")).order_by("supplier__code")
    assert [one.supplier.code for one in people] == codes


def test_a_new_name_is_found_and_the_old_one_is_not(suppliers: list[Supplier]) -> None:
    Supplier.objects.filter(code="K-1").update(name="Delta")
    assert not Supplier.objects.filter(named("alpha")).exists()
    assert Supplier.objects.filter(named("delta")).get().code == "K-1"
