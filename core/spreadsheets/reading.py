"""Reads the table of a spreadsheet from outside, in a process of its own."""

from __future__ import annotations

import dataclasses
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.spreadsheets.grid import Grid, TableKind, TableLimits, UnreadableTable

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_OUT_OF_MEMORY = ("memory allocation of", "MemoryError", "Cannot allocate memory")


def read_spreadsheet(
    path: Path, kind: TableKind, words: Mapping[str, str], limits: TableLimits
) -> Grid:
    """The table of the first sheet with known headings (see ``table_reader.read_table``).

    The upload guard must have passed the file. No file can take this process down: the reading
    process gets no environment, a share of memory, and a deadline. Raises UnreadableTable.
    """
    task = {
        "path": str(path.absolute()),
        "kind": kind,
        "words": dict(words),
        "limits": dataclasses.asdict(limits),
    }
    lines = _answer(json.dumps(task).encode() + b"\n", limits)
    facts: dict[str, Any] = json.loads(lines[0]) if lines else {}
    if "error" in facts:
        raise UnreadableTable(facts["error"], facts["params"])
    if not lines or json.loads(lines[-1]) != {"end": True}:
        raise UnreadableTable("reading_failed")
    rows: list[Any] = []
    for line in lines[1:-1]:
        rows += map(tuple, json.loads(line))
    return Grid(**facts, rows=rows)


def _answer(task: bytes, limits: TableLimits) -> list[bytes]:
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "core.spreadsheets.table_child"],
            input=task,
            capture_output=True,
            timeout=limits.seconds,
            cwd=_ROOT,
            env={"PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableTable("reading_timeout", {"seconds": f"{limits.seconds:g}"}) from error
    if done.returncode == 0:
        return done.stdout.splitlines()
    words = done.stderr[-2000:].decode("utf-8", "replace")
    logger.warning("table reader ended with %s: %s", done.returncode, words)
    if any(mark in words for mark in _OUT_OF_MEMORY):
        raise UnreadableTable(
            "reading_memory", {"limit": str(limits.memory_bytes // (1024 * 1024))}
        )
    raise UnreadableTable("reading_failed")
