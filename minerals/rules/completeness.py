"""The official Checker's answer, row by row (formats.md 5; read from the templates' formulas).

The rows come as data (``CheckerSpec``); the evaluation below mirrors columns F, G and H of the
Checker sheet, oddities included: blanks are answers, the number 0 is not, texts are compared
without regard to case but with their blanks.
"""

from __future__ import annotations

from minerals.rules.completeness_smelters import SmelterView
from minerals.rules.completeness_spec import CheckerRule, CheckerSpec
from minerals.rules.declaration import Declaration, Entry
from minerals.rules.judgement import CheckerRow, OpenItem
from minerals.rules.spreadsheet_text import displayed_length, same_text

_YES = "Yes"


def checker_rows(declaration: Declaration, spec: CheckerSpec | None) -> tuple[CheckerRow, ...]:
    """Every row of the Checker sheet in order; empty for the outdated templates without one."""
    if spec is None or declaration.outdated:
        return ()
    return _Checker(declaration, spec).rows()


def open_items(declaration: Declaration, spec: CheckerSpec | None) -> tuple[OpenItem, ...]:
    """The rows the Checker shows in red, with the cell to go to."""
    return tuple(
        OpenItem(row.row, row.cell, row.code, row.counted, row.params)
        for row in checker_rows(declaration, spec)
        if row.flagged
    )


def required_remaining(declaration: Declaration, spec: CheckerSpec | None) -> int:
    """The Checker's total: our own sum where the official one is ``#N/A``."""
    return sum(item.counted for item in open_items(declaration, spec))


class _Checker:
    def __init__(self, declaration: Declaration, spec: CheckerSpec) -> None:
        self.declaration = declaration
        self.spec = spec
        self.cells = _cells(declaration)
        self.smelters = SmelterView(declaration, spec)
        self.shown: dict[int, Entry] = {}
        self.necessary: dict[int, bool] = {}
        self.flagged: dict[int, bool] = {}

    def rows(self) -> tuple[CheckerRow, ...]:
        for rule in self.spec.rules:
            self.shown[rule.row] = self._shown(rule)
        rows = [self._row(rule) for rule in self.spec.rules]
        return tuple(sorted(rows, key=lambda item: item.row))

    def _row(self, rule: CheckerRule) -> CheckerRow:
        necessary = self.necessary[rule.row] = self._is_necessary(rule)
        incomplete = self._is_incomplete(rule)
        flagged = self.flagged[rule.row] = self._is_flagged(rule, necessary, incomplete)
        cell = rule.cell
        if rule.test == "unlisted_details":
            cell = self.smelters.first_missing_detail() or cell
        return CheckerRow(
            rule.row,
            cell,
            rule.code,
            necessary,
            incomplete,
            flagged,
            rule.counted,
            self._params(rule),
        )

    def _shown(self, rule: CheckerRule) -> Entry:
        """Column B: the mirrored cell, empty while a row it depends on does not show Yes."""
        if all(same_text(_text(self.shown[row]), _YES) for row in rule.mask):
            return self.cells.get(rule.cell, Entry(rule.cell))
        return Entry(rule.cell)

    def _is_necessary(self, rule: CheckerRule) -> bool:
        return (
            not rule.never
            and self._scope_asks(rule)
            and (not rule.if_mineral or self._mineral(rule) != "")
            and not any(self._shows(off.row, *off.values) for off in rule.off)
            and (not rule.any_of or any(self.necessary[row] for row in rule.any_of))
            and (rule.yes_of is None or self._shows(rule.yes_of, _YES))
            and (not rule.if_unlisted or self.smelters.has_unlisted())
            and (not rule.if_other or self._other_slots() > 0)
        )

    def _is_incomplete(self, rule: CheckerRule) -> bool:
        shown = self.shown[rule.row]
        match rule.test:
            case "filled":
                return shown.missing
            case "at_sign":
                return "@" not in _text(shown)
            case "length_2":
                return displayed_length(shown) < 2
            case "other_format":
                return self._format_missing(rule, shown)
            case "minerals":
                return not self.declaration.minerals
            case "other_texts":
                return self._other_slots() != self._other_texts()
            case "product":
                return not any(
                    item.row == self.spec.tables.products.first_row and item.number
                    for item in self.declaration.products
                )
            case "smelter":
                return not self.smelters.names_smelter_of(self._mineral(rule))
            case "unlisted_details":
                return self.smelters.first_missing_detail() is not None
            case "complete":
                return False

    def _is_flagged(self, rule: CheckerRule, necessary: bool, incomplete: bool) -> bool:
        match rule.flag:
            case "product":
                return necessary and incomplete
            case "incomplete_with_mineral":
                return incomplete and self._mineral(rule) != ""
            case "first_answer_open":
                return self._first_answer_open(rule)
            case "never":
                return False

    def _first_answer_open(self, rule: CheckerRule) -> bool:
        """CRT 2.2 Checker row 57: fires only while question 1 is open and an answer says Yes."""
        return (
            self.flagged[rule.flag_rows[0]]
            and any(self._shows(row, _YES) for row in rule.flag_rows)
            and not self.smelters.has_metal(self._mineral(rule))
        )

    def _scope_asks(self, rule: CheckerRule) -> bool:
        if not rule.scope:
            return True
        scope = self.declaration.company.get("scope", Entry(""))
        if rule.scope == "product":
            return same_text(_text(scope), self.spec.scope_product)
        known = (self.spec.scope_company, self.spec.scope_product)
        return not scope.missing and not any(same_text(_text(scope), item) for item in known)

    def _format_missing(self, rule: CheckerRule, shown: Entry) -> bool:
        if any(same_text(_text(shown), item) for item in rule.accepted):
            return False
        if same_text(_text(shown), rule.described):
            return self.cells.get(rule.comment_cell, Entry(rule.comment_cell)).missing
        return True

    def _shows(self, row: int, *values: str) -> bool:
        text = _text(self.shown[row])
        return any(same_text(text, value) for value in values)

    def _mineral(self, rule: CheckerRule) -> str:
        minerals = self.declaration.minerals
        if rule.mineral is None or rule.mineral >= len(minerals):
            return ""
        return minerals[rule.mineral]

    def _other_slots(self) -> int:
        slots = self.declaration.mineral_slots
        return sum(same_text(_text(entry), self.spec.other_mineral) for entry in slots)

    def _other_texts(self) -> int:
        return sum(entry.kind == "text" for entry in self.declaration.other_minerals)

    def _params(self, rule: CheckerRule) -> dict[str, str]:
        mineral = self._mineral(rule)
        return {**rule.params, "mineral": mineral} if mineral else rule.params


def _text(entry: Entry) -> str:
    """The text the formulas compare: not trimmed, nothing for numbers and empty cells."""
    return entry.raw if isinstance(entry.raw, str) and entry.kind == "text" else ""


def _cells(declaration: Declaration) -> dict[str, Entry]:
    cells = {entry.cell: entry for entry in declaration.company.values()}
    cells.update({entry.cell: entry for entry in declaration.checker_cells})
    for group in (declaration.answers, declaration.company_answers, declaration.orphan_answers):
        for answer in group:
            cells[answer.entry.cell] = answer.entry
            cells[answer.comment.cell] = answer.comment
    return cells
