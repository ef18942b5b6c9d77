"""Which names look like the same company."""

from __future__ import annotations

import pytest

from suppliers.rules.names import core_key, name_key
from suppliers.rules.resemblance import Known, resembling


def known(pk: int, name: str, local_name: str = "") -> Known:
    return Known(pk, core_key(name), name_key(local_name), "CN")


COMPANIES = [
    known(1, "Bright Tin Co., Ltd.", "亮锡有限公司"),
    known(2, "Bright Tungsten GmbH"),
    known(3, "Shenzhen Golden Contact Ltd"),
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("BRIGHT TIN LIMITED", [(1, "name")]),
        ("Brigth Tin Ltd", [(1, "similar_name")]),
        ("Bright Tungsten", [(2, "name")]),
        ("Shenzhen Silver Contact", []),
        ("Cobalt", []),
    ],
)
def test_names(name: str, found: list[tuple[int, str]]) -> None:
    assert [(hit.pk, hit.why) for hit in resembling(name, "", COMPANIES, [])] == found


def test_the_same_number_comes_first_and_once() -> None:
    hits = resembling("Bright Tin", "", COMPANIES, [3, 1])
    assert [(hit.pk, hit.why) for hit in hits] == [(1, "registration"), (3, "registration")]
