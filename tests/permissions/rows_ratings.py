"""Ratings and tables of risk."""

from __future__ import annotations

from tests.permissions.table import Row

ROWS: tuple[Row, ...] = ()
