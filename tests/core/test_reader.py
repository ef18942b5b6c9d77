"""Which of two names a reader knows."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from core.reader import by_habit, listed


@pytest.mark.parametrize(
    ("language", "names", "first"),
    [
        ("en", ("Bright Tin Co.", "亮锡有限公司"), "Bright Tin Co."),
        ("zh-hans", ("Bright Tin Co.", "亮锡有限公司"), "亮锡有限公司"),
        ("zh-hans", ("Bright Tin Co.", ""), "Bright Tin Co."),
        ("zh-hans", ("Bright Tin GmbH", "Helle Zinn GmbH"), "Bright Tin GmbH"),
        ("zh-hans", ("Bright Tin KK", "ブライト錫株式会社"), "Bright Tin KK"),
        ("zh-hans", ("Bright Tin", "밝은주석"), "Bright Tin"),
    ],
)
def test_the_first_name_is_one_the_reader_can_read(
    language: str, names: tuple[str, str], first: str
) -> None:
    with override(language):
        shown = by_habit(*names)
    assert shown[0] == first
    assert set(shown) == {name for name in names if name}


def test_the_same_name_is_said_once() -> None:
    assert by_habit("亮锡", "亮锡") == ("亮锡",)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Tin, Gold"), ("zh-hans", "Tin、Gold"), ("", "Tin, Gold")]
)
def test_lists_are_joined_as_the_reader_writes(language: str, words: str) -> None:
    with override(language or None):
        assert listed(["Tin", "Gold"]) == words
