"""From whole files to facts: what is said where, and what a reviewer settled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minerals.excel.reader import read_declaration
from minerals.rules.declaration import Declaration
from minerals.rules.risk.facts import Origin, Place, RiskFacts, SupplierEvents
from minerals.rules.risk.from_declaration import Known, facts_of, minerals_of, share_of
from minerals.rules.risk.level import risk_rating
from minerals.rules.risk.policy import DEFAULT_POLICY
from minerals.services.judgement import Surroundings, judge
from tests.minerals.risk.cases import RECEIVED, TODAY
from tests.workbooks.templates import saved_complete

ORIGINS: dict[str, Origin] = {
    "Congo, Democratic Republic of the": "drc",
    "Rwanda": "high_risk",
    "Indonesia": "low_risk",
}


def known(**changes: Any) -> Known:
    base = Known(
        received_on=RECEIVED,
        status_of=lambda cid: "conformant",
        origin_of=lambda name: ORIGINS.get(name, "unknown"),
    )
    return replace(base, **changes)


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def _read(form: str = "cmrt_6.5", **changes: Any) -> Declaration:
        return read_declaration(saved_complete(tmp_path, form, **changes))

    return _read


def facts(found: Declaration, around: Known | None = None, mineral: str = "") -> RiskFacts:
    judgement = judge(found, Surroundings(today=TODAY))
    items, told = judgement.open_items, judgement.findings
    return facts_of(found, items, told, judgement.matches, around or known(), mineral)


def total(given: RiskFacts) -> int | None:
    return risk_rating(given, DEFAULT_POLICY, TODAY).total


def test_a_complete_form_with_conformant_smelters_has_no_points(read: Any) -> None:
    given = facts(read())
    assert given.company_level
    assert [group.status for group in given.groups] == ["conformant"] * 4
    assert {share for _place, share in given.shares} == {"all"}
    rating = risk_rating(given, DEFAULT_POLICY, TODAY)
    assert (rating.total, rating.level, rating.floors) == (0, "low", ())


def test_missing_fields_and_contradictions_keep_their_cells(read: Any) -> None:
    found = read(company={"contact_email": ""}, answers={("Q1", "Tin"): "No"})
    given = facts(found)
    assert Place("Declaration!D16", "contact_email_missing") in given.missing
    assert [one.name for one in given.contradictions] == ["smelter_of_undeclared_mineral"]
    assert total(given) == 2 + 5


@pytest.mark.parametrize("question", ["Q3", "Q4"])
@pytest.mark.parametrize("mineral", ["Tin", "Gold", "Tantalum", "Tungsten"])
def test_saying_yes_about_origin_alone_changes_nothing(
    read: Any, question: str, mineral: str
) -> None:
    before = risk_rating(facts(read()), DEFAULT_POLICY, TODAY)
    for answer in ("Yes", "No", "Unknown"):
        flipped = facts(read(answers={(question, mineral): answer}))
        after = risk_rating(flipped, DEFAULT_POLICY, TODAY)
        assert (after.total, after.level) == (before.total, before.level), answer


def test_a_country_on_a_list_alone_changes_nothing_for_assured_smelters(read: Any) -> None:
    found = read(smelters=[{"cid_input": "CID900001", "mine_countries": "Rwanda"}])
    listed = facts(found)
    unlisted = facts(found, known(origin_of=lambda name: "low_risk"))
    assert listed.groups[0].origin == "high_risk"
    assert total(listed) == total(unlisted)


def test_programme_letters_follow_the_meaning_of_the_question(read: Any) -> None:
    given = facts(read(answers={("A", None): "No", ("D", None): "No", ("H", None): "No"}))
    assert [one.name for one in given.programme] == ["A", "D"]
    assert given.programme[0].cell == "Declaration!D75"


def test_origin_is_the_riskiest_of_a_row(read: Any) -> None:
    rows = [
        {"cid_input": "CID900001", "mine_countries": "Indonesia; Rwanda"},
        {"cid_input": "CID900020", "mine_countries": "Congo, Democratic Republic of the"},
        {"cid_input": "CID900030", "recycled": "Yes"},
        {"cid_input": "CID900010"},
    ]
    given = facts(read(smelters=rows))
    origins = {group.cid: group.origin for group in given.groups}
    assert origins == {
        "CID900001": "high_risk",
        "CID900020": "drc",
        "CID900030": "recycled",
        "CID900010": "unknown",
    }


def test_a_person_says_which_smelters_are_in_our_products(read: Any) -> None:
    found = read()
    rows = [row.row for row in found.smelters]
    given = facts(found, known(links={rows[0]: "excluded", rows[1]: "confirmed"}))
    assert len(given.groups) == 3
    assert [(one.attributed, one.confirmed) for one in given.groups] == [
        (True, True), (False, False), (False, False),
    ]  # fmt: skip


def test_an_answer_by_product_attributes_its_smelters(read: Any) -> None:
    found = read(
        company={"scope": "B. Product (or List of Products)"}, products=[{"number": "P-1"}]
    )
    assert all(group.attributed for group in facts(found).groups)


def test_what_a_reviewer_settled_counts_no_longer(read: Any) -> None:
    found = read(answers={("Q1", "Tin"): "No"})
    before = facts(found)
    place = before.contradictions[0]
    after = facts(found, known(settled=frozenset({(place.name, place.cell)})))
    assert after.contradictions == ()
    assert total(after) == total(before) - 5  # type: ignore[operator]


def test_facts_of_one_mineral_leave_the_others_out(read: Any) -> None:
    found = read(answers={("Q6", "Gold"): "50% or less", ("Q7", "Tin"): "No"})
    assert minerals_of(found) == ("Tantalum", "Tin", "Gold", "Tungsten")
    gold, tin = facts(found, mineral="Gold"), facts(found, mineral="Tin")
    assert [share for _place, share in gold.shares] == ["half_or_less"]
    assert [group.cid for group in gold.groups] == ["CID900020"]
    assert (gold.not_all_identified, len(tin.not_all_identified)) == ((), 1)


@pytest.mark.parametrize("form", ["emrt_2.1", "emrt_1.3", "amrt_1.3", "crt_2.2"])
def test_other_forms_give_facts_too(read: Any, form: str) -> None:
    given = facts(read(form))
    assert given.groups
    assert total(given) is not None


def test_rows_that_nobody_can_tell_count_as_not_listed(read: Any) -> None:
    row = {
        "metal": "Tin",
        "lookup": "Smelter not listed",
        "name": "Nobody knows",
        "country": "PERU",
    }
    given = facts(read(smelters=[{"cid_input": "CID900001"}, row]))
    untold = next(group for group in given.groups if not group.cid)
    assert (untold.status, untold.name) == ("not_listed", "Nobody knows")
    assert given.unmatched == untold.rows


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("100%", "all"),
        ("1", "all"),
        ("Greater than 90%", "over_90"),
        ("> 75 %", "over_75"),
        ("Greater than 50%", "over_50"),
        ("50% or less", "half_or_less"),
        ("None", "half_or_less"),
        ("whatever", "half_or_less"),
    ],
)
def test_share(text: str, share: str) -> None:
    assert share_of(text) == share


def test_events_reach_the_facts(read: Any) -> None:
    given = facts(read(), known(events=SupplierEvents(refused=True)))
    assert risk_rating(given, DEFAULT_POLICY, TODAY).level == "high"
