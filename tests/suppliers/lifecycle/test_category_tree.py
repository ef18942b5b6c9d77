"""The tree of categories under decisions: it changes nothing that somebody decided."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput
from suppliers.models import Category, Qualification, Supplier, Waiver
from suppliers.selectors.effects import effects_of_approval
from suppliers.selectors.sourcing import SourcingQuestion, check_sourcing
from suppliers.services.approvals import decide, withdraw_request
from suppliers.services.categories import CategoryInput, delete_category, save_category
from suppliers.services.scopes import set_scope
from suppliers.services.waivers import WaiverInput, request_waiver
from tests.suppliers.lifecycle.steps import agree, category, qualify, to_approval

pytestmark = pytest.mark.django_db


@pytest.fixture
def boards(db: None) -> Category:
    return category("PCB")


def waiver_of(code: str) -> WaiverInput:
    today = clock.today()
    return WaiverInput("csr", "Needed.", today, today + dt.timedelta(days=20), code)


def move(admin: User, moved: Category, parent: str) -> Category:
    return save_category(admin, CategoryInput(moved.code, moved.name, parent=parent), moved.pk)


def test_a_waiver_asked_for_follows_its_category_to_another_code(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier, boards: Category
) -> None:
    asked = request_waiver(buyer, supplier.pk, waiver_of("PCB"))
    save_category(admin, CategoryInput("BOARDS", "Boards"), boards.pk)
    save_category(admin, CategoryInput("PCB", "Another thing"))
    assert "BOARDS · Boards" in effects_of_approval(asked)[0]
    decide(csr_specialist, asked.pk, approve=True)
    assert Waiver.objects.get().category == boards


def test_a_waiver_of_a_category_that_is_gone_is_not_granted(
    buyer: User, csr_specialist: User, supplier: Supplier, boards: Category
) -> None:
    asked = request_waiver(buyer, supplier.pk, waiver_of("PCB"))
    Category.objects.filter(pk=boards.pk).delete()
    with pytest.raises(DomainError) as refused:
        decide(csr_specialist, asked.pk, approve=True)
    assert refused.value.code == "category_unknown"
    assert not Waiver.objects.exists()


def test_a_category_named_by_an_open_request_is_not_deleted(
    buyer: User, admin: User, supplier: Supplier, boards: Category
) -> None:
    asked = request_waiver(buyer, supplier.pk, waiver_of("PCB"))
    with pytest.raises(DomainError) as refused:
        delete_category(admin, boards.pk)
    assert refused.value.code == "category_in_use"
    withdraw_request(buyer, asked.pk)
    delete_category(admin, boards.pk)
    assert not Category.objects.exists()


def test_a_category_that_limits_a_buyer_is_not_deleted(
    buyer: User, admin: User, supplier: Supplier, boards: Category
) -> None:
    set_scope(admin, buyer.pk, [boards.pk], [])
    with pytest.raises(DomainError) as refused:
        delete_category(admin, boards.pk)
    assert refused.value.code == "category_in_use"
    assert not Supplier.objects.visible_to(buyer).exists()


@pytest.mark.parametrize("qualified", ["OLD", "NEW", "MOVED", "BELOW"])
def test_what_carries_qualifications_is_not_moved(
    qualified: str, buyer: User, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    old, _new = category("OLD"), category("NEW")
    moved = category("MOVED", old)
    category("BELOW", moved)
    qualify(buyer, csr_specialist, supplier, Category.objects.get(code=qualified))
    question = SourcingQuestion("BELOW")
    before = check_sourcing(buyer, ["S-1"], question).rows[0].answer
    for parent in ("NEW", ""):
        if qualified == "NEW" and not parent:
            continue
        with pytest.raises(DomainError) as refused:
            move(admin, moved, parent)
        assert (refused.value.code, refused.value.field) == ("category_decided", "parent")
    assert check_sourcing(buyer, ["S-1"], question).rows[0].answer == before


def test_a_request_for_approval_holds_the_tree_and_a_withdrawn_one_lets_it_go(
    buyer: User, admin: User, supplier: Supplier
) -> None:
    category("NEW")
    moved = category("MOVED")
    asked = to_approval(buyer, supplier, moved)
    with pytest.raises(DomainError):
        move(admin, moved, "NEW")
    withdraw_request(buyer, asked.pk)
    assert Qualification.objects.exists()
    assert move(admin, moved, "NEW").path == "NEW/MOVED/"


def test_a_waiver_holds_the_tree_from_its_request_on(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier, boards: Category
) -> None:
    category("NEW")
    asked = request_waiver(buyer, supplier.pk, waiver_of("PCB"))
    with pytest.raises(DomainError):
        move(admin, boards, "NEW")
    agree(csr_specialist, asked)
    with pytest.raises(DomainError):
        move(admin, boards, "NEW")


def test_another_code_is_no_move(
    buyer: User, csr_specialist: User, admin: User, supplier: Supplier, boards: Category
) -> None:
    qualify(buyer, csr_specialist, supplier, boards)
    save_category(admin, CategoryInput("BOARDS", "Boards"), boards.pk)
    answer = check_sourcing(buyer, ["S-1"], SourcingQuestion("BOARDS")).rows[0].answer
    assert answer.outcome == "allowed"


def test_a_tree_is_moved_only_where_its_longest_branch_fits(admin: User) -> None:
    first = save_category(admin, CategoryInput("A" * 30, "Top"))
    parent = first
    for number in range(7):
        code = f"{'B' * 29}{number}"
        parent = save_category(admin, CategoryInput(code, "Below", parent=parent.code))
    save_category(admin, CategoryInput("C" * 30, "Other"))
    with pytest.raises(InvalidInput) as refused:
        move(admin, first, "C" * 30)
    assert refused.value.code == "category_too_deep"
    assert max(len(one.path) for one in Category.objects.all()) <= 255
