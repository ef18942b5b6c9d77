"""Makes findings and puts them in the order a person works through them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minerals.rules.catalogue import check
from minerals.rules.judgement import Finding

_SEVERITIES = ("error", "warning", "info")
_SHEETS = ("", "Declaration", "Minerals Scope", "Smelter List", "Product List", "Mine List")
_ADDRESS = re.compile(r"(?:(?P<sheet>[^!]*)!)?(?P<column>[A-Z]*)(?P<row>\d*)")


def finding(code: str, cell: str = "", /, **params: str) -> Finding:
    """A finding with the severity of its catalogue entry; ``KeyError`` for an unknown code."""
    return Finding(code, check(code).severity, cell, params)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then sheet, row and column as in the workbook."""
    return tuple(sorted(findings, key=_place))


def _place(item: Finding) -> tuple[int, int, int, int, str, str]:
    found = _ADDRESS.match(item.cell)
    sheet, column, row = found.group("sheet", "column", "row") if found else ("", "", "")
    sheet = sheet or ""
    sheet_at = _SHEETS.index(sheet) if sheet in _SHEETS else len(_SHEETS)
    return (
        _SEVERITIES.index(item.severity),
        sheet_at,
        int(row or 0),
        len(column),
        column,
        item.code,
    )
