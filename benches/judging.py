"""One file: our whole judgement against reading it bare, and against loading it with openpyxl."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from benches.samples import big_workbook, misspelt, rmi_dir
from minerals.excel.isolated import read_isolated
from minerals.excel.reader import read_declaration
from minerals.excel.sample_lookup import demo_lookup
from minerals.rules.declaration import LookupEntry, ResolvedSmelter, SmelterRow
from minerals.rules.matching import match_rows
from minerals.rules.reference import reference_from_lookup
from minerals.services.judgement import Surroundings, judge

ROUNDS = 15
TODAY = dt.date(2026, 11, 1)


def judge_whole(path: Path) -> None:
    judge(read_declaration(path), Surroundings(today=TODAY))


def judge_isolated(path: Path) -> None:
    """As the worker does it: read by the process with limits, judged here."""
    judge(read_isolated(path), Surroundings(today=TODAY))


def read_bare(path: Path) -> None:
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def load_with_openpyxl(path: Path) -> None:
    openpyxl.load_workbook(path, data_only=True)


def seconds(action: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    action(path)
    return time.perf_counter() - start


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for cached in (True, False):
            path = big_workbook(Path(folder), cached=cached)
            _compare(path, "with" if cached else "without")
    _resolve()


def _compare(path: Path, words: str) -> None:
    for warm in (judge_whole, judge_isolated, read_bare):
        warm(path)
    ours, bare, apart = [], [], []
    for _ in range(ROUNDS):  # side by side, so that a noisy machine disturbs both
        bare.append(seconds(read_bare, path))
        ours.append(seconds(judge_whole, path))
        apart.append(seconds(judge_isolated, path))
    slow = [seconds(load_with_openpyxl, path) for _ in range(3)]
    mine, theirs = statistics.median(ours), statistics.median(bare)
    print(f"CMRT 6.5, 220 smelters, {words} cached values ({path.stat().st_size // 1024} KB)")
    print(f"  whole judgement                {mine * 1000:8.0f} ms")
    print(f"  calamine, all sheets           {theirs * 1000:8.0f} ms   ratio {mine / theirs:.2f}")
    safe = statistics.median(apart)
    print(f"  judgement, isolated reader     {safe * 1000:8.0f} ms   ratio {safe / theirs:.2f}")
    loaded = statistics.median(slow)
    print(f"  openpyxl, load only            {loaded * 1000:8.0f} ms   ratio {loaded / mine:.1f}")


def _resolve() -> None:
    """2,500 rows of free text, all misspelt and all different, with suggestions."""
    lookup = _reference_lookup()
    reference = reference_from_lookup(lookup)
    named = [entry for entry in lookup if entry.cid]
    names = misspelt([entry.name for entry in named], 2500)
    rows, resolved = [], []
    for number, name in enumerate(names):
        metal = named[number % len(named)].metal
        rows.append(SmelterRow(row=number + 5, metal=metal, lookup=name))
        resolved.append(ResolvedSmelter(number + 5, metal, name, "", "", "", "", "", ""))
    start = time.perf_counter()
    matches = match_rows(resolved, rows, reference, {})
    took = time.perf_counter() - start
    offered = sum(bool(match.suggestions) for match in matches)
    print(f"2,500 free-text rows against {len(lookup)} look-up rows")
    print(f"  matching with suggestions      {took:8.2f} s    {offered} rows with a suggestion")


def _reference_lookup() -> tuple[LookupEntry, ...]:
    real = rmi_dir()
    if real is None:
        return demo_lookup()
    return read_declaration(real / "templates" / "RMI_CMRT_6.4.xlsx").lookup
