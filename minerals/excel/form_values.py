"""What was answered in a web form as values for the input cells of an official template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minerals.excel.filling import Value
from minerals.excel.layout import Layout
from minerals.rules.reference import ReferenceList
from minerals.rules.template_lookup import NOT_LISTED, TemplateLookup, special_text

# Day 0 of Excel's calendar; right for every day after February 1900.
# So many rows below the filled ones are emptied of what a copy of the form may still hold.
LEFTOVERS = 20
EPOCH = dt.date(1899, 12, 30)
SMELTER_FIELDS = (
    "cid", "metal", "name", "country", "city", "state", "mine_names", "mine_countries", "recycled",
    "comments",
)  # fmt: skip
PRODUCT_FIELDS = ("number", "name", "comments")
MORE = ("mine_names", "mine_countries", "recycled", "comments")
USER_DEFINED = "C. User defined [Specify in 'Description of scope']"


@dataclass(frozen=True, slots=True)
class FilledForm:
    """``company`` by field of the layout; ``answers`` and ``comments`` by question and mineral
    (None for questions about the company); rows of the lists by ``SMELTER_FIELDS`` and
    ``PRODUCT_FIELDS``."""

    company: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[tuple[str, str | None], str] = field(default_factory=dict)
    comments: Mapping[tuple[str, str | None], str] = field(default_factory=dict)
    smelters: Sequence[Mapping[str, str]] = ()
    products: Sequence[Mapping[str, str]] = ()


def can_be_filled(form: Layout) -> bool:
    """Forms with fixed minerals; in the others the supplier chooses the minerals first."""
    return bool(form.minerals.names) and form.smelters is not None and not form.outdated


def scopes_of(form: Layout) -> tuple[str, ...]:
    checker = form.checker
    return (checker.scope_company, checker.scope_product, USER_DEFINED) if checker else ()


def cell_values(
    form: Layout,
    filled: FilledForm,
    lookup: TemplateLookup,
    aliases: ReferenceList | None = None,
) -> dict[str, Value]:
    """By cell; None for input cells without an answer, which copies of the form may hold leftovers
    in. Rows that say nothing are left out, the others follow each other.

    ``lookup``: of this template. ``aliases``: further names; what they identify is written by its
    ID where the template knows that.
    """
    values: dict[str, Value] = dict.fromkeys(_input_cells(form, len(filled.smelters)))
    for name, text in filled.company.items():
        address = form.company.get(name, "")
        if text.strip() and address:
            values[f"Declaration!{address}"] = _date(text) if name == "effective_date" else text
    _put_answers(values, form, form.answer_column, filled.answers)
    _put_answers(values, form, form.comment_column, filled.comments)
    _put_products(values, form, filled.products)
    _put_smelters(values, form, filled.smelters, lookup, aliases)
    return values


def _input_cells(form: Layout, rows: int) -> Iterator[str]:
    for address in form.company.values():
        if address:
            yield f"Declaration!{address}"
    for question in (*form.questions, *form.company_questions):
        for offset in range(len(form.minerals.names) if question.per_mineral else 1):
            for column in (form.answer_column, form.comment_column):
                yield f"Declaration!{column}{question.first_row + offset}"
    for table in (form.smelters, form.products):
        if table is None:
            continue
        last = min(table.last_row, table.first_row + rows + LEFTOVERS)
        for number in range(table.first_row, last + 1):
            yield from (table.cell(name, number) for name in table.columns)


def _date(text: str) -> Value:
    """The day as Excel counts it; anything else as it is written, for the rules to find."""
    try:
        return (dt.date.fromisoformat(text.strip()) - EPOCH).days
    except ValueError:
        return text


def _put_answers(
    values: dict[str, Value],
    form: Layout,
    column: str,
    given: Mapping[tuple[str, str | None], str],
) -> None:
    names = list(form.minerals.names)
    for (number, mineral), text in given.items():
        question = form.question(number)
        if question is None or not text.strip() or (mineral and mineral not in names):
            continue
        row = question.first_row + (names.index(mineral) if mineral else 0)
        values[f"Declaration!{column}{row}"] = text


def _put_products(
    values: dict[str, Value], form: Layout, rows: Sequence[Mapping[str, str]]
) -> None:
    table = form.products
    if table is None:
        return
    number = table.first_row
    for row in rows:
        told = {name: row[name] for name in PRODUCT_FIELDS if row.get(name, "").strip()}
        for name, text in told.items():
            if name in table.columns:
                values[table.cell(name, number)] = text
        number += bool(told)


def _put_smelters(
    values: dict[str, Value],
    form: Layout,
    rows: Sequence[Mapping[str, str]],
    lookup: TemplateLookup,
    aliases: ReferenceList | None,
) -> None:
    table = form.smelters
    assert table is not None
    number = table.first_row
    for row in rows:
        if not any(row.get(name, "").strip() for name in SMELTER_FIELDS):
            continue
        told = _identified(row, lookup, aliases)
        told |= {name: row[name] for name in MORE if row.get(name, "").strip()}
        for name, text in told.items():
            if name in table.columns and number <= table.last_row:
                values[table.cell(name, number)] = text
        number += 1


def _identified(
    row: Mapping[str, str], lookup: TemplateLookup, aliases: ReferenceList | None
) -> dict[str, str]:
    """The way the form's own instructions enter a smelter: by its ID; by metal and a name of the
    look-up; or as one that is not listed, with name and country."""
    cid, metal, name = (row.get(key, "").strip() for key in ("cid", "metal", "name"))
    if cid and lookup.by_cid(cid) is not None:
        return {"cid_input": cid}
    if metal and name and (special_text(name) or lookup.by_key(metal + name) is not None):
        return {"metal": metal, "lookup": name}
    known = aliases.by_name(metal, name) if aliases and metal and name else ()
    if len(known) == 1 and lookup.by_cid(known[0].cid) is not None:
        return {"cid_input": known[0].cid}
    typed = {"metal": metal, "name": name, "cid": cid}
    typed |= {key: row.get(key, "").strip() for key in ("country", "city", "state")}
    if name:
        typed["lookup"] = NOT_LISTED
    return {key: text for key, text in typed.items() if text}
