"""A year mistyped is told, whichever door it comes through."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from core import clock
from suppliers.models import Approval, DocumentRequest, Supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.lifecycle.steps import document, qualify

pytestmark = pytest.mark.django_db
__all__ = ["api_for"]
ROOT = "/api/v1/"
LAST = "9999-12-31"
REASON = {"reason_code": "csr", "explanation": "x"}


def told(answer: Any) -> tuple[int, str, list[str]]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], list(error["fields"])


@pytest.mark.parametrize("starts_on", ["9999-06-01", "2400-01-01"])
def test_a_waiver(api_for: ApiFor, buyer: User, supplier: Supplier, starts_on: str) -> None:
    data = {"supplier": "S-1", **REASON, "starts_on": starts_on, "ends_on": LAST}
    answer = api_for(buyer).post(f"{ROOT}waivers/", data)
    assert told(answer) == (400, "date_too_far", ["starts_on"])
    assert not Approval.objects.exists()


def test_a_limitation(
    api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    data = {
        "action": "restrict",
        **REASON,
        "scope": "no_new_orders",
        "conditions": "x",
        "starts_on": clock.today().isoformat(),
        "ends_on": LAST,
    }
    answer = api_for(buyer).post(f"{ROOT}suppliers/{supplier.pk}/actions/", data)
    assert told(answer) == (400, "date_too_far", ["ends_on"])


def test_a_day_to_sign(api_for: ApiFor, buyer: User, supplier: Supplier) -> None:
    data = {"suppliers": [supplier.pk], "documents": [document().pk], "due_on": LAST}
    answer = api_for(buyer).post(f"{ROOT}document-requests/", data, format="json")
    assert told(answer) == (400, "date_too_far", ["due_on"])
    assert not DocumentRequest.objects.exists()
