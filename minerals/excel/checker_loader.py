"""Turns the ``[checker]`` table of a layout into the flat rows of a ``CheckerSpec``.

A ``[[checker.rows]]`` group says what its rows are ``about``; a group about a question makes one
Checker row per mineral, from the given row on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from minerals.excel.addresses import position
from minerals.excel.layout import MineralScheme, Question
from minerals.excel.toml_table import TomlTable
from minerals.rules.completeness_spec import (
    FLAGS,
    SCOPES,
    SMELTER_TESTS,
    TESTS,
    CheckerRule,
    CheckerSpec,
    Flag,
    Off,
    Scope,
    SmelterTest,
    Test,
)
from minerals.rules.tables import Tables

_ABOUT = (
    "field", "question", "company_question", "url", "other_format", "hidden", "minerals",
    "other_minerals", "product", "smelter", "unlisted", "leftover",
)  # fmt: skip
_ROW_KEYS = (
    "about", "row", "rows", "test", "scope", "off", "mask", "active", "active_rows", "never",
    "flag", "flag_rows", "counted", "accepted", "described", "code",
)  # fmt: skip


def load_checker(
    table: TomlTable,
    company: dict[str, str],
    minerals: MineralScheme,
    questions: tuple[Question, ...],
    company_questions: tuple[Question, ...],
    answer_column: str,
    comment_column: str,
    sheet: str,
    tables: Tables,
) -> tuple[CheckerSpec, tuple[str, ...]]:
    """The spec, and the addresses of further cells (hidden rows) the reader must fetch for it."""
    table.only(
        "smelter_test", "metal_rows", "counted_rows", "unlisted_rows", "unlisted_detail_rows",
        "scope_company", "scope_product", "other_mineral", "rows",
    )  # fmt: skip
    known = {item.id: item for item in (*questions, *company_questions)}
    build = _Builder(company, minerals, known, answer_column, comment_column, sheet, tables)
    for group in table.tables("rows"):
        build.add(group)
    spec = CheckerSpec(
        rules=tuple(build.rules),
        smelter_test=cast(SmelterTest, table.choice("smelter_test", SMELTER_TESTS, "")),
        metal_rows=table.row_ranges("metal_rows"),
        counted_rows=table.row_ranges("counted_rows"),
        unlisted_rows=table.row_ranges("unlisted_rows"),
        unlisted_detail_rows=table.row_ranges("unlisted_detail_rows"),
        scope_company=table.text("scope_company"),
        scope_product=table.text("scope_product"),
        other_mineral=table.text("other_mineral"),
        tables=tables,
    )
    return spec, tuple(build.hidden_cells)


@dataclass
class _Builder:
    company: dict[str, str]
    minerals: MineralScheme
    questions: dict[str, Question]
    answer_column: str
    comment_column: str
    sheet: str
    tables: Tables
    rules: list[CheckerRule] = field(default_factory=list)
    hidden_cells: list[str] = field(default_factory=list)
    first_rows: dict[str, int] = field(default_factory=dict)

    def add(self, group: TomlTable) -> None:
        group.only(*_ROW_KEYS)
        about = group.choice("about", _ABOUT, "")
        for rule in getattr(self, f"_{about}")(group):
            self._check_order(group, rule)
            self.rules.append(rule)

    def _check_order(self, group: TomlTable, rule: CheckerRule) -> None:
        """Rows may look only at rows that are worked out before them."""
        done = {item.row for item in self.rules}
        if rule.row in done:
            raise group.error("row", f"{rule.row} is given twice")
        used = (*rule.mask, *rule.any_of, *rule.flag_rows, *(off.row for off in rule.off))
        if missing := set(used) - done:
            raise group.error("row", f"{rule.row} looks at rows {sorted(missing)}, not yet given")

    def _field(self, group: TomlTable) -> Iterator[CheckerRule]:
        for name, row in self._rows(group):
            if name not in self.company:
                raise group.error("rows", f"names {name}, which is no company field")
            yield self._rule(group, row, self.company[name], f"{name}_missing")

    def _question(self, group: TomlTable) -> Iterator[CheckerRule]:
        for name, row in self._rows(group):
            yield from self._answers(group, self._known(group, name), row)

    def _company_question(self, group: TomlTable) -> Iterator[CheckerRule]:
        yield from self._question(group)

    def _answers(self, group: TomlTable, question: Question, row: int) -> Iterator[CheckerRule]:
        self.first_rows[question.id] = row
        code = f"{question.topic}_answer_missing"
        params = {"question": question.id}
        if not question.per_mineral:
            address = f"{self.answer_column}{question.first_row}"
            yield replace(self._rule(group, row, address, code), params=params)
            return
        for index in self._indexes(question):
            address = f"{self.answer_column}{question.first_row + index}"
            rule = self._rule(group, row + index, address, code, index)
            yield replace(rule, params=params)

    def _url(self, group: TomlTable) -> Iterator[CheckerRule]:
        for name, row in self._rows(group):
            question = self._known(group, name)
            rule = self._rule(
                group, row, f"{self.comment_column}{question.first_row}", "policy_url_missing"
            )
            yield replace(
                rule, test="length_2", yes_of=self.first_rows[name], params={"question": name}
            )

    def _other_format(self, group: TomlTable) -> Iterator[CheckerRule]:
        for rule in self._question(group):
            question = self._known(group, rule.params["question"])
            yield replace(
                rule,
                test="other_format",
                accepted=group.texts("accepted"),
                described=group.text("described"),
                comment_cell=f"{self.sheet}!{self.comment_column}{question.first_row}",
            )

    def _hidden(self, group: TomlTable) -> Iterator[CheckerRule]:
        for address, row in self._rows(group):
            position(address)
            self.hidden_cells.append(address)
            yield self._rule(group, row, address, "hidden_answer_missing")

    def _minerals(self, group: TomlTable) -> Iterator[CheckerRule]:
        rule = self._rule(group, group.number("row"), self._first_slot(), "minerals_missing")
        yield replace(rule, test="minerals")

    def _other_minerals(self, group: TomlTable) -> Iterator[CheckerRule]:
        address = next(slot.other for slot in self.minerals.slots if slot.other)
        rule = self._rule(group, group.number("row"), address, "other_minerals_missing")
        yield replace(rule, test="other_texts", if_other=True)

    def _product(self, group: TomlTable) -> Iterator[CheckerRule]:
        rule = self._rule(group, group.number("row"), "", "product_list_missing")
        yield replace(
            rule, cell=self.tables.products.cell("number"), test="product", scope="product"
        )

    def _smelter(self, group: TomlTable) -> Iterator[CheckerRule]:
        for index in range(self.minerals.visible):
            row = group.number("row") + index
            rule = self._rule(group, row, "", "smelter_list_missing", index)
            yield replace(rule, cell=self.tables.smelters.cell("metal"), test="smelter")

    def _unlisted(self, group: TomlTable) -> Iterator[CheckerRule]:
        rule = self._rule(group, group.number("row"), "", "not_listed_details_missing")
        yield replace(
            rule, cell=self.tables.smelters.cell("name"), test="unlisted_details", if_unlisted=True
        )

    def _leftover(self, group: TomlTable) -> Iterator[CheckerRule]:
        rule = self._rule(group, group.number("row"), "", "leftover_row")
        yield replace(rule, cell=self.tables.smelters.cell("metal"), test="complete", flag="never")

    def _rule(
        self, group: TomlTable, row: int, address: str, code: str, index: int | None = None
    ) -> CheckerRule:
        return CheckerRule(
            row=row,
            cell=f"{self.sheet}!{address}",
            code=group.text("code", code),
            test=cast(Test, group.choice("test", TESTS, "filled")),
            never=group.flag("never", False),
            scope=cast(Scope, group.choice("scope", SCOPES, "")),
            mineral=index,
            if_mineral=index is not None and bool(self.minerals.slots),
            off=self._off(group, index),
            any_of=self._active(group),
            mask=tuple(self._row_of(group, name, index) for name in group.texts("mask", ())),
            flag=cast(Flag, group.choice("flag", FLAGS, "product")),
            flag_rows=group.numbers("flag_rows", ()),
            counted=group.flag("counted", True),
        )

    def _off(self, group: TomlTable, index: int | None) -> tuple[Off, ...]:
        if "off" not in group:
            return ()
        values = group.table("off")
        return tuple(
            Off(self._row_of(group, name, index), values.texts(name)) for name in values.values
        )

    def _row_of(self, group: TomlTable, name: str, index: int | None) -> int:
        """The Checker row of a question for the same mineral; a bare number is the row itself."""
        if name.isdigit():
            return int(name)
        if name not in self.first_rows:
            raise group.error("off", f"names {name}, whose rows are not yet given")
        return self.first_rows[name] + (index or 0)

    def _active(self, group: TomlTable) -> tuple[int, ...]:
        if "active" not in group:
            return group.numbers("active_rows", ())
        name = group.text("active")
        first = self._row_of(group, name, 0)
        return tuple(first + index for index in self._indexes(self._known(group, name)))

    def _indexes(self, question: Question) -> tuple[int, ...]:
        names = self.minerals.names
        if not names:
            return tuple(range(self.minerals.visible))
        return tuple(names.index(mineral) for mineral in question.minerals)

    def _known(self, group: TomlTable, name: str) -> Question:
        if name not in self.questions:
            raise group.error("rows", f"names {name}, which is no question")
        return self.questions[name]

    def _rows(self, group: TomlTable) -> Iterator[tuple[str, int]]:
        rows = group.table("rows")
        values: dict[str, Any] = rows.values
        for name in values:
            yield name, rows.number(name)

    def _first_slot(self) -> str:
        return self.minerals.slots[0].cell
