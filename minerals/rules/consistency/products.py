"""Findings about the product list."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import normalised

_FIRST_ROW = 6


def product_findings(declaration: Declaration, _context: Context) -> Iterator[Finding]:
    if declaration.scope_letter() == "A" and declaration.products:
        yield finding("products_not_needed", _cell(declaration.products[0].row))
    if declaration.scope_letter() == "B":
        yield from _first_row(declaration)
        yield from _numbers(declaration)
    yield from _duplicates(declaration)


def _cell(row: int) -> str:
    return f"Product List!B{row}"


def _first_row(declaration: Declaration) -> Iterator[Finding]:
    rows = [product.row for product in declaration.products if product.number.strip()]
    if rows and min(rows) > _FIRST_ROW:
        yield finding("products_not_in_first_row", _cell(min(rows)), row=str(min(rows)))


def _numbers(declaration: Declaration) -> Iterator[Finding]:
    """The first row is left out: its empty number is an open item already."""
    for product in declaration.products:
        named = product.name.strip() and not product.number.strip()
        if named and (product.row != _FIRST_ROW or product.number):
            yield finding("product_number_missing", _cell(product.row), value=product.name.strip())


def _duplicates(declaration: Declaration) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    for product in declaration.products:
        number = product.number.strip()
        key = (normalised(number), normalised(product.requester_number))
        if not key[0]:
            continue
        if key in seen:
            yield finding(
                "product_duplicate", _cell(product.row), value=number, other_cell=_cell(seen[key])
            )
        seen.setdefault(key, product.row)
