"""Properties that hold for every declaration: fair to "Yes", and never an exception."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from minerals.rules.catalogue import check
from minerals.rules.catalogue.texts import finding_text
from minerals.rules.declaration import Declaration, MineRow, ProductRow
from minerals.rules.matching import match_rows
from tests.minerals.rules.forms import (
    MINERALS,
    OPTIONS,
    REFERENCE,
    answered,
    by_cid,
    by_name,
    cmrt,
    findings,
    not_identified,
    not_listed,
    plus_rows,
    with_field,
    with_rows,
)

CHOICES = {question: st.sampled_from(options) for question, options in OPTIONS.items()}
COUNTRIES = st.sampled_from(["", "PERU", "RWANDA", "Congo, Democratic Republic of the", "recycled"])
TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", " ", "Yes", "No ", "%", "%(x)s", "CID900001", "n/a", "RWANDA", "无"]),
)


@st.composite
def filled_forms(draw: st.DrawFn) -> Declaration:
    """Declarations with any valid answers and a few smelters with any origin."""
    form = cmrt()
    for question in ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"):
        for mineral in MINERALS:
            form = answered(form, question, mineral, draw(CHOICES[question]))
    rows = [
        by_cid(5, "CID900001", mine_countries=draw(COUNTRIES)),
        by_cid(6, "CID900008", mine_countries=draw(COUNTRIES)),
        not_identified(7, draw(st.sampled_from(MINERALS))),
    ]
    return with_rows(form, *rows[: draw(st.integers(0, 3))])


def held_against(form: Declaration) -> set[tuple[str, str]]:
    found = findings(form, cahra_countries=("PERU",))
    return {(item.code, item.cell) for item in found if item.severity != "info"}


@settings(deadline=None, max_examples=60)
@given(filled_forms(), st.sampled_from(MINERALS), st.sampled_from(["Q3", "Q4"]))
def test_yes_to_an_origin_is_never_held_against_anybody(
    form: Declaration, mineral: str, question: str
) -> None:
    """Only "everything is recycled" contradicts it, and that finding stands at question 5."""
    before = held_against(form)
    after = held_against(answered(form, question, mineral, "Yes"))
    row = {name: 50 + at for at, name in enumerate(MINERALS)}[mineral]
    assert after - before <= {("recycled_with_mined_origin", f"Declaration!D{row}")}


def test_no_words_of_the_catalogue_blame_an_origin() -> None:
    assert check("covered_yes_cahra_no").severity == "info"
    assert check("origin_all_unknown").severity == "info"


@st.composite
def wild_forms(draw: st.DrawFn) -> Declaration:
    """Any text anywhere."""
    form = cmrt()
    for name in (*form.company, "scope_description"):
        form = with_field(form, name, draw(TEXT), draw(st.sampled_from(["text", "date"])))
    for question, mineral in (("Q1", "Tin"), ("Q3", "Tin"), ("Q6", "Gold"), ("B", None)):
        form = answered(form, question, mineral, draw(TEXT), comment=draw(TEXT))
    texts = [draw(TEXT) for _ in range(8)]
    form = plus_rows(
        form,
        by_name(9, texts[0], texts[1], cid=texts[2], mine_countries=texts[3]),
        not_listed(10, texts[4], texts[5], texts[6]),
        by_cid(11, texts[7], metal=texts[0]),
    )
    return replace(
        form,
        version=draw(st.sampled_from(["6.5", "", "6.x", "9.99", "1"])),
        products=(ProductRow(7, texts[0], texts[1]), ProductRow(8, texts[2])),
        mines=(MineRow(5, metal=texts[3], country=texts[4]),),
        outdated=draw(st.booleans()),
    )


@settings(deadline=None, max_examples=80)
@given(wild_forms())
def test_no_text_breaks_a_rule_or_a_message(form: Declaration) -> None:
    for found in findings(form, supplier_names=("Demo", "德莫")):
        assert finding_text(found, str).message
    matches = match_rows(form.resolved, form.smelters, REFERENCE, {})
    assert [item.row for item in matches] == [row.row for row in form.smelters]
