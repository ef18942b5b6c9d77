"""EMRT, AMRT and CRT go the way of the CMRT: lists, ratings by mineral, tasks, review, mines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from minerals.enums import ReviewState
from minerals.excel.sample import build_workbook, complete_answers
from minerals.excel.sample_list import demo_rows
from minerals.models import (
    Declaration,
    MineLine,
    MitigationPlan,
    RiskRating,
    SmelterLine,
    SmelterTask,
)
from minerals.services.list_effects import apply_now
from minerals.services.rating import rate_supplier
from minerals.services.review import take_step
from suppliers.models import Supplier
from tests.factories.minerals import Desk
from tests.minerals.lists.files import imported

pytestmark = pytest.mark.django_db
TODAY = clock.today()
SignIn = Callable[[User], Client]
# The form, the mineral, its smelter of the sample, and minerals that are declared beside it.
FORMS = [
    ("emrt_2.1", "Cobalt", "CID900040", ["Copper", "Lithium", "Nickel", "Mica"]),
    ("emrt_1.3", "Mica", "CID900050", ["Cobalt"]),
    ("amrt_1.3", "Silver", "CID900071", ["Aluminum", "Zinc"]),
    ("crt_2.2", "Cobalt", "CID900040", []),
]


def handed_in(
    desk: Desk, supplier: Supplier, layout: str, minerals: list[str], **more: Any
) -> Declaration:
    content = complete_answers(layout, minerals)
    content["company"]["company_name"] = supplier.name
    data = build_workbook(layout, **content, **more)
    found = desk.hand_in(supplier, data, f"{layout}.xlsx")
    rate_supplier(supplier.pk)
    return found


@pytest.mark.parametrize(("layout", "mineral", "cid", "others"), FORMS)
def test_from_list_to_rating_task_and_review(
    desk: Desk,
    supplier: Supplier,
    csr_specialist: User,
    layout: str,
    mineral: str,
    cid: str,
    others: list[str],
) -> None:
    audited = TODAY - dt.timedelta(days=60)
    first = imported(csr_specialist, demo_rows(audited), TODAY - dt.timedelta(days=50))
    apply_now(first)
    declaration = handed_in(desk, supplier, layout, [mineral, *others])
    assert SmelterLine.objects.filter(declaration=declaration, matched_cid=cid).exists()
    rating = RiskRating.objects.get(is_current=True)
    named = {line.metal for line in declaration.smelters.all()}
    assert set(rating.minerals) == named
    assert {mineral, *others} <= named
    assert rating.minerals[mineral]["level"] == "low"

    rows = demo_rows(audited, **{cid: "Non Conformant"})
    apply_now(imported(csr_specialist, rows, TODAY - dt.timedelta(days=1)))
    task = SmelterTask.objects.get()
    assert [item.smelter.cid for item in task.items.all()] == [cid]
    rating = RiskRating.objects.get(is_current=True)
    levels = {name: each["level"] for name, each in rating.minerals.items()}
    assert levels.pop(mineral) == "medium", "named for the whole company: to be cleared up"
    assert set(levels.values()) <= {"low"}
    assert rating.level == "medium"

    declaration.refresh_from_db()
    take_step(csr_specialist, declaration.pk, "accept", "")
    declaration.refresh_from_db()
    assert declaration.review in (ReviewState.ACCEPTED, ReviewState.WITH_EXCEPTIONS)
    rate_supplier(supplier.pk)
    assert MitigationPlan.objects.get().measures.filter(smelter__cid=cid).exists()


def test_families_of_one_supplier_count_side_by_side(
    desk: Desk, supplier: Supplier, csr_specialist: User
) -> None:
    """A CMRT does not supersede an EMRT, and the worse of both gives the supplier's level."""
    rows = demo_rows(TODAY, CID900040="Non Conformant")
    apply_now(imported(csr_specialist, rows, TODAY - dt.timedelta(days=1)))
    handed_in(desk, supplier, "emrt_2.1", ["Cobalt"])
    handed_in(desk, supplier, "cmrt_6.5", [])
    rating = RiskRating.objects.get(is_current=True)
    assert Declaration.objects.current().count() == 2
    assert rating.declaration is not None
    assert (rating.declaration.family, rating.level) == ("EMRT", "medium")
    assert rating.minerals["Cobalt"]["level"] == "medium"
    assert {rating.minerals[name]["level"] for name in ("Tin", "Gold")} == {"low"}


def test_mines_are_stored_and_found(
    desk: Desk, supplier: Supplier, csr_specialist: User, sign_in: SignIn
) -> None:
    mines = [
        {"metal": "Cobalt", "smelter": "Blue Cobalt Refining (demo)", "name": "Deep Demo Mine",
         "country": "CONGO, DEMOCRATIC REPUBLIC OF THE"},
        {"metal": "Cobalt", "smelter": "Blue Cobalt Refining (demo)", "name": "Shallow Demo Pit"},
    ]  # fmt: skip
    handed_in(desk, supplier, "emrt_2.1", ["Cobalt"], mines=mines)
    assert MineLine.objects.count() == 2
    client = sign_in(csr_specialist)
    page = client.get("/minerals/mines/?search=deep+demo").content.decode()
    assert "Deep Demo Mine" in page
    assert "Shallow Demo Pit" not in page
