"""The one reader of environment variables: typed, and clear about what is wrong.

Every variable is documented in docs/operations.md.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

LOCAL = "local"
PRODUCTION = "production"


def environment_name() -> str:
    """``local`` (default) or ``production``."""
    name = str(env.str("APP_ENV", default=LOCAL)).strip().lower()
    if name not in (LOCAL, PRODUCTION):
        raise ImproperlyConfigured(f"APP_ENV is {name!r}; it must be 'local' or 'production'.")
    return name


def text(name: str, default: str = "") -> str:
    return str(env.str(name, default=default)).strip()


def flag(name: str, default: bool) -> bool:
    """A yes/no variable; anything but the usual words is an error, not silently False."""
    raw = text(name)
    if not raw:
        return default
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    if raw.lower() not in words:
        raise ImproperlyConfigured(f"{name} is {raw!r}; write 1 or 0.")
    return words[raw.lower()]


def number(name: str, default: int, *, least: int = 0) -> int:
    raw = text(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {raw!r}; it must be a whole number.") from None
    if value < least:
        raise ImproperlyConfigured(f"{name} is {value}; it must be at least {least}.")
    return value


def names(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    raw = text(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def secret_key(var_dir: Path, *, production: bool) -> str:
    """The signing key: required in production, made once and kept in ``var`` for local use."""
    given = text("SECRET_KEY")
    if given:
        if production and len(given) < 50:
            raise ImproperlyConfigured("SECRET_KEY is too short; use at least 50 characters.")
        return given
    if production:
        raise ImproperlyConfigured(
            "SECRET_KEY is required when APP_ENV=production. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return _local_secret(var_dir / "secret_key")


def _local_secret(path: Path) -> str:
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(64)
    path.touch(mode=0o600)
    path.write_text(key, encoding="ascii")
    return key


def redis_url() -> str:
    """``redis://host:port`` without a database number, or empty for none."""
    url = text("REDIS_URL").rstrip("/")
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(
            "REDIS_URL must start with redis:// or rediss://, for example redis://127.0.0.1:6379."
        )
    return url


def site_address(name: str, default: str) -> str:
    """The beginning of absolute links, without a slash at its end."""
    url = (text(name) or default).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"{name} must start with http:// or https://.")
    return url


def _database_from(url: str) -> dict[str, object]:
    try:
        settings = dict(environ.Env.db_url_config(url))
    except (ValueError, environ.ImproperlyConfigured):
        settings = {}
    if not settings.get("ENGINE") or not settings.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL could not be read; it looks like postgresql://user:password@host:5432/name."
        )
    return settings


def allowed_hosts(*, production: bool) -> list[str]:
    hosts = names("ALLOWED_HOSTS", [] if production else ["localhost", "127.0.0.1", "[::1]"])
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is required when APP_ENV=production, for example portal.example.com."
        )
    return hosts


def database(var_dir: Path) -> dict[str, object]:
    """Django's database dictionary from DATABASE_URL, or the embedded SQLite file."""
    url = text("DATABASE_URL")
    if url:
        settings = _database_from(url)
    else:
        settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(var_dir / "portal.sqlite3")}
    if str(settings["ENGINE"]).endswith("sqlite3"):
        var_dir.mkdir(parents=True, exist_ok=True)
        # Without immediate transactions two writers lose work to "database is locked".
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        # Tests use a file too: a worker or a browser's server is another process or thread.
        settings["TEST"] = {"NAME": str(var_dir / "test.sqlite3")}
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
