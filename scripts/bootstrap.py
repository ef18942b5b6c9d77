"""Makes ``.venv`` and installs a lock file into it, with nothing but Python's standard library.

Usage: ``python3 scripts/bootstrap.py requirements/base.txt``. A bare Debian Python has neither
pip nor ensurepip; then the pinned pip wheel is fetched from the configured package index and
checked against the hash below before it installs itself.
"""

from __future__ import annotations

import configparser
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP_WHEEL = "pip-26.0-py3-none-any.whl"
PIP_SHA256 = "98436feffb9e31bc9339cf369fd55d3331b1580b6a6f1173bacacddcf9c34754"
CONFIG_FILES = ("/etc/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf")


def main(lock: Path) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything is checked
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if not PYTHON.exists():
        make_environment()
    stamp = VENV / f"{lock.stem}.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(
        f"Installing {lock.relative_to(ROOT)} into .venv (once; about half a minute).", flush=True
    )
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
    options += ["--only-binary", ":all:"]
    run([str(PYTHON), "-m", "pip", "install", *options, "-r", str(lock)])
    stamp.write_text(wanted)


def make_environment() -> None:
    has_pip = importlib.util.find_spec("ensurepip") is not None
    venv.create(VENV, with_pip=has_pip, clear=True)
    if not has_pip:
        install_pip()


def install_pip() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / PIP_WHEEL
        wheel.write_bytes(fetch_pip())
        run([str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)])


def fetch_pip() -> bytes:
    index = package_index()
    page = urllib.request.Request(
        f"{index}/pip/", headers={"Accept": "application/vnd.pypi.simple.v1+json"}
    )
    with urllib.request.urlopen(page, timeout=60) as answer:
        files = json.load(answer)["files"]
        base = answer.geturl()
    url = next(file["url"] for file in files if file["filename"] == PIP_WHEEL)
    with urllib.request.urlopen(urllib.parse.urljoin(base, url), timeout=60) as answer:
        content: bytes = answer.read()
    if hashlib.sha256(content).hexdigest() != PIP_SHA256:
        sys.exit("The downloaded pip does not have the expected hash; nothing was installed.")
    return content


def package_index() -> str:
    """The address of the simple index that pip itself would be told to use."""
    given = os.environ.get("PIP_INDEX_URL", "")
    if not given:
        settings = configparser.ConfigParser()
        settings.read(Path(name).expanduser() for name in CONFIG_FILES)
        given = settings.get("global", "index-url", fallback="")
    if not given:
        sys.exit(
            "This Python has neither pip nor ensurepip. Install them (Debian: python3-venv), or "
            "set PIP_INDEX_URL to the address of your package index, and run make again."
        )
    return given.rstrip("/")


def run(command: list[str]) -> None:
    done = subprocess.run(command, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main((ROOT / sys.argv[1]).resolve())
