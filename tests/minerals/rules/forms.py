"""Complete invented declarations to bend in one place per test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from minerals.excel.layout_loader import load_layouts
from minerals.rules.consistency import Context, find_inconsistencies
from minerals.rules.declaration import (
    Answer,
    Declaration,
    Entry,
    Family,
    ProductRow,
    Raw,
    ResolvedSmelter,
    SmelterRow,
)
from minerals.rules.judgement import Finding
from minerals.rules.reference import ReferenceEntry, ReferenceList

TODAY = date(2026, 3, 1)
REFERENCE = ReferenceList(
    (
        ReferenceEntry(
            "CID900001", "Tin", "Bright Tin Works (demo)", "JAPAN", ("Bright Works", "亮锡厂")
        ),
        ReferenceEntry("CID900002", "Tin", "Second Hill Smelting (demo)", "BRAZIL"),
        ReferenceEntry("CID900003", "Gold", "Yellow Valley Refinery (demo)", "ITALY"),
        ReferenceEntry("CID900004", "Tantalum", "Quartz River Plant (demo)", "CHINA"),
        ReferenceEntry("CID900005", "Tungsten", "Heavy Stone Works (demo)", "VIET NAM"),
        ReferenceEntry("CID900008", "Tungsten", "Green Lake Works (demo)", "RWANDA"),
        ReferenceEntry("CID900006", "Gold", "Twin Name Refinery (demo)", "INDIA", ("Twin",)),
        ReferenceEntry("CID900007", "Gold", "Other Twin Refinery (demo)", "PERU", ("Twin",)),
    )
)
OPTIONS = {
    "Q1": ("Yes", "No"),
    "Q2": ("Yes", "No"),
    "Q3": ("Yes", "No", "Unknown"),
    "Q4": ("Yes", "No", "Unknown"),
    "Q5": ("Yes", "No", "Unknown"),
    "Q6": ("100%", "Greater than 90%", "Greater than 75%", "Greater than 50%", "50% or less",
           "None"),
    "Q7": ("Yes", "No"),
    "Q8": ("Yes", "No"),
    "A": ("Yes", "No"),
    "B": ("Yes", "No"),
    "C": ("Yes", "No"),
    "D": ("Yes", "No"),
    "E": ("Yes, in conformance with IPC1755 (e.g., CMRT)", "Yes, using other format (describe)",
          "No"),
    "F": ("Yes", "No"),
    "G": ("Yes", "No"),
    "H": ("Yes, with the SEC", "Yes, with the EU", "Yes, with the SEC and the EU", "No"),
}  # fmt: skip
_QUESTION_ROWS = {f"Q{number}": 20 + 6 * number for number in range(1, 9)}
_COMPANY_ROWS = dict(zip("ABCDEFGH", range(75, 91, 2), strict=True))
_COMPANY = {
    "company_name": ("D8", "Demo Assembly Ltd."),
    "scope": ("D9", "A. Company"),
    "contact_name": ("D15", "Ada Example"),
    "contact_email": ("D16", "ada@demo.example"),
    "contact_phone": ("D17", "+49 30 1234567"),
    "authorizer_name": ("D18", "Grace Example"),
    "authorizer_email": ("D20", "grace@demo.example"),
    "effective_date": ("D22", "2026-01-31"),
}
MINERALS = ("Tantalum", "Tin", "Gold", "Tungsten")
_ANSWERS = {"Q1": "Yes", "Q2": "Yes", "Q3": "No", "Q4": "No", "Q5": "No", "Q6": "100%",
            "Q7": "Yes", "Q8": "Yes"}  # fmt: skip
_COMPANY_ANSWERS = {"A": "Yes", "B": "Yes", "C": "Yes", "D": "Yes", "E": OPTIONS["E"][0],
                    "F": "Yes", "G": "Yes", "H": "No"}  # fmt: skip


def entry(cell: str, raw: Raw) -> Entry:
    """An input cell of the Declaration sheet; real dates are given as ISO texts there."""
    if raw is None:
        return Entry(f"Declaration!{cell}")
    kind = "boolean" if isinstance(raw, bool) else "number" if isinstance(raw, float) else "text"
    return Entry(f"Declaration!{cell}", raw, kind)  # type: ignore[arg-type]


def answer(question: str, mineral: str | None, row: int, raw: Raw, comment: Raw = None) -> Answer:
    value = entry(f"D{row}", raw)
    return Answer(question, mineral, value, entry(f"G{row}", comment), value.text)


def cmrt(**changes: object) -> Declaration:
    """A CMRT 6.5 without anything to find; ``changes`` replace whole fields."""
    company = {name: entry(cell, raw) for name, (cell, raw) in _COMPANY.items()}
    company["effective_date"] = replace(company["effective_date"], kind="date")
    answers = tuple(
        answer(question, mineral, row + offset, _ANSWERS[question])
        for question, row in _QUESTION_ROWS.items()
        for offset, mineral in enumerate(MINERALS)
    )
    company_answers = tuple(
        answer(
            letter,
            None,
            row,
            _COMPANY_ANSWERS[letter],
            "https://demo.example/policy" if letter == "B" else None,
        )
        for letter, row in _COMPANY_ROWS.items()
    )
    form = Declaration(
        family="CMRT",
        version="6.5",
        layout="cmrt_6.5",
        outdated=False,
        language="English",
        cached_values=True,
        company=company,
        minerals=MINERALS,
        answers=answers,
        company_answers=company_answers,
    )
    listed = with_rows(
        form,
        by_cid(5, "CID900004", "Tantalum"),
        by_cid(6, "CID900001", "Tin"),
        by_cid(7, "CID900003", "Gold"),
        by_cid(8, "CID900005", "Tungsten"),
    )
    return replace(listed, **changes)  # type: ignore[arg-type]


def small_form(
    family: Family, version: str, minerals: tuple[str, ...], values: dict[str, str], **more: object
) -> Declaration:
    """Another family: the same value for every mineral; letters are company questions."""
    per_mineral = [question for question in values if question.startswith("Q")]
    answers = tuple(
        answer(question, mineral, 100 + 10 * at + offset, values[question])
        for at, question in enumerate(per_mineral)
        for offset, mineral in enumerate(minerals)
    )
    company_answers = tuple(
        answer(letter, None, 300 + at, values[letter])
        for at, letter in enumerate(letter for letter in values if not letter.startswith("Q"))
    )
    changes = {
        "family": family,
        "version": version,
        "layout": f"{family.lower()}_{version}",
        "minerals": minerals,
        "answers": answers,
        "company_answers": company_answers,
        "smelters": (),
        "resolved": (),
    }
    return cmrt(**{**changes, **more})


def answered(
    form: Declaration, question: str, mineral: str | None, raw: Raw, comment: Raw = None
) -> Declaration:
    """The same form with one answer replaced."""

    def changed(item: Answer) -> Answer:
        if (item.question, item.mineral) != (question, mineral):
            return item
        row = int(item.entry.cell.partition("!D")[2])
        return answer(question, mineral, row, raw, item.comment.raw if comment is None else comment)

    return replace(
        form,
        answers=tuple(changed(item) for item in form.answers),
        company_answers=tuple(changed(item) for item in form.company_answers),
    )


def with_field(form: Declaration, name: str, raw: Raw, kind: str = "") -> Declaration:
    cell = form.company[name].cell if name in form.company else "Declaration!D10"
    new = entry(cell.partition("!")[2], raw)
    if kind:
        new = replace(new, kind=kind)  # type: ignore[arg-type]
    return replace(form, company={**form.company, name: new})


Row = tuple[SmelterRow, ResolvedSmelter]


def by_cid(row: int, cid: str, metal: str = "", **typed: str) -> Row:
    """A row filled by its ID alone, as the template resolves it from a look-up like REFERENCE."""
    found = REFERENCE.by_cid(cid)
    if found is None:
        unknown = ResolvedSmelter(row, metal, "", "", "", "", "", "", "", unknown_cid_input=True)
        return SmelterRow(row, cid_input=cid, metal=metal, **typed), unknown
    return (
        SmelterRow(row, cid_input=cid, metal=metal or found.metal, **typed),
        ResolvedSmelter(
            row,
            metal or found.metal,
            found.standard_name,
            found.cid,
            found.standard_name,
            typed.get("country", found.country),
            "",
            "",
            "RMI",
            lookup_row=5,
        ),
    )


def by_name(row: int, metal: str, name: str, **typed: str) -> Row:
    """A row with metal and name that the template's own look-up does not find."""
    return (
        SmelterRow(row, metal=metal, lookup=name, **typed),
        ResolvedSmelter(
            row, metal, name, typed.get("cid", ""), "", typed.get("country", ""), "", "", ""
        ),
    )


