"""Forms of our own, read and judged by the official completeness rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minerals.excel.layout_loader import layout
from minerals.excel.reader import read_declaration
from minerals.rules.completeness import open_items
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import OpenItem
from tests.workbooks.templates import saved_complete


def judged(path: Path) -> tuple[Declaration, tuple[OpenItem, ...]]:
    declaration = read_declaration(path)
    return declaration, open_items(declaration, layout(declaration.layout).checker)


def open_rows(tmp_path: Path, form: str = "cmrt_6.5", **changes: Any) -> list[int]:
    """The red Checker rows of a complete form after ``changes``."""
    _, items = judged(saved_complete(tmp_path, form, **changes))
    return [item.checker_row for item in items]
