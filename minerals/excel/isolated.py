"""Reads workbooks in a process of their own, so that no file can take a worker down.

The process stays and is asked again and again: starting one costs as much as reading a file.
It is replaced when it dies, hangs or has read many files. Celery's workers may not have children
by ``multiprocessing``, hence ``subprocess``.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from minerals.excel.diagnose import ScanLimits, diagnose, find_obstacle
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.frames import ERROR, QUESTION, pack, unpack
from minerals.excel.reader_pipe import ReaderPipe, ReaderStopped
from minerals.excel.wire import declaration_from_json
from minerals.rules.declaration import Declaration

logger = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024
# The sheets of all templates that are read (formats.md 1.1); whatever a supplier keeps on sheets
# of his own does not matter. Names in lower case.
READ_SHEETS = frozenset(
    {"declaration", "smelter list", "smelter look-up", "product list", "mine list", "checker"}
    | {
        "minerals scope",
        "revision",
        "instructions",
        "l",
        "c",
        "smelter and mine list",
        "standard smelter names",
    }
)
# What the reader says when the file itself did not open; a look inside may tell more.
_VAGUE_CODES = frozenset({"not_a_workbook"})


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """Of one reader process: bytes of address space, wall-clock seconds per file, size of an
    answer, files until it is replaced.
    """

    memory_bytes: int = 700 * _MEGABYTE
    seconds: float = 30.0
    answer_bytes: int = 8 * _MEGABYTE
    files_per_process: int = 500
    scan: ScanLimits = field(default_factory=ScanLimits)


class ReaderProcess:
    """A reader that is always there: starts its process when asked, one file at a time.

    Safe to use from several threads and in a forked child of the process that made it.
    """

    def __init__(self, limits: ReaderLimits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._pipe: ReaderPipe | None = None
        _readers.add(self)

    @property
    def pid(self) -> int | None:
        """Of the process that would answer next, if it runs already."""
        return self._pipe.pid if self._pipe is not None else None

    def read(self, path: Path) -> Declaration:
        """The declaration in the workbook. Raises UnreadableWorkbook with the specific code."""
        find_obstacle(path, READ_SHEETS, self.limits.scan)
        try:
            kind, body = self._ask(pack(QUESTION, str(path.absolute())))
        except ReaderStopped as stopped:
            self._explain(path, stopped)
        answer: dict[str, Any] = unpack(body)
        if kind == ERROR:
            self._refuse(path, answer)
        return declaration_from_json(answer)

    def close(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._drop()

    def _ask(self, frame: bytes) -> tuple[bytes, bytes]:
        with self._lock:
            pipe, self._pipe = self._running(), None
            answer = pipe.ask(frame, self.limits.seconds, self.limits.answer_bytes)
            self._pipe = pipe
            return answer

    def _running(self) -> ReaderPipe:
        pipe = self._pipe
        if pipe is not None and pipe.alive and pipe.answered < self.limits.files_per_process:
            return pipe
        self._drop()
        return ReaderPipe(self.limits.memory_bytes, self.limits.seconds)

    def _drop(self) -> None:
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            pipe.kill()

    def _forget(self) -> None:
        self._lock = threading.Lock()
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            pipe.forget()

    def _explain(self, path: Path, stopped: ReaderStopped) -> NoReturn:
        """Turn the end of the process into the cause, as exactly as the file shows it."""
        logger.warning("reader stopped (%s): %s", stopped.reason, stopped.last_words)
        diagnose(path, self.limits.scan)
        if stopped.reason == "timeout":
            seconds = f"{self.limits.seconds:g}"
            raise UnreadableWorkbook("reading_timeout", {"seconds": seconds}) from stopped
        if stopped.reason in ("memory", "oversize"):
            limit = str(self.limits.memory_bytes // _MEGABYTE)
            raise UnreadableWorkbook("reading_memory", {"limit": limit}) from stopped
        raise UnreadableWorkbook("reading_failed", {}) from stopped

    def _refuse(self, path: Path, answer: dict[str, Any]) -> NoReturn:
        if answer["code"] in _VAGUE_CODES:
            diagnose(path, self.limits.scan)
        raise UnreadableWorkbook(answer["code"], answer["params"])


_readers: weakref.WeakSet[ReaderProcess] = weakref.WeakSet()
_default = ReaderProcess(ReaderLimits())


def read_isolated(path: Path) -> Declaration:
    """Read a workbook in this process's reader. Raises UnreadableWorkbook."""
    return _default.read(path)


def configure_reader(limits: ReaderLimits) -> None:
    """Apply other limits to ``read_isolated``, from the next file on."""
    _default.close()
    _default.limits = limits


def _forget_inherited() -> None:
    """A forked worker must neither use nor end the reader of the process it was forked from."""
    for reader in _readers:
        reader._forget()


os.register_at_fork(after_in_child=_forget_inherited)
atexit.register(_default.close)
