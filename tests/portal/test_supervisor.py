"""``manage.py portal`` starts everything, answers, and stops everything."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from portal.supervisor import port_is_free, site_address

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.worker


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    surroundings = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DEMO_MODE": "1",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "PORTAL_URL": "",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "portal", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def children_of(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(number) for number in found.stdout.split()]


def test_starts_with_demo_data_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    portal = start(tmp_path, port)
    try:
        deadline = time.monotonic() + 60
        while port_is_free("127.0.0.1", port) and time.monotonic() < deadline:
            assert portal.poll() is None, portal.stdout.read() if portal.stdout else ""
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=20) as page:
            assert page.status == 200
        children = children_of(portal.pid)
        assert len(children) >= 3
        told = [Path(f"/proc/{child}/environ").read_text().split("\0") for child in children]
        # Web, worker and scheduler; the broker writes no mails.
        assert sum(f"PORTAL_URL=http://127.0.0.1:{port}" in each for each in told) == 3
        time.sleep(4)
        portal.send_signal(signal.SIGINT)
        output, _ = portal.communicate(timeout=40)
    finally:
        if portal.poll() is None:
            os.killpg(portal.pid, signal.SIGKILL)
    assert f"http://127.0.0.1:{port}/" in output
    assert "csr@demo.example" in output
    assert portal.returncode == 0
    assert port_is_free("127.0.0.1", port)
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8010"),
        ("0.0.0.0", "http://localhost:8010"),
        ("::1", "http://[::1]:8010"),
        ("portal.test", "http://portal.test:8010"),
    ],
)
def test_links_in_mails_lead_to_where_it_listens(host: str, address: str) -> None:
    assert site_address(host, 8010) == address


def test_taken_port_is_named_with_the_remedy(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        portal = start(tmp_path, taken.getsockname()[1])
        output, _ = portal.communicate(timeout=60)
    assert portal.returncode == 1
    assert "is in use" in output
    assert "PORT=" in output
