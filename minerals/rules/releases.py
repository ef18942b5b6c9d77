"""Template releases: dates and order, from ``data/releases.toml``."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("data").joinpath("releases.toml").read_text("utf-8"))
_SUCCESSOR: dict[str, str] = _DATA.pop("successor")
_RELEASES: dict[str, dict[str, date]] = _DATA
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?([a-z]?)")


def released_on(family: str, version: str) -> date | None:
    """The day printed on the template; None for a version not known here."""
    return _RELEASES.get(family, {}).get(version)


def newest(family: str) -> tuple[str, str]:
    """Family and version to use today; a family that was taken over gives its successor."""
    current = _SUCCESSOR.get(family, family)
    return current, list(_RELEASES[current])[-1]


def version_key(version: str) -> tuple[int, int, int, str]:
    """Sorts versions as they were released: 6.01 < 6.1 < 6.22 < 6.31 < 6.4 < 6.5.

    The digits after the first dot are a decimal fraction ("6.4" comes after "6.31").
    """
    found = _VERSION.match(version.strip())
    if found is None:
        return (0, 0, 0, "")
    major, fraction, patch, letter = found.groups(default="")
    return (int(major), int(fraction.ljust(3, "0")[:3]), int(patch or 0), letter)
