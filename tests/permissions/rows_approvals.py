"""Requests that a second person decides."""

from __future__ import annotations

from tests.permissions.table import Row

ROWS: tuple[Row, ...] = ()
