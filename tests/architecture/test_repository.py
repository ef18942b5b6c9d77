"""What must hold for the repository as a whole."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^([A-Za-z0-9._-]+)==", re.M)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("This is not a git checkout.")
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_no_dependency_is_under_the_agpl() -> None:
    names = NAME.findall((ROOT / "requirements" / "base.txt").read_text())
    assert len(names) > 50
    found = []
    for name in names:
        try:
            facts = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # meant for another platform
            continue
        fields = ("License-Expression", "License", "Classifier")
        licence = " ".join(text for field in fields for text in facts.get_all(field) or [])
        if "AGPL" in licence or "Affero" in licence:
            found.append(name)
    assert found == []


def test_lock_files_name_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(), path.name
        assert "--hash=sha256:" in path.read_text(), path.name


def test_no_reporting_workbook_is_in_the_repository() -> None:
    assert [path.name for path in tracked("*.xls", "*.xlsx", "*.xlsm")] == []


def test_no_source_file_is_too_long() -> None:
    sources = tracked("*.py", "*.html", "*.js")
    assert sources
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in sources
        if "migrations" not in path.parts and "vendor" not in path.parts
        if path.exists() and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert long == []


def test_every_environment_variable_is_documented() -> None:
    sources = [ROOT / "config" / "settings.py", ROOT / "config" / "environment.py"]
    sources.append(ROOT / "portal" / "management" / "commands" / "portal.py")
    reads = re.compile(r"(?:text|flag|number|names|env\.str|environ\.get)\(\s*\"([A-Z_]+)\"")
    read = {name for path in sources for name in reads.findall(path.read_text("utf-8"))}
    documented = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert {"DATABASE_URL", "PORT"} <= read
    assert sorted(name for name in read if f"`{name}`" not in documented) == []
