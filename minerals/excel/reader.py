"""Reads a reporting workbook into a ``Declaration``: recognise, read by position, resolve."""

from __future__ import annotations

from pathlib import Path

from minerals.excel.answers import AnswerReader
from minerals.excel.entries import Cleaner
from minerals.excel.grid import Book, Grid
from minerals.excel.layout import Layout
from minerals.excel.lists import (
    lookup_entries,
    mine_rows,
    product_rows,
    rows_beyond,
    scope_reasons,
    smelter_rows,
)
from minerals.excel.mineral_order import mineral_order
from minerals.excel.recognition import Recognition, recognise
from minerals.rules.dates import effective_date
from minerals.rules.declaration import (
    Declaration,
    Entry,
    LookupEntry,
    MineRow,
    Note,
    ProductRow,
    ScopeReason,
    SmelterRow,
)
from minerals.rules.template_lookup import resolve_rows

_BLANKS_MATTER_IN = ["Declaration", "Smelter List", "Product List"]


def read_declaration(path: Path) -> Declaration:
    """Everything a workbook says. Raises UnreadableWorkbook with a code and parameters."""
    book = Book(path)
    book.find_blanks(_BLANKS_MATTER_IN)
    return _Reader(book, recognise(book)).declaration()


class _Reader:
    def __init__(self, book: Book, recognition: Recognition) -> None:
        self.book = book
        self.recognition = recognition
        self.layout: Layout = recognition.layout
        self.cleaner = Cleaner()
        self.grid: Grid = book.sheet(self.layout.sheets["declaration"])
        self.answers = AnswerReader(self.grid, self.layout, self.cleaner)

    def declaration(self) -> Declaration:
        layout = self.layout
        cached = self._is_cached()
        order = mineral_order(self.grid, layout, cached)
        company = {name: self.answers.entry(cell) for name, cell in layout.company.items()}
        company_questions = layout.company_questions
        every_question = (*layout.questions, *company_questions)
        smelters, beyond = self._smelters()
        lookup = self._lookup()
        effective = effective_date(company.get("effective_date"))
        return Declaration(
            family=layout.family,
            version=self.recognition.version,
            layout=layout.name,
            outdated=self.recognition.outdated,
            language=self.grid.text(layout.language_cell),
            cached_values=cached,
            company=company,
            minerals=order.minerals,
            answers=tuple(self.answers.answers(layout.questions, order.minerals)),
            company_answers=tuple(self.answers.answers(company_questions, order.minerals)),
            smelters=smelters,
            resolved=resolve_rows(smelters, lookup, layout.resolution),
            products=self._products(),
            mines=self._mines(),
            minerals_scope=self._scope(),
            lookup=lookup,
            mineral_slots=tuple(self._slots("cell")),
            other_minerals=tuple(self._slots("other")),
            orphan_answers=tuple(self.answers.orphans(every_question, order.minerals)),
            notes=(
                *self.recognition.notes,
                *order.notes,
                *beyond,
                *self._macros(),
                *self.cleaner.notes,
            ),
            effective_on=effective.isoformat() if effective else "",
            checker_cells=tuple(self.answers.entry(cell) for cell in layout.checker_cells),
        )

    def _is_cached(self) -> bool:
        """Labels are formulas: a file without calculated values has none (formats.md 4.3)."""
        return bool(self.grid.text(self.layout.name_label_cell) or self.grid.text("D2"))

    def _slots(self, kind: str) -> list[Entry]:
        cells = [str(getattr(slot, kind)) for slot in self.layout.minerals.slots]
        return [self.answers.entry(cell) for cell in cells if cell]

    def _sheet(self, key: str) -> Grid | None:
        name = self.layout.sheets.get(key)
        return self.book.sheet(name) if name and self.book.has(name) else None

    def _smelters(self) -> tuple[tuple[SmelterRow, ...], list[Note]]:
        grid, table = self._sheet("smelters"), self.layout.smelters
        if grid is None or table is None:
            return (), []
        beyond = None if self.layout.outdated else rows_beyond(grid, table)
        return smelter_rows(grid, table, self.cleaner), [beyond] if beyond else []

    def _lookup(self) -> tuple[LookupEntry, ...]:
        grid, table = self._sheet("lookup"), self.layout.lookup
        return lookup_entries(grid, table, self.cleaner) if grid and table else ()

    def _products(self) -> tuple[ProductRow, ...]:
        grid, table = self._sheet("products"), self.layout.products
        return product_rows(grid, table, self.cleaner) if grid and table else ()

    def _mines(self) -> tuple[MineRow, ...]:
        grid, table = self._sheet("mines"), self.layout.mines
        return mine_rows(grid, table, self.cleaner) if grid and table else ()

    def _scope(self) -> tuple[ScopeReason, ...]:
        grid, table = self._sheet("minerals_scope"), self.layout.minerals_scope
        return scope_reasons(grid, table, self.cleaner) if grid and table else ()

    def _macros(self) -> list[Note]:
        return [Note("macros_present")] if self.book.has_macros() else []
