"""The files that are measured: the real ones where they are, else one of our own."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from minerals.excel.sample import build_workbook, complete_answers
from minerals.excel.sample_lookup import demo_lookup

ROOT = Path(__file__).resolve().parent.parent


def rmi_dir() -> Path | None:
    folder = Path(os.environ.get("RMI_DIR") or ROOT.parent / "shared" / "rmi")
    return folder if folder.is_dir() else None


def big_workbook(folder: Path, *, cached: bool = True) -> Path:
    """A CMRT 6.5 with 220 smelters; our own one where the real ones are absent."""
    real = rmi_dir()
    if real is not None:
        kind = "cached" if cached else "uncached"
        return real / "cases" / kind / "cmrt_6.5_big_mixed.xlsx"
    path = folder / "big.xlsx"
    content = complete_answers("cmrt_6.5")
    listed = [entry for entry in demo_lookup(("Tin", "Gold")) if entry.cid]
    content["smelters"] = [{"cid_input": listed[row % len(listed)].cid} for row in range(220)]
    path.write_bytes(build_workbook(cached=cached, **content))
    return path


def many_workbooks(folder: Path, count: int) -> Iterator[Path]:
    """``count`` files with different bytes: the sample cases in turn, each with its own comment."""
    real = rmi_dir()
    cases = sorted((real / "cases" / "uncached").glob("*.xlsx")) if real else []
    sources = cases or [big_workbook(folder)]
    for number in range(count):
        path = folder / f"supplier-{number:05d}.xlsx"
        path.write_bytes(sources[number % len(sources)].read_bytes())
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = f"copy {number}".encode()
        yield path


def misspelt(names: list[str], count: int, seed: int = 7) -> list[str]:
    """Names as people type them: a letter dropped, doubled or swapped; always the same ones."""
    chance = random.Random(seed)
    return [_damaged(names[number % len(names)], chance) for number in range(count)]


def _damaged(name: str, chance: random.Random) -> str:
    spot = chance.randrange(1, max(2, len(name) - 1))
    kind = chance.choice(("drop", "double", "swap"))
    if kind == "drop":
        return name[:spot] + name[spot + 1 :]
    if kind == "double":
        return name[:spot] + name[spot - 1] + name[spot:]
    return name[: spot - 1] + name[spot : spot + 1] + name[spot - 1 : spot] + name[spot + 1 :]
