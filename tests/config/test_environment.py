"""Settings from the environment: right values, and errors that say what to write."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "value", "call", "words"),
    [
        ("APP_ENV", "staging", environment.environment_name, "'local' or 'production'"),
        ("DEBUG", "maybe", lambda: environment.flag("DEBUG", default=False), "write 1 or 0"),
        ("UPLOAD_MAX_MB", "ten", lambda: environment.number("UPLOAD_MAX_MB", 25), "whole number"),
        (
            "UPLOAD_MAX_MB",
            "0",
            lambda: environment.number("UPLOAD_MAX_MB", 25, least=1),
            "at least 1",
        ),
        ("REDIS_URL", "localhost", environment.redis_url, "redis://127.0.0.1:6379"),
        (
            "DATABASE_URL",
            "bar",
            lambda: environment.database(Path("unused")),
            "postgresql://user:password@host:5432/name",
        ),
    ],
)
def test_wrong_value_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, call: object, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=words.replace("(", r"\(")):
        call()  # type: ignore[operator]


def test_secret_key_is_made_once_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path, production=False)
    assert len(first) >= 50
    assert environment.secret_key(tmp_path, production=False) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_production_needs_its_own_secret_and_hosts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is required"):
        environment.secret_key(tmp_path, production=True)
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS is required"):
        environment.allowed_hosts(production=True)


def test_sqlite_writes_immediately_in_wal_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = environment.database(tmp_path)["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_deployment_check_is_clean_with_production_settings(tmp_path: Path) -> None:
    # This run may allow what browser tests need and a deployment must not.
    inherited = {name: value for name, value in os.environ.items() if "ASYNC_UNSAFE" not in name}
    surroundings = {
        **inherited,
        "APP_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "portal.example",
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error::Warning:django", "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr
