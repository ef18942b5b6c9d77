"""Runs the parts of the portal as children and stops them together."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

STOP_SECONDS = 15
CELERY = (sys.executable, "-m", "celery", "--quiet", "-A", "config")
# Celery warns root about pickled messages; this product sends JSON only.
QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}


@dataclass(frozen=True, slots=True)
class Part:
    """One long-running program: a name for messages and its command line."""

    name: str
    command: Sequence[str]


def web_part(port: int, host: str) -> Part:
    options = ["--workers", "2", "--threads", "16", "--worker-class", "gthread"]
    options += ["--bind", f"{host}:{port}", "--no-control-socket", "--log-level", "warning"]
    options += ["--timeout", "120"]
    return Part("web", [sys.executable, "-m", "gunicorn", *options, "config.wsgi"])


def worker_part(processes: int) -> Part:
    options = ["--concurrency", str(processes), "--loglevel", "warning"]
    options += ["--without-gossip", "--without-mingle"]
    return Part("worker", [*_politely(), *CELERY, "worker", *options])


def _politely() -> list[str]:
    """On a small machine pages come before files that are being judged."""
    nice = shutil.which("nice")
    return [nice, "-n", "10"] if nice else []


def scheduler_part(pid_file: str) -> Part:
    options = ["--loglevel", "warning", "--pidfile", pid_file]
    return Part("scheduler", [*CELERY, "beat", *options])


def site_address(host: str, port: int) -> str:
    """Where a browser on this machine reaches a server that listens there."""
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    named = "localhost" if everywhere else f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}"


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Supervisor:
    """Starts parts in order and stops them in reverse, each in a process group of its own."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {**QUIET, **os.environ, **environment}
        self.children: list[tuple[Part, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Supervisor:
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.stop()

    @staticmethod
    def _on_signal(number: int, frame: FrameType | None) -> None:
        raise Stopped

    def start(self, part: Part) -> None:
        # A group of its own, so that Ctrl-C reaches the supervisor only, which stops in order.
        child = subprocess.Popen(part.command, env=self.environment, start_new_session=True)  # noqa: S603
        self.children.append((part, child))

    def wait_until_answering(self, url: str, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.first_dead() is not None:
                return False
            try:
                with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                    return True
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        return False

    def first_dead(self) -> Part | None:
        return next((part for part, child in self.children if child.poll() is not None), None)

    def watch(self) -> Part:
        """Block until a part ends by itself and return it."""
        while (dead := self.first_dead()) is None:
            time.sleep(0.5)
        return dead

    def stop(self) -> None:
        for _part, child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for _part, child in reversed(self.children):
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self.children.clear()
