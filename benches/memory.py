"""Peak memory of the processes that judge, over many files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benches.judging import TODAY
from benches.samples import big_workbook
from minerals.excel.isolated import ReaderLimits, ReaderProcess
from minerals.services.judgement import Surroundings, judge

FILES = 1000


def peak_mb(pid: int | str) -> float:
    """Highest resident size so far, in MB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def measure() -> None:
    """The reader process and this one, which applies the rules, after 1, 100 and 1,000 files."""
    reader = ReaderProcess(ReaderLimits(files_per_process=FILES + 1))
    with tempfile.TemporaryDirectory() as folder:
        path = big_workbook(Path(folder))
        print("Peak memory of the processes (MB)     reader   rules")
        for number in range(1, FILES + 1):
            judge(reader.read(path), Surroundings(today=TODAY))
            if number in (1, 10, 100, 500, FILES):
                pid = reader.pid
                assert pid is not None
                print(f"  after {number:>5} files {peak_mb(pid):>22.1f} {peak_mb('self'):>7.1f}")
    reader.close()
