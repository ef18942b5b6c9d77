"""The dated lists of countries: entries begin and end; what they change, and what they must not."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed
from core.models import ActivityEntry
from minerals.enums import CountryListKind
from minerals.models import CountryListing, Declaration
from minerals.selectors.country_lists import country_book
from minerals.services.country_lists import ListingInput, add_listing, end_listing
from minerals.services.judging import rejudge
from minerals.services.rating import rate_supplier
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form
from tests.minerals.risk.lists import conformant

pytestmark = pytest.mark.django_db
X5 = "cahra_no_with_listed_mine"
ROWS = [
    {"cid_input": "CID900001", "mine_countries": "PERU"},
    {"cid_input": "CID900011"},
    {"cid_input": "CID900020"},
    {"cid_input": "CID900031"},
]


def peru(kind: str = "cahra", start: dt.date | None = None) -> ListingInput:
    return ListingInput(kind, "pe", start or dt.date(2020, 1, 1), "", "Edition 9")


def codes(declaration: Declaration) -> set[str]:
    return set(declaration.findings.values_list("code", flat=True))


def test_an_entry_holds_from_its_first_to_its_last_day(csr_specialist: User) -> None:
    listing = add_listing(csr_specialist, peru("covered", dt.date(2026, 3, 1)))
    end_listing(csr_specialist, listing.pk, dt.date(2026, 6, 30))
    held = {
        day: "PE" in country_book(day).covered
        for day in (
            dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1),
        )
    }  # fmt: skip
    assert list(held.values()) == [False, True, True, False]
    assert "PE" not in country_book(dt.date(2026, 4, 1)).cahra, "two separate lists"
    entry = ActivityEntry.objects.get(verb="country_list.ended")
    assert (entry.actor, entry.data["country"]) == (csr_specialist, "PE")
    again = add_listing(csr_specialist, peru("covered", dt.date(2026, 7, 1)))
    assert CountryListing.objects.filter(country_code="PE").count() == 2
    assert again.changed_by == csr_specialist


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ListingInput("secret", "PE", dt.date(2026, 1, 1), "", "x"), "country_list_unknown"),
        (ListingInput("cahra", "XX", dt.date(2026, 1, 1), "", "x"), "country_unknown"),
        (ListingInput("cahra", "PE", None, "", "x"), "valid_from_missing"),
        (ListingInput("cahra", "PE", dt.date(1910, 1, 1), "", "x"), "valid_from_too_early"),
        (ListingInput("cahra", "PE", dt.date(2999, 1, 1), "", "x"), "date_too_far"),
        (ListingInput("cahra", "PE", dt.date(2026, 1, 1), "", ""), "source_missing"),
        (ListingInput("cahra", "PE", dt.date(2026, 1, 1), "r" * 121, "x"), "text_too_long"),
        (ListingInput("cahra", "CD", dt.date(2026, 1, 1), "", "x"), "country_listed_already"),
    ],
)
def test_an_entry_that_is_refused(csr_specialist: User, data: ListingInput, code: str) -> None:
    count = CountryListing.objects.count()
    with pytest.raises(DomainError, match=code):
        add_listing(csr_specialist, data)
    assert CountryListing.objects.count() == count


def test_an_entry_does_not_end_before_it_begins(csr_specialist: User, buyer: User) -> None:
    listing = add_listing(csr_specialist, peru())
    with pytest.raises(InvalidInput, match="period_reversed"):
        end_listing(csr_specialist, listing.pk, dt.date(2019, 12, 31))
    with pytest.raises(InvalidInput, match="valid_until_missing"):
        end_listing(csr_specialist, listing.pk, None)
    with pytest.raises(NotAllowed):
        end_listing(buyer, listing.pk, clock.today())


def test_an_answer_is_held_against_the_list_of_its_day(
    desk: Desk, supplier: Supplier, csr_specialist: User
) -> None:
    declaration = desk.hand_in(supplier, form(answers={("Q4", "Tin"): "No"}, smelters=ROWS))
    assert X5 not in codes(declaration)
    assert declaration.effective_on is not None
    later = add_listing(csr_specialist, peru(start=declaration.effective_on + dt.timedelta(days=1)))
    rejudge(declaration.pk)
    assert X5 not in codes(declaration), "a country that joins later makes no answer wrong"
    CountryListing.objects.filter(pk=later.pk).update(valid_from=declaration.effective_on)
    rejudge(declaration.pk)
    assert X5 in codes(declaration)


@pytest.mark.parametrize("answer", ["Yes", "Unknown"])
@pytest.mark.parametrize("kind", [CountryListKind.CAHRA, CountryListKind.COVERED])
def test_fairness_a_country_on_a_list_alone_changes_no_rating(
    desk: Desk, supplier: Supplier, csr_specialist: User, kind: str, answer: str
) -> None:
    """The whole way: file, judgement, rating. Its smelters are assured and it hides nothing."""
    conformant(clock.today())
    answers = {("Q3", "Tin"): answer, ("Q4", "Tin"): answer}
    declaration = desk.hand_in(supplier, form(answers=answers, smelters=ROWS))
    before = rate_supplier(supplier.pk)
    add_listing(csr_specialist, peru(kind))
    rejudge(declaration.pk)
    after = rate_supplier(supplier.pk)
    assert before is not None
    assert after is not None
    assert (after.score, after.level, after.minerals) == (
        before.score, before.level, before.minerals,
    )  # fmt: skip
    assert after.result["floors"] == before.result["floors"]
    assert after.facts != before.facts, "the list is known"


@pytest.mark.parametrize("question", ["Q3", "Q4"])
def test_fairness_the_answers_about_origin_alone_change_no_rating(
    desk: Desk, supplier: Supplier, question: str
) -> None:
    conformant(clock.today())
    found = []
    for answer in ("No", "Yes", "Unknown"):
        desk.hand_in(supplier, form(answers={(question, "Tin"): answer}), f"{answer}.xlsx")
        rating = rate_supplier(supplier.pk)
        assert rating is not None
        found.append((rating.score, rating.level, rating.minerals))
    assert found == [found[0]] * 3
