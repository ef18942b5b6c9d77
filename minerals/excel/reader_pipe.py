"""One reader process and the pipes to it: start it, ask it within a deadline, end it."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

from minerals.excel.frames import HEADER

Reason = Literal["timeout", "oversize", "memory", "died"]
_ROOT = Path(__file__).resolve().parents[2]
_LAST_WORDS = 64 * 1024
_WORDS_KEPT = 2_000
_OUT_OF_MEMORY = ("memory allocation of", "MemoryError", "Cannot allocate memory")


class ReaderStopped(Exception):
    """The process gave no answer. ``last_words`` is the end of what it printed."""

    def __init__(self, reason: Reason, last_words: str = "") -> None:
        self.reason = reason
        self.last_words = last_words
        super().__init__(reason)


class ReaderPipe:
    """A running ``minerals.excel.child``.

    It gets no environment but what Python needs, no open files but its pipes, and a session of
    its own, so that Ctrl-C ends its parent and not the reading; it ends when the pipe closes.
    """

    def __init__(self, memory_bytes: int, seconds: float) -> None:
        errors, errors_in = os.pipe()
        # A chatty child must never wait for somebody to listen.
        os.set_blocking(errors_in, False)
        os.set_blocking(errors, False)
        command = [sys.executable, "-s", "-m", "minerals.excel.child"]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
            [*command, str(memory_bytes), str(max(1, round(seconds * 2)))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors_in,
            bufsize=0,
            cwd=_ROOT,
            env={"PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,
        )
        os.close(errors_in)
        self._errors = errors
        self.answered = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, frame: bytes, seconds: float, answer_bytes: int) -> tuple[bytes, bytes]:
        """Kind and body of the answer. Raises ReaderStopped; the process is then gone."""
        try:
            answer = self._exchange(frame, time.monotonic() + seconds, answer_bytes)
        except ReaderStopped as stopped:
            raise self._ended(stopped.reason) from stopped
        except BaseException:
            # Half an answer is on its way (Ctrl-C, a task's own time limit): nobody may read on.
            self.kill()
            raise
        self.answered += 1
        return answer

    def _exchange(self, frame: bytes, deadline: float, answer_bytes: int) -> tuple[bytes, bytes]:
        self._send(frame)
        length, kind = HEADER.unpack(self._receive(HEADER.size, deadline))
        if length > answer_bytes:
            raise ReaderStopped("oversize")
        return kind, self._receive(length, deadline)

    def _send(self, frame: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(frame)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ReaderStopped("died") from error

    def _receive(self, count: int, deadline: float) -> bytes:
        stdout = self._process.stdout
        assert stdout is not None
        poll = select.poll()
        poll.register(stdout, select.POLLIN)
        received = bytearray()
        while len(received) < count:
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise ReaderStopped("timeout")
            piece = stdout.read(min(count - len(received), 1 << 20))
            if not piece:
                raise ReaderStopped("died")
            received += piece
        return bytes(received)

    def _ended(self, reason: Reason) -> ReaderStopped:
        """Make sure that the process is gone, and say why it is."""
        if reason == "died":
            # Its own exit status tells more than the one of a kill.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
        words = self._last_words()
        self.kill()
        if reason == "died" and any(mark in words for mark in _OUT_OF_MEMORY):
            reason = "memory"
        return ReaderStopped(reason, words)

    def _last_words(self) -> str:
        try:
            words = os.read(self._errors, _LAST_WORDS)
        except BlockingIOError:
            words = b""
        text = words.decode("utf-8", "replace").strip()
        return f"exit status {self._process.poll()}: {text[-_WORDS_KEPT:]}"

    def kill(self) -> None:
        """End the process and wait for its end; harmless when it has ended already."""
        if self.alive:
            self._process.kill()
        self._process.wait()
        self._close()

    def forget(self) -> None:
        """In a forked copy of the parent: let go of pipes that belong to the original."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if self._errors >= 0:
            os.close(self._errors)
            self._errors = -1
