"""The reader process: limited, replaced when it ends, shared by threads, not by forks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.isolated import ReaderLimits, ReaderProcess, configure_reader, read_isolated
from tests.workbooks import hostile

ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")
needs_proc = pytest.mark.skipif(not (PROC / "self" / "status").exists(), reason="needs /proc")


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    process = ReaderProcess(ReaderLimits())
    yield process
    process.close()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return hostile.good_workbook(tmp_path / "good.xlsx")


def pid_of(reader: ReaderProcess) -> int:
    assert reader.pid is not None
    return reader.pid


def test_one_process_reads_many_files(reader: ReaderProcess, good: Path) -> None:
    versions = {reader.read(good).version for _ in range(3)}
    first = pid_of(reader)
    assert versions == {"6.5"}
    assert reader.read(good).version == "6.5"
    assert reader.pid == first


def test_process_is_replaced_after_its_share(good: Path) -> None:
    reader = ReaderProcess(ReaderLimits(files_per_process=2))
    pids = [(reader.read(good), reader.pid)[1] for _ in range(4)]
    reader.close()
    assert pids[0] == pids[1]
    assert pids[2] == pids[3]
    assert pids[0] != pids[2]


def test_killed_process_is_replaced(reader: ReaderProcess, good: Path) -> None:
    reader.read(good)
    first = pid_of(reader)
    os.kill(first, signal.SIGKILL)
    try:
        reader.read(good)
    except UnreadableWorkbook as error:
        # Its end was noticed only while asking.
        assert error.code == "reading_failed"
    assert reader.read(good).version == "6.5"
    assert reader.pid != first


def test_hanging_process_is_ended(good: Path) -> None:
    reader = ReaderProcess(ReaderLimits(seconds=3))
    reader.read(good)
    hanging = pid_of(reader)
    os.kill(hanging, signal.SIGSTOP)
    with pytest.raises(UnreadableWorkbook) as caught:
        reader.read(good)
    assert (caught.value.code, caught.value.params) == ("reading_timeout", {"seconds": "3"})
    with pytest.raises(ProcessLookupError):
        os.kill(hanging, 0)
    assert reader.read(good).version == "6.5"
    reader.close()


def test_interruption_does_not_mix_up_answers(reader: ReaderProcess, good: Path) -> None:
    class SoftLimit(Exception):
        pass

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise SoftLimit

    reader.read(good)
    first = pid_of(reader)
    os.kill(first, signal.SIGSTOP)
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(SoftLimit):
            reader.read(good)
    finally:
        signal.signal(signal.SIGALRM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert reader.read(good).version == "6.5"


def test_threads_share_one_process(reader: ReaderProcess, tmp_path: Path, good: Path) -> None:
    bad = hostile.broken_sheet(tmp_path / "bad")
    found: list[str] = []

    def work(path: Path) -> None:
        for _ in range(5):
            try:
                found.append(reader.read(path).version)
            except UnreadableWorkbook as error:
                found.append(error.code)

    threads = [threading.Thread(target=work, args=(path,)) for path in (good, bad) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["6.5"] * 15 + ["damaged_sheet"] * 15


def test_forked_worker_gets_a_reader_of_its_own(reader: ReaderProcess, good: Path) -> None:
    reader.read(good)
    parents = pid_of(reader)
    child = os.fork()
    if child == 0:
        fine = reader.pid is None and reader.read(good).version == "6.5" and reader.pid != parents
        reader.close()
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert reader.read(good).version == "6.5"
    assert reader.pid == parents


def test_fork_while_another_thread_reads(reader: ReaderProcess, good: Path) -> None:
    """The lock may be held at the moment of the fork; the worker must not wait for it for ever."""
    reader.read(good)
    with reader._lock:
        child = os.fork()
        if child == 0:
            signal.alarm(20)
            fine = reader.read(good).version == "6.5"
            reader.close()
            os._exit(0 if fine else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_default_reader_can_be_configured(good: Path) -> None:
    configure_reader(ReaderLimits(seconds=0.005))
    try:
        with pytest.raises(UnreadableWorkbook, match="reading_timeout"):
            read_isolated(good)
    finally:
        configure_reader(ReaderLimits())
    assert read_isolated(good).version == "6.5"


@needs_proc
def test_limits_and_environment_of_the_process(reader: ReaderProcess, good: Path) -> None:
    reader.read(good)
    process = PROC / str(reader.pid)
    limits = {
        line[:25].strip(): line[26:].split()[0]
        for line in (process / "limits").read_text().splitlines()
    }
    assert limits["Max address space"] == str(700 * 1024 * 1024)
    assert limits["Max core file size"] == "0"
    assert limits["Max file size"] == "0"
    assert limits["Max open files"] == "32"
    assert limits["Max cpu time"] != "unlimited"
    names = {entry.partition(b"=")[0] for entry in (process / "environ").read_bytes().split(b"\0")}
    assert names - {b""} == {b"PYTHONUTF8", b"MALLOC_ARENA_MAX"}


def test_process_ends_when_its_parent_does(good: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from minerals.excel import isolated;"
        "isolated.read_isolated(Path(sys.argv[1])); print(isolated._default.pid, flush=True);"
        "os._exit(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(good)], cwd=ROOT, capture_output=True, check=True
    )
    orphan = int(done.stdout)
    for _ in range(100):
        if not (PROC / str(orphan)).exists() or _is_zombie(orphan):
            return
        threading.Event().wait(0.05)
    pytest.fail("the reader outlived its parent")


def _is_zombie(pid: int) -> bool:
    try:
        return ") Z " in (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_reader_process_knows_no_django() -> None:
    program = "import sys, minerals.excel.child; print([m for m in sys.modules if 'django' in m])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"


@needs_proc
def test_memory_stays_small_and_flat(reader: ReaderProcess, rmi: Path) -> None:
    path = rmi / "cases" / "uncached" / "cmrt_6.5_big_mixed.xlsx"
    for _ in range(3):
        assert len(reader.read(path).smelters) == 220
    early = _peak(pid_of(reader))
    for _ in range(12):
        reader.read(path)
    assert early < 120 * 1024
    assert _peak(pid_of(reader)) < early * 1.15


def _peak(pid: int) -> int:
    """Kilobytes."""
    status = (PROC / str(pid) / "status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])
