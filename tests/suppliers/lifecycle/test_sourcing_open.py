"""A question without category or site: the answer names what it holds for, at every door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.models import Supplier
from suppliers.rules.sourcing import Answer, may_buy
from suppliers.rules.sourcing_facts import Limited, Period, Qualified, Question, Standing, Waived
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.lifecycle.steps import category, qualify

SignIn = Callable[[User], Client]
__all__ = ["api_for"]
ON = dt.date(2026, 6, 15)
EARLY, SOON, LATE = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 12, 31)


def row(code: str, site: str = "", until: dt.date = LATE) -> Qualified:
    path = "EL/PCB/" if code == "PCB" else f"{code}/"
    return Qualified(path, site, EARLY, until, code=code, name=f"{code} name")


def standing(*rows: Qualified, **facts: Any) -> Standing:
    sites = frozenset({"SZ", "DG"})
    known = Standing(Period("qualified", EARLY), sites=sites, qualifications=rows)
    return replace(known, **facts)


def ask(known: Standing, **question: Any) -> Answer:
    return may_buy(known, Question(ON, **question))


def notes(answer: Answer) -> dict[str, Any]:
    return {reason.code: reason.params for reason in answer.reasons if reason.weight == "note"}


def test_without_a_category_the_categories_are_named() -> None:
    answer = ask(standing(row("ME"), row("EL")))
    assert (answer.outcome, answer.is_exact) == ("allowed", False)
    assert notes(answer) == {
        "only_for_categories": {"categories": "EL, ME", "names": "EL name, ME name"}
    }
    exact = ask(standing(row("ME"), row("EL")), path="ME/")
    assert (exact.outcome, exact.is_exact, notes(exact)) == ("allowed", True, {})


def test_one_that_has_lapsed_or_lies_inside_another_is_not_named() -> None:
    rows = (row("EL"), row("PCB", "SZ"), row("ME", until=EARLY))
    assert notes(ask(standing(*rows)))["only_for_categories"]["categories"] == "EL"


def test_the_day_named_is_one_until_which_all_of_it_holds() -> None:
    rows = (row("EL", until=LATE), row("ME", until=SOON))
    assert ask(standing(*rows)).reasons[0].params == {"date": SOON}
    assert ask(standing(*rows), path="EL/").reasons[0].params == {"date": LATE}
    sites = (row("EL", until=SOON), row("EL", "SZ", until=LATE))
    assert ask(standing(*sites), path="EL/").reasons[0].params == {"date": SOON}
    assert ask(standing(*sites), path="EL/", site="SZ").reasons[0].params == {"date": LATE}


@pytest.mark.parametrize(
    ("rows", "question", "wanted"),
    [
        ([row("EL", "SZ")], {"path": "EL/"}, {"only_from_sites": {"sites": "SZ"}}),
        (
            [row("EL", "SZ"), row("EL", "DG")],
            {"path": "EL/"},
            {"only_from_sites": {"sites": "DG, SZ"}},
        ),
        ([row("EL", "SZ"), row("EL")], {"path": "EL/"}, {}),
        ([row("EL", "SZ")], {"path": "EL/", "site": "SZ"}, {}),
    ],
)
def test_without_a_site_the_sites_are_named(
    rows: list[Qualified], question: dict[str, str], wanted: dict[str, Any]
) -> None:
    answer = ask(standing(*rows), **question)
    assert (answer.outcome, notes(answer), answer.is_exact) == ("allowed", wanted, not wanted)


def test_sites_that_differ_by_category_are_told_by_category() -> None:
    """“EL and ME, from SZ” must not be read where only ME comes from there."""
    answer = ask(standing(row("EL"), row("ME", "SZ")))
    assert notes(answer)["only_from_sites_of_category"] == {"pairs": "ME: SZ"}
    answer = ask(standing(row("EL", "DG"), row("ME", "SZ"), row("ME", "DG")))
    assert notes(answer)["only_from_sites_of_category"] == {"pairs": "EL: DG; ME: DG, SZ"}
    same = ask(standing(row("EL", "DG"), row("ME", "DG")))
    assert notes(same)["only_from_sites"] == {"sites": "DG"}
    at_site = ask(standing(row("EL"), row("ME", "SZ")), site="DG")
    assert notes(at_site) == {"only_for_categories": {"categories": "EL", "names": "EL name"}}


def test_a_qualification_from_a_closed_site_alone_is_none() -> None:
    closed = standing(row("EL", "SZ"), closed={"SZ": EARLY})
    answer = ask(closed, path="EL/")
    assert (answer.outcome, answer.reasons[0].code) == ("not_allowed", "qualified_sites_closed")
    assert answer.reasons[0].params == {"sites": "SZ"}
    other = standing(row("EL", "SZ"), row("EL", "DG"), closed={"SZ": EARLY})
    assert notes(ask(other, path="EL/")) == {"only_from_sites": {"sites": "DG"}}


def test_a_no_that_a_waiver_would_open_says_so() -> None:
    limited = standing(
        row("EL"),
        limits=[Limited("no_new_orders", EARLY)],
        waivers=[Waived("EL/", EARLY, LATE, code="EL", name="EL name")],
    )
    answer = ask(limited)
    assert answer.outcome == "not_allowed"
    assert notes(answer) == {"waiver_only_for_categories": {"categories": "EL", "names": "EL name"}}
    assert ask(limited, path="EL/").outcome == "with_waiver"


def test_a_no_does_not_tell_what_it_would_be_qualified_for() -> None:
    limited = standing(row("EL", "SZ"), limits=[Limited("no_new_orders", EARLY)])
    answer = ask(limited)
    assert (answer.outcome, notes(answer), answer.is_exact) == ("not_allowed", {}, True)


@pytest.mark.django_db
def test_every_door_says_it(
    sign_in: SignIn, api_for: ApiFor, buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier, category("EL"), category("ME"))
    words = "Qualified for these categories only: Category EL, Category ME. Ask with a category"
    browser, client = sign_in(buyer), api_for(buyer)
    page = browser.get(reverse("suppliers:sourcing-check"), {"supplier": "S-1"}).content.decode()
    assert words in page
    assert "Yes, within its qualification: Bright Tin" in page
    codes = {"supplier": "S-1"}
    bulk = browser.post(reverse("suppliers:sourcing-bulk"), codes).content.decode()
    assert words in bulk
    assert "Allowed within its qualification" in bulk
    export = browser.post(reverse("suppliers:sourcing-export") + "?format=csv", codes)
    table = b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Allowed within its qualification" in table
    assert words in table
    answer = client.get("/api/v1/sourcing-check/", codes).json()
    assert (answer["outcome"], answer["exact"]) == ("allowed", False)
    assert answer["reasons"][1]["code"] == "only_for_categories"
    assert answer["reasons"][1]["params"]["categories"] == "EL, ME"
    asked = client.get("/api/v1/sourcing-check/", {**codes, "category": "EL"}).json()
    assert (asked["outcome"], asked["exact"]) == ("allowed", True)
