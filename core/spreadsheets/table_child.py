"""The reading process: opens a spreadsheet from outside where it can do no harm, once.

Started by ``core.spreadsheets.reading`` as ``python -m core.spreadsheets.table_child`` with the
task as one line of JSON on standard input. Answers with lines of JSON on standard output: the
facts of the table, then its rows in portions, then ``{"end": true}``; or one ``{"error": …}``.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import sys
from pathlib import Path
from typing import IO, Any

from core.spreadsheets.grid import Grid, TableLimits, UnreadableTable
from core.spreadsheets.table_reader import read_table

PORTION = 2_000
_OPEN_FILES = 32


def main() -> None:
    answers = _take_standard_output()
    task: dict[str, Any] = json.loads(sys.stdin.readline())
    limits = TableLimits(**task["limits"])
    _set_limits(limits)
    try:
        grid = read_table(Path(task["path"]), task["kind"], task["words"], limits)
    except UnreadableTable as refusal:
        _write(answers, {"error": refusal.code, "params": refusal.params})
    else:
        _send(answers, grid)
    answers.flush()


def _send(answers: IO[bytes], grid: Grid) -> None:
    names = [item.name for item in dataclasses.fields(Grid) if item.name != "rows"]
    _write(answers, {name: getattr(grid, name) for name in names})
    for start in range(0, len(grid.rows), PORTION):
        _write(answers, grid.rows[start : start + PORTION])
    _write(answers, {"end": True})


def _write(answers: IO[bytes], payload: object) -> None:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    # No database can hold this sign.
    text = text.replace("\\u0000", "\ufffd")
    answers.write(text.encode("utf-8", "surrogatepass") + b"\n")


def _take_standard_output() -> IO[bytes]:
    """Keep the pipe to the parent for answers; what anything prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _set_limits(limits: TableLimits) -> None:
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, max(1, round(limits.seconds * 2))),
    ):
        hard = resource.getrlimit(kind)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (ceiling, ceiling))
        except (ValueError, OSError) as error:
            # Some systems know no limit of address space; the time limit still holds there.
            sys.stderr.write(f"limit {kind} not set: {error}\n")


if __name__ == "__main__":
    main()
