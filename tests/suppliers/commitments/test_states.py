"""The database and the rule say the same about every supplier; first signatures (SCM-02)."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from suppliers.enums import ChangeKind, RequestState, SignatureState, SupplierKind
from suppliers.models import DocumentVersion, Supplier
from suppliers.rules.documents import STATES
from suppliers.selectors.commitment_matrix import in_state
from suppliers.selectors.commitments import commitments_in_use, first_signatures, standings
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.factories.commitments import (
    TODAY,
    make_document,
    make_request,
    make_signature,
    make_version,
    with_minerals,
)

pytestmark = pytest.mark.django_db


def company(number: int, kind: str = SupplierKind.PRODUCTION) -> Supplier:
    supplier = create_supplier(None, SupplierInput(f"C{number:03}", f"Company {number}"))
    Supplier.objects.filter(pk=supplier.pk).update(kind=kind)
    supplier.refresh_from_db()
    return supplier


def populate(old: DocumentVersion, new: DocumentVersion) -> None:
    """Every mixture of signature, request and kind."""
    day = dt.timedelta(days=1)
    today = TODAY()
    signatures: tuple[tuple[tuple[DocumentVersion, dict[str, Any]], ...], ...] = (
        (),
        ((new, {}),),
        ((new, {"valid_until": today + 60 * day}),),
        ((new, {"valid_until": today - day}),),
        ((new, {"state": SignatureState.TO_CHECK}),),
        ((new, {"state": SignatureState.REVOKED}),),
        ((old, {}),),
        ((old, {}), (new, {"state": SignatureState.TO_CHECK})),
        ((old, {"state": SignatureState.TO_CHECK}),),
    )
    requests = (
        (),
        ((5, RequestState.OPEN),),
        ((-1, RequestState.OPEN),),
        ((5, RequestState.REFUSED),),
        ((5, RequestState.REFUSED), (5, RequestState.DONE)),
        ((5, RequestState.REFUSED), (5, RequestState.CANCELLED)),
        ((5, RequestState.REFUSED), (5, RequestState.OPEN)),
    )
    kinds = (SupplierKind.PRODUCTION, SupplierKind.SERVICE)
    for number, (made, asked, kind) in enumerate(itertools.product(signatures, requests, kinds)):
        supplier = company(number, kind)
        for version, fields in made:
            make_signature(supplier, version, **fields)
        for days, state in asked:
            make_request(supplier, new, days, state=state)
        if number % 3 == 0:
            with_minerals(supplier)


@pytest.mark.parametrize("minerals_only", [False, True])
def test_database_and_rule_agree(minerals_only: bool, _only_own_documents: None) -> None:
    document = make_document(minerals_only=minerals_only)
    old = make_version(document)
    new = make_version(document, 2, ChangeKind.MATERIAL)
    make_version(document, 3, ChangeKind.COSMETIC)
    populate(old, new)
    commitments = commitments_in_use()
    suppliers = list(Supplier.objects.order_by("pk"))
    ruled = {key: row[0].state for key, row in standings(suppliers, commitments).items()}
    assert len(set(ruled.values())) == len(STATES)
    found = {}
    for state in STATES:
        for supplier in Supplier.objects.filter(in_state(commitments, state, TODAY())):
            assert supplier.pk not in found, "a supplier is in two states"
            found[supplier.pk] = state
    assert found == ruled


def test_one_of_several_documents_is_enough(_only_own_documents: None) -> None:
    first, second = make_document("first"), make_document("second", minerals_only=True)
    populate(make_version(first), make_version(first, 2, ChangeKind.MATERIAL))
    old = make_version(second)
    make_version(second, 2, ChangeKind.MATERIAL)
    for supplier in Supplier.objects.order_by("pk")[::2]:
        make_signature(supplier, old)
    commitments = commitments_in_use()
    ruled = standings(Supplier.objects.all(), commitments)
    for state in STATES:
        wanted = {key for key, row in ruled.items() if state in {one.state for one in row}}
        found = Supplier.objects.filter(in_state(commitments, state, TODAY()))
        assert sorted(one.pk for one in found) == sorted(wanted), state


def test_standings_ask_as_often_for_thirty_suppliers_as_for_three(
    version: DocumentVersion, django_assert_num_queries: object
) -> None:
    for number in range(30):
        make_signature(company(number), version)
    commitments = commitments_in_use()
    for count in (3, 30):
        suppliers = list(Supplier.objects.order_by("pk")[:count])
        with django_assert_num_queries(3):  # type: ignore[operator]
            rows = standings(suppliers, commitments)
            assert {row[0].state for row in rows.values()} == {"signed"}


def test_first_signatures_of_a_period(version: DocumentVersion) -> None:
    start, end = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    days = {
        "first": [dt.date(2026, 1, 1)],
        "again": [dt.date(2025, 6, 1), dt.date(2026, 6, 1)],
        "last_day": [dt.date(2026, 12, 31), dt.date(2027, 1, 1)],
        "later": [dt.date(2027, 1, 1)],
        "never": [],
    }
    for name, moments in days.items():
        supplier = create_supplier(None, SupplierInput(name, f"Company {name}"))
        for moment in moments:
            make_signature(supplier, version, signed_on=moment)
    revoked = create_supplier(None, SupplierInput("revoked", "Company revoked"))
    make_signature(revoked, version, signed_on=dt.date(2026, 5, 1), state=SignatureState.REVOKED)
    other = make_version(make_document("other-letter"))
    make_signature(Supplier.objects.get(code="never"), other, signed_on=dt.date(2026, 5, 1))
    found = first_signatures(version.document.code, start, end)
    assert {supplier.code for supplier in found} == {"first", "last_day"}
