"""Country names of the forms in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from core.countries import country_choices, country_code, country_label
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


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("WS", "萨摩亚"), ("AS", "美属萨摩亚"), ("TJ", "塔吉克斯坦"), ("MK", "北马其顿"),
        ("NP", "尼泊尔"), ("DM", "多米尼克"), ("DO", "多米尼加共和国"),
    ],
)  # fmt: skip
def test_names_in_chinese_are_right(code: str, name: str) -> None:
    with translation.override("zh-hans"):
        assert dict(country_choices())[code] == name


def test_no_two_countries_have_the_same_name() -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            names = [name for _code, name in country_choices()]
            assert len(set(names)) == len(names)
            assert all(name == name.strip() for name in names)


def test_names_stand_where_the_reader_looks_for_them() -> None:
    wanted = {"FR", "VA", "FJ", "CN", "NR", "NA", "DE", "AL", "WS"}
    with translation.override("zh-hans"):
        order = [code for code, _name in country_choices() if code in wanted]
        assert order == ["AL", "DE", "FR", "VA", "FJ", "NA", "NR", "WS", "CN"]
    with translation.override("en"):
        order = [code for code, _name in country_choices() if code in wanted]
        assert order == ["AL", "CN", "FJ", "FR", "DE", "NA", "NR", "WS", "VA"]


def test_every_country_of_an_official_look_up_is_recognised(rmi: Path) -> None:
    lookup = read_declaration(rmi / "templates" / "RMI_CMRT_6.5.xlsx").lookup
    names = {entry.country for entry in lookup} - {"", "Unknown"}
    assert [name for name in sorted(names) if not country_code(name)] == []