def not_listed(row: int, metal: str, name: str = "", country: str = "", **typed: str) -> Row:
    return (
        SmelterRow(
            row, metal=metal, lookup="Smelter not listed", name=name, country=country, **typed
        ),
        ResolvedSmelter(
            row, metal, "Smelter not listed", "", "", country, "", "", "", special="not_listed"
        ),
    )


def not_identified(row: int, metal: str) -> Row:
    text = "Smelter not yet identified"
    return (
        SmelterRow(row, metal=metal, lookup=text),
        ResolvedSmelter(row, metal, text, "", "", "", "", "", "", special="not_identified"),
    )


def with_rows(form: Declaration, *rows: Row) -> Declaration:
    """The same form with these smelter rows instead."""
    return replace(
        form, smelters=tuple(row for row, _ in rows), resolved=tuple(found for _, found in rows)
    )


def plus_rows(form: Declaration, *rows: Row) -> Declaration:
    pairs = zip(form.smelters, form.resolved, strict=True)
    return with_rows(form, *pairs, *rows)


def with_products(form: Declaration, *products: ProductRow) -> Declaration:
    return replace(form, products=products)


def context(name: str = "cmrt_6.5", **more: object) -> Context:
    known: dict[str, object] = {"today": TODAY, "reference": REFERENCE, "options": OPTIONS}
    family = name.partition("_")[0]
    layouts = load_layouts()
    form = layouts.get(name) or next(it for it in layouts.values() if it.name.startswith(family))
    return Context(**{**known, "tables": form.tables, **more})  # type: ignore[arg-type]


def findings(form: Declaration, **more: object) -> tuple[Finding, ...]:
    return find_inconsistencies(form, context(form.layout, **more))


def codes(form: Declaration, **more: object) -> list[tuple[str, str]]:
    """Code and cell of every finding, in order."""
    return [(item.code, item.cell) for item in findings(form, **more)]
