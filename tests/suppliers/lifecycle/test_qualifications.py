"""Categories, sites and waivers: asked for, decided, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.errors import DomainError
from suppliers.enums import SupplierStatus
from suppliers.models import Category, Qualification, Supplier, Waiver
from suppliers.services.approvals import decide, withdraw_request
from suppliers.services.qualifications import (
    EndInput,
    QualificationInput,
    end_qualification,
    request_qualification,
)
from suppliers.services.waivers import WaiverInput, end_waiver, request_waiver
from tests.suppliers.lifecycle.steps import (
    agree,
    category,
    disqualify,
    limit,
    qualify,
    to_approval,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def metal(db: None) -> Category:
    return category("ME")


@pytest.fixture
def qualified(buyer: User, csr_specialist: User, supplier: Supplier, metal: Category) -> Supplier:
    qualify(buyer, csr_specialist, supplier)
    return supplier


def states(supplier: Supplier) -> list[tuple[str, str, str]]:
    rows = Qualification.objects.filter(supplier=supplier).order_by("pk")
    return [(row.category.code, row.route, row.state) for row in rows]


def test_an_addition_leaves_alone_what_is_approved(
    buyer: User, csr_specialist: User, qualified: Supplier
) -> None:
    first = qualified.qualifications.get()
    approval = request_qualification(buyer, qualified.pk, QualificationInput("me", "", 12))
    assert states(qualified)[1:] == [("ME", "category", "in_progress")]
    agree(csr_specialist, approval)
    assert states(qualified) == [("EL", "initial", "approved"), ("ME", "category", "approved")]
    row = qualified.qualifications.get(category__code="ME")
    assert row.valid_from == clock.today()
    assert row.valid_until is not None
    assert 364 <= (row.valid_until - clock.today()).days <= 365
    unchanged = qualified.qualifications.get(category__code="EL")
    assert (unchanged.valid_until, unchanged.updated_at) == (first.valid_until, first.updated_at)
    qualified.refresh_from_db()
    assert qualified.status == SupplierStatus.QUALIFIED


def test_routes(buyer: User, csr_specialist: User, qualified: Supplier) -> None:
    qualified.sites.create(code="SZ", name="Shenzhen")
    for code, site in (("EL", ""), ("EL", "SZ"), ("ME", ""), ("ME", "")):
        found = QualificationInput(code, site)
        agree(csr_specialist, request_qualification(buyer, qualified.pk, found))
    assert [route for _code, route, _state in states(qualified)] == [
        "initial",
        "renewal",
        "site",
        "category",
        "renewal",
    ]


def test_rejected_and_withdrawn_requests_approve_nothing(
    buyer: User, csr_specialist: User, qualified: Supplier
) -> None:
    approval = request_qualification(buyer, qualified.pk, QualificationInput("ME"))
    agree(csr_specialist, approval, approve=False)
    again = request_qualification(buyer, qualified.pk, QualificationInput("ME"))
    withdraw_request(buyer, again.pk)
    assert [state for *_rest, state in states(qualified)] == [
        "approved",
        "rejected",
        "withdrawn",
    ]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"category": "XX"}, "category_unknown", "category"),
        ({"site": "XX"}, "site_unknown", "site"),
        ({"valid_months": 0}, "valid_months_out_of_range", "valid_months"),
        ({"valid_months": 61}, "valid_months_out_of_range", "valid_months"),
        ({"explanation": "x" * 5000}, "text_too_long", "explanation"),
    ],
)
def test_wrong_input(
    buyer: User, qualified: Supplier, fields: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as caught:
        request_qualification(
            buyer, qualified.pk, QualificationInput(**{"category": "ME", **fields})
        )
    assert (caught.value.code, caught.value.field) == (code, field)
    assert len(states(qualified)) == 1


def test_a_site_of_another_company_is_unknown(
    buyer: User, qualified: Supplier, other_supplier: Supplier
) -> None:
    other_supplier.sites.create(code="DG", name="Dongguan")
    with pytest.raises(DomainError, match="site_unknown"):
        request_qualification(buyer, qualified.pk, QualificationInput("ME", "DG"))


def test_the_same_pair_is_asked_once(buyer: User, qualified: Supplier) -> None:
    qualified.sites.create(code="SZ", name="Shenzhen")
    request_qualification(buyer, qualified.pk, QualificationInput("ME"))
    with pytest.raises(DomainError, match="qualification_in_progress"):
        request_qualification(buyer, qualified.pk, QualificationInput("ME"))
    request_qualification(buyer, qualified.pk, QualificationInput("ME", "SZ"))


def test_only_qualified_suppliers_get_more(
    buyer: User, supplier: Supplier, metal: Category
) -> None:
    with pytest.raises(DomainError, match="supplier_not_qualified"):
        request_qualification(buyer, supplier.pk, QualificationInput("ME"))


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        ("no_new_category", "restricted_no_new_category"),
        ("no_new_orders", "supplier_not_qualified"),
    ],
)
def test_a_limitation_blocks_additions_asked_and_waiting(
    buyer: User, csr_specialist: User, qualified: Supplier, scope: str, code: str
) -> None:
    waiting = request_qualification(buyer, qualified.pk, QualificationInput("ME"))
    limit(buyer, csr_specialist, qualified, scope=scope)
    with pytest.raises(DomainError, match=code):
        request_qualification(buyer, qualified.pk, QualificationInput("EL"))
    with pytest.raises(DomainError, match=code):
        decide(csr_specialist, waiting.pk, approve=True)
    assert states(qualified)[-1] == ("ME", "category", "in_progress")


def test_withdraw_a_qualification(buyer: User, auditor: User, qualified: Supplier) -> None:
    row = qualified.qualifications.get()
    past = clock.today() - dt.timedelta(days=1)
    for data, code in (
        (EndInput(), "reason_missing"),
        (EndInput("csr", past), "ended_on_past"),
    ):
        with pytest.raises(DomainError, match=code):
            end_qualification(buyer, row.pk, data)
    with pytest.raises(DomainError, match="may_not_change_lifecycle"):
        end_qualification(auditor, row.pk, EndInput("csr"))
    later = clock.today() + dt.timedelta(days=30)
    done = end_qualification(buyer, row.pk, EndInput("quality", later))
    assert (done.state, done.ended_on, done.reason_code) == ("withdrawn", later, "quality")
    with pytest.raises(DomainError, match="qualification_not_approved"):
        end_qualification(buyer, row.pk, EndInput("csr", later))


def test_chosen_categories_at_the_submission(
    buyer: User, csr_specialist: User, supplier: Supplier, metal: Category
) -> None:
    approval = to_approval(buyer, supplier, category(), metal)
    assert approval.payload["categories"] == ["EL", "ME"]
    agree(csr_specialist, approval)
    assert {state for *_rest, state in states(supplier)} == {"approved"}


# --- Waivers -------------------------------------------------------------------------------------
def waiver(**fields: Any) -> WaiverInput:
    facts: dict[str, Any] = {
        "reason_code": "capacity",
        "explanation": "Only source.",
        "starts_on": clock.today(),
        "ends_on": clock.today() + dt.timedelta(days=90),
    }
    return WaiverInput(**{**facts, **fields})


def test_a_waiver_needs_a_second_person_and_ends_early(
    buyer: User, csr_specialist: User, supplier: Supplier, metal: Category
) -> None:
    approval = request_waiver(buyer, supplier.pk, waiver(category="ME"))
    assert not Waiver.objects.exists()
    agree(csr_specialist, approval)
    found = supplier.waivers.get()
    assert (found.category, found.approval, found.reason_code) == (metal, approval, "capacity")
    end_waiver(buyer, found.pk)
    found.refresh_from_db()
    assert found.ended_on == clock.today()
    with pytest.raises(DomainError, match="waiver_ended"):
        end_waiver(buyer, found.pk)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"reason_code": ""}, "reason_missing", "reason_code"),
        ({"explanation": ""}, "proof_missing", "explanation"),
        ({"ends_on": None}, "ends_on_missing", "ends_on"),
        ({"starts_on": dt.date(2020, 1, 1)}, "starts_on_past", "starts_on"),
        ({"ends_on": clock.today() + dt.timedelta(days=800)}, "waiver_too_long", "ends_on"),
        ({"category": "XX"}, "category_unknown", "category"),
    ],
)
def test_what_a_waiver_asks_for(
    buyer: User, supplier: Supplier, fields: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as caught:
        request_waiver(buyer, supplier.pk, waiver(**fields))
    assert (caught.value.code, caught.value.field) == (code, field)


def test_twelve_months_and_no_day_more(buyer: User, supplier: Supplier) -> None:
    start = clock.today()
    try:
        year_later = start.replace(year=start.year + 1)
    except ValueError:  # 29 February
        year_later = dt.date(start.year + 1, 2, 28)
    with pytest.raises(DomainError, match="waiver_too_long"):
        request_waiver(buyer, supplier.pk, waiver(ends_on=year_later))
    request_waiver(buyer, supplier.pk, waiver(ends_on=year_later - dt.timedelta(days=1)))


def test_no_waiver_after_the_end(buyer: User, csr_specialist: User, qualified: Supplier) -> None:
    waiting = request_waiver(buyer, qualified.pk, waiver())
    disqualify(buyer, csr_specialist, qualified)
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"
    with pytest.raises(DomainError, match="waiver_not_possible"):
        request_waiver(buyer, qualified.pk, waiver())


def test_a_withdrawn_one_is_withdrawn_sooner_but_not_later(
    sign_in: SignIn, buyer: User, qualified: Supplier
) -> None:
    row = qualified.qualifications.get()
    link = reverse("suppliers:qualification-withdraw", args=[row.pk])
    tab = reverse("suppliers:supplier-detail", args=[qualified.pk]) + "?tab=qualifications"
    later = clock.today() + dt.timedelta(days=180)
    end_qualification(buyer, row.pk, EndInput("csr", later))
    for day in (later, later + dt.timedelta(days=1)):
        with pytest.raises(DomainError) as refused:
            end_qualification(buyer, row.pk, EndInput("csr", day))
        assert refused.value.code == "qualification_not_approved"
    client = sign_in(buyer)
    assert link in client.get(tab).content.decode()
    client.post(link, {"reason_code": "quality"})
    row.refresh_from_db()
    assert (row.ended_on, row.reason_code) == (clock.today(), "quality")
    assert link not in client.get(tab).content.decode()
