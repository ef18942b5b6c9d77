"""Findings about the product list."""

from __future__ import annotations

from collections.abc import Iterator

from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.declaration import Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import normalised
from minerals.rules.tables import Table


def product_findings(declaration: Declaration, context: Context) -> Iterator[Finding]:
    table = context.tables.products
    if declaration.scope_letter() == "A" and declaration.products:
        yield finding("products_not_needed", _cell(table, declaration.products[0].row))
    if declaration.scope_letter() == "B":
        yield from _first_row(declaration, table)
        yield from _numbers(declaration, table)
    yield from _duplicates(declaration, table)


def _cell(table: Table, row: int) -> str:
    return table.cell("number", row)


def _first_row(declaration: Declaration, table: Table) -> Iterator[Finding]:
    rows = [product.row for product in declaration.products if product.number.strip()]
    if rows and min(rows) > table.first_row:
        first = min(rows)
        yield finding("products_not_in_first_row", _cell(table, first), row=str(first))


def _numbers(declaration: Declaration, table: Table) -> Iterator[Finding]:
    """The first row is left out: its empty number is an open item already."""
    for product in declaration.products:
        name = product.name.strip()
        named = name and not product.number.strip()
        if named and (product.row != table.first_row or product.number):
            yield finding("product_number_missing", _cell(table, product.row), value=name)


def _duplicates(declaration: Declaration, table: Table) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    for product in declaration.products:
        number = product.number.strip()
        key = (normalised(number), normalised(product.requester_number))
        if not key[0]:
            continue
        if key in seen:
            first = _cell(table, seen[key])
            place = _cell(table, product.row)
            yield finding("product_duplicate", place, value=number, other_cell=first)
        seen.setdefault(key, product.row)
