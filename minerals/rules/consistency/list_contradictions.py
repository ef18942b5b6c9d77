"""Answers against the smelter list: what is declared and what is listed must fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.consistency.roles import (
    Role,
    active_minerals,
    closing_answer,
    said,
    state_of,
    with_role,
)
from minerals.rules.consistency.rows import (
    SmelterSheet,
    SmelterView,
    is_recycled,
    origins_in,
)
from minerals.rules.declaration import Answer, Declaration
from minerals.rules.judgement import Finding
from minerals.rules.normalise import metal_key, normalised
from minerals.rules.placeholders import is_placeholder
from minerals.rules.words import COVERED_COUNTRIES

_COVERED = frozenset(normalised(country) for country in COVERED_COUNTRIES)


def list_contradiction_findings(
    declaration: Declaration, context: Context, sheet: SmelterSheet
) -> Iterator[Finding]:
    for mineral in declaration.minerals:
        yield from _undeclared(declaration, sheet, mineral)
    for mineral in active_minerals(declaration):
        yield from _no_smelter(declaration, sheet, mineral)
        yield from _rows_against(declaration, sheet, mineral)
        yield from _origins(declaration, context, sheet, mineral)
    yield from _outside_scope(declaration, sheet)


def _against(
    code: str, answer: Answer, views: list[SmelterView], field: str, **params: str
) -> Finding:
    return finding(
        code,
        answer.entry.cell,
        mineral=answer.mineral or "",
        question=answer.question,
        value=answer.entry.text,
        count=str(len(views)),
        other_cell=views[0].cell(field),
        **params,
    )


def _undeclared(declaration: Declaration, sheet: SmelterSheet, mineral: str) -> Iterator[Finding]:
    state, closing = state_of(declaration, mineral), closing_answer(declaration, mineral)
    views = list(sheet.of(mineral))
    if closing is not None and views and state in ("off", "undecided"):
        code = "smelter_of_undeclared_mineral" if state == "off" else "smelter_of_undecided_mineral"
        yield _against(code, closing, views, "metal")


def _no_smelter(declaration: Declaration, sheet: SmelterSheet, mineral: str) -> Iterator[Finding]:
    """Only for CRT, whose own Checker row practically never fires (formats.md 5.4)."""
    uses = with_role(declaration, "uses", mineral)
    if declaration.family == "CRT" and uses is not None and not any(sheet.of(mineral)):
        yield finding("declared_mineral_without_smelter", uses.entry.cell, mineral=mineral)


def _rows_against(declaration: Declaration, sheet: SmelterSheet, mineral: str) -> Iterator[Finding]:
    rules: tuple[tuple[str, Role, Callable[[str], bool], Callable[[SmelterView], bool], str], ...]
    rules = (
        ("recycled_with_mined_rows", "recycled", _is_yes, _is_mined, "mine_countries"),
        (
            "all_identified_with_unidentified_rows",
            "all_identified",
            _is_yes,
            lambda view: view.resolved.special == "not_identified",
            "lookup",
        ),
        ("share_none_with_smelters", "supplier_share", _is_none, lambda view: True, "lookup"),
    )
    for code, role, contradicts, concerns, field in rules:
        answer = with_role(declaration, role, mineral)
        views = [view for view in sheet.of(mineral) if concerns(view)]
        if answer is not None and views and contradicts(said(answer)):
            yield _against(code, answer, views, field)


def _is_yes(answer: str) -> bool:
    return answer == "yes"


def _is_none(answer: str) -> bool:
    return answer == "none"


def _is_mined(view: SmelterView) -> bool:
    """The row names a mine or an origin, or denies being recycled."""
    if normalised(view.row.recycled) == "no":
        return True
    texts = (view.row.mine_names, view.row.mine_countries)
    return any(_names_a_mine(text) for text in texts)


def _names_a_mine(text: str) -> bool:
    return bool(text.strip()) and not is_recycled(text) and not is_placeholder(text)


def _origins(
    declaration: Declaration, context: Context, sheet: SmelterSheet, mineral: str
) -> Iterator[Finding]:
    covered = with_role(declaration, "covered_countries", mineral)
    cahra = with_role(declaration, "cahra", mineral)
    high_risk = frozenset(normalised(country) for country in context.cahra_countries)
    named = list(_named_origins(declaration, context, sheet, mineral))
    if covered is not None and said(covered) == "no":
        yield from _denied("covered_no_with_covered_mine", covered, named, _COVERED)
        yield from _smelter_there(covered, sheet)
    if cahra is not None and said(cahra) == "no":
        yield from _denied("cahra_no_with_listed_mine", cahra, named, high_risk)


def _named_origins(
    declaration: Declaration, context: Context, sheet: SmelterSheet, mineral: str
) -> Iterator[tuple[str, str]]:
    """Cell and country of every origin that is given for the mineral."""
    for view in sheet.of(mineral):
        for country in origins_in(view.row.mine_countries):
            yield view.cell("mine_countries"), country
    for mine in declaration.mines:
        if metal_key(mine.metal) == metal_key(mineral) and mine.country.strip():
            yield context.tables.mines.cell("country", mine.row), mine.country.strip()


def _denied(
    code: str, answer: Answer, named: list[tuple[str, str]], countries: frozenset[str]
) -> Iterator[Finding]:
    for cell, country in named:
        if normalised(country) in countries:
            yield finding(
                code,
                answer.entry.cell,
                mineral=answer.mineral or "",
                question=answer.question,
                country=country,
                other_cell=cell,
            )
            return


def _smelter_there(answer: Answer, sheet: SmelterSheet) -> Iterator[Finding]:
    for view in sheet.of(answer.mineral or ""):
        if normalised(view.country) in _COVERED:
            yield finding(
                "smelter_in_covered_country",
                answer.entry.cell,
                mineral=answer.mineral or "",
                question=answer.question,
                name=view.display_name,
                country=view.country,
                other_cell=view.cell("country"),
            )
            return


def _outside_scope(declaration: Declaration, sheet: SmelterSheet) -> Iterator[Finding]:
    known = {metal_key(mineral) for mineral in declaration.minerals}
    for view in sheet.views:
        if known and view.metal and metal_key(view.metal) not in known:
            yield finding("smelter_metal_not_in_scope", view.cell("metal"), metal=view.metal)
