"""Country names of the forms in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from core.countries import country_code, country_label
from minerals.excel.reader import read_declaration


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("INDONESIA", "ID"),
        ("CONGO, DEMOCRATIC REPUBLIC OF THE", "CD"),
        ("BOLIVIA (PLURINATIONAL STATE OF)", "BO"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("TURKEY", "TR"),
        ("TAIWAN, PROVINCE OF CHINA", "TW"),
        ("Unknown", ""),
        ("", ""),
    ],
)
def test_names_of_the_forms_are_recognised(name: str, code: str) -> None:
    assert country_code(name) == code


def test_names_are_shown_in_the_language_of_the_reader() -> None:
    with translation.override("zh-hans"):
        assert country_label("INDONESIA") == "印度尼西亚"
        assert country_label("TAIWAN, PROVINCE OF CHINA") == "中国台湾"
    with translation.override("en"):
        assert country_label("GERMANY") == "Germany"
        assert country_label("Atlantis") == "Atlantis"


def test_every_country_of_an_official_look_up_is_recognised(rmi: Path) -> None:
    lookup = read_declaration(rmi / "templates" / "RMI_CMRT_6.5.xlsx").lookup
    names = {entry.country for entry in lookup} - {"", "Unknown"}
    assert [name for name in sorted(names) if not country_code(name)] == []
