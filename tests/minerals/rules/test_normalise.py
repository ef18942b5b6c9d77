"""One spelling for names, placeholders, traders, company names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerals.rules.likeness import same_company
from minerals.rules.normalise import normalised, scoring_text, sorted_text
from minerals.rules.placeholders import is_placeholder, looks_like_trader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bright Tin Co., Ltd.", "brighttincoltd"),
        ("  BRIGHT-TIN   CO LTD", "brighttincoltd"),
        ("Ｏü ß ø ł", "oussol"),
        ("亮锡 有限公司", "亮锡有限公司"),
        ("Cendr?s + M?taux", "cendrsmtaux"),
        ("…", ""),
    ],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert normalised(text) == expected


@given(st.text(max_size=60))
def test_one_spelling_is_final(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert normalised(f" {text}-") == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bright Tin Co., Ltd.", "bright tin"),
        ("8853 S.p.A.", "8853"),
        ("亮锡股份有限公司", "亮锡"),
        ("Ltd.", "ltd"),
    ],
)
def test_legal_forms_do_not_count_for_likeness(text: str, expected: str) -> None:
    assert scoring_text(text) == expected


def test_word_order_can_be_ignored() -> None:
    assert sorted_text("Tin Bright GmbH") == sorted_text("Bright Tin Inc.") == "bright tin"


@pytest.mark.parametrize("text", ["N/A", "n.a.", "-", "?", "Unknown", "TBD", "无", "同上", "Same"])
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["", "  ", "Unknown Soldier Metals", "Nair", "无锡锡业"])
def test_names_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["Sun Trading", "A. Trader GmbH", "Import/Export Ltd", "北方贸易", "上海办事处"]
)
def test_traders(text: str) -> None:
    assert looks_like_trader(text)


@pytest.mark.parametrize("text", ["Tradition Metals", "Important Works", "Agenta Refinery"])
def test_smelters_are_no_traders(text: str) -> None:
    assert not looks_like_trader(text)


@given(st.text(min_size=1, max_size=40))
def test_a_company_is_itself(name: str) -> None:
    assert same_company(name, (name,))
