"""Reads ``layouts/*.toml`` into ``Layout`` records, once per process.

A file may name a base with ``extends``; tables are merged, everything else is replaced. Files that
begin with an underscore are bases only. A new version of a form is a new file here.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

from minerals.excel.checker_loader import load_checker
from minerals.excel.errors import LayoutError
from minerals.excel.layout import (
    COMPANY_FIELDS,
    Layout,
    Marker,
    MineralScheme,
    Question,
    Slot,
)
from minerals.excel.toml_table import TomlTable
from minerals.rules.completeness_spec import CheckerSpec
from minerals.rules.declaration import Family
from minerals.rules.tables import Table, Tables
from minerals.rules.template_lookup import ResolutionVariant

LAYOUT_FOLDER = Path(__file__).parent / "layouts"
_FAMILIES = ("CMRT", "EMRT", "AMRT", "CRT")
_TOP_KEYS = (
    "extends", "family", "version", "outdated", "sheets", "markers", "revision", "declaration",
    "company", "minerals", "questions", "company_questions", "smelters", "lookup", "products",
    "mines", "minerals_scope", "resolution", "checker",
)  # fmt: skip


@cache
def load_layouts(folder: Path = LAYOUT_FOLDER) -> dict[str, Layout]:
    """Every layout by name (``cmrt_6.5``). Raises LayoutError naming the file and the key."""
    sources = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    if not sources:
        raise LayoutError(f"{folder}: holds no layout")
    return {
        name: build_layout(name, _merged(name, sources, ()))
        for name in sources
        if not name.startswith("_")
    }


def layout(name: str) -> Layout:
    """One layout by name; KeyError when there is none."""
    return load_layouts()[name]


def build_layout(name: str, values: dict[str, Any]) -> Layout:
    top = TomlTable(values, f"{name}.toml")
    top.only(*_TOP_KEYS)
    declaration = top.table("declaration")
    minerals = _minerals(top)
    questions = tuple(_question(item, minerals) for item in top.tables("questions"))
    company_questions = tuple(_question(item, minerals) for item in top.tables("company_questions"))
    company = _company(top.table("company"))
    answer_column = declaration.column("answer_column")
    comment_column = declaration.column("comment_column")
    outdated = top.flag("outdated", False)
    checker: CheckerSpec | None = None
    cells: tuple[str, ...] = ()
    if not outdated:
        checker, cells = load_checker(
            top.table("checker"),
            company,
            minerals,
            questions,
            company_questions,
            answer_column,
            comment_column,
            top.table("sheets").text("declaration"),
            Tables(_list(top, "smelters") or Table(), _list(top, "products") or Table()),
        )
    return Layout(
        name=name,
        family=cast(Family, top.choice("family", _FAMILIES, "")),
        version=top.text("version"),
        outdated=outdated,
        sheets=_sheets(top.table("sheets")),
        markers=tuple(_marker(item) for item in top.tables("markers")),
        revision_cells=top.table("revision").cells("cells"),
        language_cell=declaration.address("language"),
        name_label_cell=declaration.address("name_label"),
        answer_column=answer_column,
        comment_column=comment_column,
        company=company,
        minerals=minerals,
        questions=questions,
        company_questions=company_questions,
        resolution=_resolution(top.table("resolution"), top.table("smelters")),
        smelters=_list(top, "smelters"),
        lookup=_list(top, "lookup"),
        products=_list(top, "products"),
        mines=_list(top, "mines"),
        minerals_scope=_list(top, "minerals_scope"),
        checker=checker,
        checker_cells=cells,
    )


def _merged(name: str, sources: dict[str, Path], seen: tuple[str, ...]) -> dict[str, Any]:
    if name in seen:
        raise LayoutError(f"{name}.toml: extends runs in a circle")
    values = tomllib.loads(sources[name].read_text("utf-8"))
    base = values.get("extends")
    if base is None:
        return values
    if base not in sources:
        raise LayoutError(f"{name}.toml: extends names {base!r}, which does not exist")
    return _overlay(_merged(base, sources, (*seen, name)), values)


def _overlay(base: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in values.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = _overlay(below, value)
        else:
            merged[key] = value
    return merged


def _sheets(table: TomlTable) -> dict[str, str]:
    table.only(
        "declaration", "smelters", "lookup", "products", "checker", "mines", "minerals_scope"
    )
    return {key: table.text(key) for key in table.values if table.text(key)}


def _marker(table: TomlTable) -> Marker:
    table.only("cell", "text", "optional")
    return Marker(table.cell("cell"), table.text("text"), table.flag("optional", False))


def _company(table: TomlTable) -> dict[str, str]:
    table.only(*COMPANY_FIELDS)
    return {key: table.address(key) for key in COMPANY_FIELDS if table.text(key, "")}


def _minerals(top: TomlTable) -> MineralScheme:
    table = top.table("minerals")
    table.only("names", "slots", "sorted_cells", "visible", "presets")
    names = table.texts("names", ())
    slots = tuple(_slot(item) for item in table.tables("slots"))
    if bool(names) == bool(slots):
        raise table.error("names", "or slots must be given, not both")
    return MineralScheme(
        names=names,
        slots=slots,
        sorted_cells=table.texts("sorted_cells", ()),
        visible=table.number("visible", len(names) or len(slots)),
        presets=table.texts("presets", ()),
    )


def _slot(table: TomlTable) -> Slot:
    table.only("cell", "replaced", "other")
    return Slot(table.address("cell"), table.text("replaced", ""), table.text("other", ""))


def _question(table: TomlTable, scheme: MineralScheme) -> Question:
    table.only("id", "topic", "row", "first_row", "options", "minerals", "options_by_mineral")
    per_mineral = "first_row" in table
    minerals = table.texts("minerals", scheme.names if per_mineral else ())
    if unknown := set(minerals) - set(scheme.names):
        raise table.error("minerals", f"names {sorted(unknown)}, not minerals of this form")
    by_mineral: dict[str, tuple[str, ...]] = {}
    if "options_by_mineral" in table:
        lists = table.table("options_by_mineral")
        by_mineral = {mineral: lists.texts(mineral) for mineral in lists.values}
    return Question(
        id=table.text("id"),
        topic=table.text("topic"),
        first_row=table.number("first_row" if per_mineral else "row"),
        options=table.texts("options"),
        per_mineral=per_mineral,
        minerals=minerals,
        options_by_mineral=by_mineral,
    )


def _resolution(table: TomlTable, smelters: TomlTable) -> ResolutionVariant:
    table.only(
        "uses_lookup", "special_by_name", "unlisted_source", "unlisted_hit_source", "keyless_rows"
    )
    return ResolutionVariant(
        uses_lookup=table.flag("uses_lookup"),
        special_by_name=table.flag("special_by_name"),
        unlisted_source=table.text("unlisted_source"),
        unlisted_hit_source=table.text("unlisted_hit_source"),
        keyless_rows=frozenset(table.numbers("keyless_rows")),
        last_row=smelters.number("last_row"),
    )


def _list(top: TomlTable, key: str) -> Table | None:
    sheets = top.table("sheets")
    if key not in sheets or not sheets.text(key):
        return None
    table = top.table(key)
    table.only("first_row", "last_row", "columns")
    columns = table.table("columns")
    return Table(
        sheet=sheets.text(key),
        first_row=table.number("first_row"),
        columns={name: columns.column(name) for name in columns.values if columns.text(name)},
        last_row=table.number("last_row", 1_048_576),
    )
