"""The reader process: opens workbooks from outside where they can do no harm.

Started by ``minerals.excel.isolated`` as ``python -m minerals.excel.child MEMORY SECONDS``. It
reads questions from standard input and answers on standard output, one frame each. Anything
unforeseen ends it: the parent notices, names the cause and starts another.
"""

from __future__ import annotations

import math
import os
import resource
import sys
import time
from pathlib import Path
from typing import BinaryIO

from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.frames import DECLARATION, ERROR, HEADER, pack, unpack
from minerals.excel.reader import read_declaration
from minerals.excel.wire import declaration_to_json

_OPEN_FILES = 32
_LONGEST_QUESTION = 64 * 1024


def main(memory_bytes: int, seconds: int) -> None:
    """Answer until the parent closes the pipe. Limits: address space, CPU seconds per file."""
    answers = _take_standard_output()
    _set_limits(memory_bytes)
    while (path := _next_question(sys.stdin.buffer)) is not None:
        _allow_cpu(seconds)
        answers.write(_answer(path))
        answers.flush()


def _take_standard_output() -> BinaryIO:
    """Keep the pipe to the parent for answers; what anything prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _set_limits(memory_bytes: int) -> None:
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_AS, memory_bytes)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (ceiling, ceiling))
    except (ValueError, OSError) as error:
        # Some systems know no limit of address space; the time limit still holds there.
        sys.stderr.write(f"limit {kind} not set: {error}\n")


def _allow_cpu(seconds: int) -> None:
    """The limit counts from the start of the process, so it moves on with every file."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = math.ceil(time.process_time()) + seconds
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _next_question(questions: BinaryIO) -> Path | None:
    header = questions.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    length, _ = HEADER.unpack(header)
    if length > _LONGEST_QUESTION:
        raise ValueError("question too long")
    return Path(str(unpack(questions.read(length))))


def _answer(path: Path) -> bytes:
    try:
        return pack(DECLARATION, declaration_to_json(read_declaration(path)))
    except UnreadableWorkbook as refusal:
        return pack(ERROR, {"code": refusal.code, "params": refusal.params})


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
