"""Workbooks of our own for tests (see ``minerals.excel.sample``), as bytes or as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minerals.excel.sample import build_workbook, complete_answers
from minerals.excel.sample_lookup import demo_lookup

__all__ = ["DEMO_LOOKUP", "build_workbook", "complete_answers", "saved", "saved_complete"]
DEMO_LOOKUP = demo_lookup()


def saved(folder: Path, layout: str = "cmrt_6.5", name: str = "form.xlsx", **content: Any) -> Path:
    """A workbook built from ``content`` as a file in ``folder``."""
    path = folder / name
    path.write_bytes(build_workbook(layout, **content))
    return path


def saved_complete(
    folder: Path, layout: str = "cmrt_6.5", name: str = "form.xlsx", **changes: Any
) -> Path:
    """A complete workbook with ``changes`` laid over it.

    ``company``, ``answers`` and ``comments`` are merged, everything else replaces.
    """
    content: dict[str, Any] = dict(complete_answers(layout, changes.get("minerals", ())))
    for key in ("company", "answers", "comments"):
        content[key] = {**content[key], **changes.pop(key, {})}
    return saved(folder, layout, name, **{**content, **changes})
