"""What a supplier may not read, its programs do not find out by filtering or sorting either."""

from __future__ import annotations

import datetime as dt

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from suppliers.enums import AssessmentState
from suppliers.models import Supplier
from tests.api.conftest import ApiFor
from tests.factories.assessments import make_assessment

pytestmark = pytest.mark.django_db
SUPPLIERS = "/api/v1/suppliers/"
ASSESSMENTS = "/api/v1/assessments/"


@pytest.fixture
def judged(supplier: Supplier) -> Supplier:
    """A supplier of which our own people think badly, with a score that is not accepted yet."""
    Supplier.objects.filter(pk=supplier.pk).update(
        rating_level="D", single_source=True, phase_out_on=dt.date(2027, 1, 1)
    )
    make_assessment(supplier, state=AssessmentState.SUBMITTED, submitted_at=clock.now(), score=50)
    return supplier


def counts(client: APIClient, address: str, name: str, values: tuple[str, ...]) -> list[int]:
    return [client.get(address, {name: value}).json()["count"] for value in values]


@pytest.mark.parametrize(
    ("address", "name", "fits", "fits_not"),
    [
        (SUPPLIERS, "rating", "D", "A"),
        (SUPPLIERS, "single_source", "yes", "no"),
        (SUPPLIERS, "phase_out", "planned", "none"),
        (ASSESSMENTS, "score", "low", "high"),
    ],
)
def test_a_filter_by_what_is_hidden_tells_a_supplier_nothing(
    api_for: ApiFor,
    judged: Supplier,
    supplier_user: User,
    csr_specialist: User,
    address: str,
    name: str,
    fits: str,
    fits_not: str,
) -> None:
    assert counts(api_for(csr_specialist), address, name, (fits, fits_not)) == [1, 0]
    assert counts(api_for(supplier_user), address, name, (fits, fits_not)) == [1, 1]


@pytest.mark.parametrize(
    ("address", "order"),
    [(SUPPLIERS, "rating"), (SUPPLIERS, "-phase_out"), (ASSESSMENTS, "score")],
)
def test_an_order_by_what_is_hidden_is_refused_to_a_supplier(
    api_for: ApiFor,
    judged: Supplier,
    supplier_user: User,
    csr_specialist: User,
    address: str,
    order: str,
) -> None:
    assert api_for(csr_specialist).get(address, {"sort": order}).status_code == 200
    assert api_for(supplier_user).get(address, {"sort": order}).status_code == 400


def test_other_filters_stay_open_to_a_supplier(
    api_for: ApiFor, judged: Supplier, supplier_user: User
) -> None:
    client = api_for(supplier_user)
    assert counts(client, SUPPLIERS, "country", ("CN", "DE")) == [1, 0]
    assert client.get(SUPPLIERS, {"sort": "-name"}).status_code == 200
