"""What changed between two declarations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minerals.rules.compare import (
    AnswerChange,
    ComparableDeclaration,
    ComparableSmelter,
    Comparison,
    FieldChange,
    SmelterChange,
    comparable,
    compare_declarations,
)
from tests.minerals.rules.forms import (
    answered,
    by_cid,
    by_name,
    cmrt,
    not_identified,
    not_listed,
    plus_rows,
    with_field,
    with_rows,
)

ONE = ComparableSmelter("Tin", "CID900001", "Bright Tin", "JAPAN")
TWO = ComparableSmelter("Tin", "", "Second Hill", "PERU")


def test_nothing_changed() -> None:
    found = compare_declarations(comparable(cmrt()), comparable(cmrt()))
    assert (found, found.empty) == (Comparison(), True)


def test_answers_that_flipped() -> None:
    new = answered(answered(cmrt(), "Q3", "Tin", "Yes"), "A", None, "No")
    found = compare_declarations(comparable(cmrt()), comparable(new))
    assert found == Comparison(
        answers=(AnswerChange("Q3", "Tin", "No", "Yes"), AnswerChange("A", None, "Yes", "No"))
    )


def test_another_way_of_writing_is_no_change() -> None:
    new = answered(cmrt(), "Q1", "Tin", " yes ")
    assert compare_declarations(comparable(cmrt()), comparable(new)).empty


def test_company_fields() -> None:
    new = with_field(cmrt(), "contact_name", "Eve Example")
    found = compare_declarations(comparable(cmrt()), comparable(new))
    assert found == Comparison(company=(FieldChange("contact_name", "Ada Example", "Eve Example"),))


def test_minerals_that_came_and_went() -> None:
    old = ComparableDeclaration(minerals=("Cobalt", "Mica"))
    new = ComparableDeclaration(minerals=("cobalt", "Nickel"))
    found = compare_declarations(old, new)
    assert (found.minerals_added, found.minerals_gone) == (("Nickel",), ("Mica",))


def test_smelters_that_came_and_went() -> None:
    old = ComparableDeclaration(smelters=(ONE, TWO))
    new = ComparableDeclaration(smelters=(ComparableSmelter("Gold", "CID900003", "Yellow"), ONE))
    found = compare_declarations(old, new)
    assert [item.cid for item in found.smelters_added] == ["CID900003"]
    assert found.smelters_gone == (TWO,)
    assert found.smelters_changed == ()


def test_the_same_smelter_with_other_words() -> None:
    renamed = ComparableSmelter("Tin", "cid900001", "Brighter Tin", "JAPAN")
    found = compare_declarations(
        ComparableDeclaration(smelters=(ONE,)), ComparableDeclaration(smelters=(renamed,))
    )
    assert found == Comparison(smelters_changed=(SmelterChange(ONE, renamed),))


def test_a_smelter_that_got_its_id() -> None:
    with_id = ComparableSmelter("tin", "CID900002", "SECOND-HILL", "PERU")
    found = compare_declarations(
        ComparableDeclaration(smelters=(TWO,)), ComparableDeclaration(smelters=(with_id,))
    )
    assert found == Comparison(smelters_changed=(SmelterChange(TWO, with_id),))


def test_the_same_name_under_another_id_is_another_smelter() -> None:
    other = ComparableSmelter("Tin", "CID900009", "Bright Tin", "JAPAN")
    found = compare_declarations(
        ComparableDeclaration(smelters=(ONE,)), ComparableDeclaration(smelters=(other,))
    )
    assert (found.smelters_added, found.smelters_gone) == ((other,), (ONE,))


def test_rows_of_a_file() -> None:
    form = plus_rows(
        with_rows(cmrt(), by_cid(5, "CID900001")),
        not_listed(6, "Tin", "New Chimney", "PERU"),
        by_name(7, "Gold", "Somebody"),
        not_identified(8, "Tin"),
    )
    assert comparable(form).smelters == (
        ComparableSmelter("Tin", "CID900001", "Bright Tin Works (demo)", "JAPAN"),
        ComparableSmelter("Tin", "", "New Chimney", "PERU"),
        ComparableSmelter("Gold", "", "Somebody", ""),
    )


SMELTERS = st.builds(
    ComparableSmelter,
    st.sampled_from(["Tin", "Gold"]),
    st.sampled_from(["", "CID900001", "CID900002", "CID900003"]),
    st.sampled_from(["One", "Two", "Three"]),
)
LISTS = st.lists(SMELTERS, max_size=8).map(tuple)


@given(LISTS, LISTS)
def test_there_and_back(
    old: tuple[ComparableSmelter, ...], new: tuple[ComparableSmelter, ...]
) -> None:
    """Whatever came one way went the other way, and everything is accounted for once."""
    before, after = ComparableDeclaration(smelters=old), ComparableDeclaration(smelters=new)
    there, back = compare_declarations(before, after), compare_declarations(after, before)
    assert {item.key for item in there.smelters_added} == {item.key for item in back.smelters_gone}
    assert {item.key for item in there.smelters_gone} == {item.key for item in back.smelters_added}
    assert not {item.key for item in there.smelters_added} & {item.key for item in old}
    assert compare_declarations(before, before).empty
