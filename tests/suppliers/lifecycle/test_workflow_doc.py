"""The page about the lifecycle is drawn from the table that runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import workflow_doc
from suppliers.workflow import TABLE


def test_the_page_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert workflow_doc.main(["--check"]) == 0, capsys.readouterr().err


def test_an_old_page_is_noticed_and_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "suppliers.md"
    current = workflow_doc.TARGET.read_text("utf-8")
    page.write_text(current.replace("qualified --> limited", "qualified --> nowhere"), "utf-8")
    monkeypatch.setattr(workflow_doc, "TARGET", page)
    assert workflow_doc.main(["--check"]) == 1
    assert workflow_doc.main([]) == 0
    assert page.read_text("utf-8") == current


def test_every_arrow_of_the_table_is_drawn() -> None:
    drawn = workflow_doc.diagram()
    for row in TABLE:
        for state in row.states:
            assert f"    {state.value} --> {row.target.value} : " in drawn


def test_a_lost_marker_is_an_error() -> None:
    with pytest.raises(ValueError, match="no part diagram"):
        workflow_doc.document("# Nothing")
