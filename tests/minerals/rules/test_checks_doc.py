"""The page of all checks is made from the catalogue and current."""

from __future__ import annotations

from pathlib import Path

import pytest

from minerals.rules.catalogue import CATALOGUE
from scripts import checks_doc


def test_the_page_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks_doc.main(["--check"]) == 0, capsys.readouterr().err


def test_an_old_page_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_doc, "TARGET", tmp_path / "docs" / "checks.md")
    assert checks_doc.main(["--check"]) == 1
    assert checks_doc.main([]) == 0
    assert checks_doc.main(["--check"]) == 0


def test_every_code_stands_on_the_page_once() -> None:
    page = checks_doc.document({})
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(CATALOGUE)


def test_chinese_stands_beside_english_where_it_exists() -> None:
    entry = CATALOGUE["smelter_name_missing"]
    shown = checks_doc.row(entry, {entry.title: "没有冶炼厂", entry.message: "只写了 %(metal)s。"})
    assert shown.endswith("| 没有冶炼厂<br>只写了 ‹metal›。 |")


def test_texts_are_safe_inside_a_table() -> None:
    assert checks_doc.readable("50 %% of %(a)s | %(b)s") == "50 % of ‹a› \\| ‹b›"


def test_a_missing_catalogue_gives_an_empty_column(tmp_path: Path) -> None:
    assert checks_doc.chinese_texts(tmp_path / "none.po") == {}
