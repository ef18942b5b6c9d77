"""The catalogue: complete words, one entry per code, every parameter supplied."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from minerals.rules.catalogue import CATALOGUE, check, merged
from minerals.rules.catalogue.texts import filled, finding_text
from minerals.rules.judgement import Finding

SEVERITY_FIXED = {"date_in_future": "error", "answer_not_in_list": "error",
                  "smelter_cid_malformed": "error", "smelter_unmatched": "warning",
                  "covered_yes_cahra_no": "info"}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
RULES = Path(__file__).resolve().parents[3] / "minerals"


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_words(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.code == code
    assert re.fullmatch(r"[a-z][a-z0-9_]*", code)
    for text in (entry.title, entry.message, entry.why, entry.remedy):
        assert text.strip() == text != ""
        assert "!" not in text
    assert not entry.title.endswith(".")
    for text in (entry.message, entry.why, entry.remedy):
        assert text[-1] in ".?"
        assert text % dict.fromkeys(PLACEHOLDER.findall(text), "x")


def test_codes_are_unique() -> None:
    entry = check("email_invalid")
    with pytest.raises(ValueError, match="email_invalid is used twice"):
        merged(((entry,), (replace(entry, title="Other"),)))
    with pytest.raises(KeyError):
        check("no_such_code")


def test_severities_that_others_rely_on() -> None:
    assert {code: CATALOGUE[code].severity for code in SEVERITY_FIXED} == SEVERITY_FIXED


def test_every_code_of_our_own_is_used_by_a_rule() -> None:
    """An entry that no rule and no reader names would be a promise nobody keeps."""
    sources = "".join(
        path.read_text("utf-8")
        for folder in ("rules/consistency", "rules", "excel")
        for path in (RULES / folder).glob("*.py")
    )
    ours = [code for code, entry in CATALOGUE.items() if entry.group not in ("file", "checker")]
    assert [code for code in ours if f'"{code}"' not in sources] == []


def test_every_code_the_reader_gives_is_in_the_catalogue() -> None:
    given = re.compile(r'(?:UnreadableWorkbook|Note|_version_note)\(\s*"(\w+)"')
    texts = [path.read_text("utf-8") for path in (RULES / "excel").rglob("*.py")]
    codes = {code for text in texts for code in given.findall(text)}
    assert "sheet_missing" in codes
    assert codes - CATALOGUE.keys() == set()


def test_a_finding_in_words() -> None:
    params = {"field": "contact e-mail", "value": "a@"}
    text = finding_text(Finding("email_invalid", "warning", "Declaration!D16", params), str)
    assert text.title == "E-mail address is not usable"
    assert text.message == 'The contact e-mail "a@" is not a complete e-mail address.'
    assert text.remedy == "Write a full address such as name@company.com."


def test_words_inside_a_finding_are_translated_too() -> None:
    chinese = {
        "Gold": "金",
        "The row names the metal %(metal)s but no smelter.": "只写了金属%(metal)s。",
    }
    message = check("smelter_name_missing").message
    assert (
        filled(message, {"metal": "Gold"}, lambda text: chinese.get(text, text)) == "只写了金属金。"
    )


def test_a_missing_parameter_breaks_nothing() -> None:
    assert filled("%(count)s rows of %(metal)s", {"count": "3"}, str) == "3 rows of …"
