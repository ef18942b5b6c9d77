"""Which form, which version, which layout (formats.md 1.2): by typed constants, never by labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from minerals.excel.addresses import join_cell, position, split_cell
from minerals.excel.blank_cells import has_formula
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.grid import Book, Grid
from minerals.excel.layout import Layout, Marker
from minerals.excel.layout_loader import load_layouts
from minerals.rules.declaration import Family, Note
from minerals.rules.releases import version_key

_REVISION = re.compile(r"(?:Revision|Version)\s+(\d+(?:\.\d+[a-z]?)?)", re.IGNORECASE)
_FIRST_REVISION = re.compile(r"\s*1\.\s+\w+ \d")  # CMRT 1.00 writes "1.   July ..." beside I3
_FAMILY_IN_TITLE = re.compile(r"[(（]\s*(CMRT|EMRT|AMRT|CRT)\s*[)）]")
_TITLES: tuple[tuple[str, Family], ...] = (
    ("conflict mineral", "CMRT"),
    ("extended mineral", "EMRT"),
    ("additional mineral", "AMRT"),
    ("cobalt", "CRT"),
)
_KNOWN_SHEETS = frozenset(
    {
        "revision", "instructions", "definitions", "declaration", "smelter list", "checker",
        "product list", "smelter look-up", "mine list", "minerals scope",
        "standard smelter names", "smelter and mine list",
    }
)  # fmt: skip
_3TG = frozenset({"tantalum", "tin", "tungsten", "gold"})
_CHECKER_HEADING = "necessary?"
_SEARCH_ROWS = 400
_SEARCH_COLUMNS = 60
_ANSWERS = 3  # column D, where suppliers choose the same texts


@dataclass(frozen=True, slots=True)
class Recognition:
    layout: Layout
    version: str
    outdated: bool
    notes: tuple[Note, ...]


def recognise(book: Book) -> Recognition:
    """The layout that fits ``book``; UnreadableWorkbook says why none does."""
    _require_rmi_sheets(book)
    declaration = book.sheet("Declaration")
    family = _family(book, declaration)
    version = _version(book)
    if family is None:
        code = "template_version_unknown" if version else "not_an_rmi_template"
        raise UnreadableWorkbook(code, {"version": version} if version else {})
    if not version:
        return _without_version(book, family)
    layout, notes = _choose(book, family, version)
    _require_sheets(book, layout)
    notes += _check_markers(book, layout)
    outdated = layout.outdated or version_key(version) < _oldest_current(family)
    return Recognition(layout, _told_apart(book, family, version), outdated, tuple(notes))


def _told_apart(book: Book, family: Family, version: str) -> str:
    """CRT 2.21 calls itself 2.2; it has the formulas that 2.2 had lost above row 212.

    formats.md 1.2: otherwise both are one layout.
    """
    if family == "CRT" and version == "2.2" and has_formula(book.path, "Smelter List", "B211"):
        return "2.21"
    return version


def _require_rmi_sheets(book: Book) -> None:
    known = sum(name.strip().lower() in _KNOWN_SHEETS for name in book.names)
    if not book.has("Declaration"):
        if known >= 3:
            raise UnreadableWorkbook("sheet_missing", {"sheet": "Declaration"})
        raise UnreadableWorkbook("not_an_rmi_template")
    if known < 2:
        raise UnreadableWorkbook("not_an_rmi_template")


def _family(book: Book, declaration: Grid) -> Family | None:
    if book.has("Minerals Scope"):
        return "AMRT"
    if book.has("Mine List"):
        return _with_mine_list(book)
    return _family_of_smelter_list(book) or _family_of_title(book, declaration)


def _with_mine_list(book: Book) -> Family:
    """EMRT 2.x; an AMRT whose Minerals Scope sheet is gone shows by its version number."""
    version = _version(book)
    if (
        version
        and version_key(version) < version_key("2.0")
        and _exact("AMRT", version) is not None
    ):
        raise UnreadableWorkbook("sheet_missing", {"sheet": "Minerals Scope"})
    return "EMRT"


def _family_of_smelter_list(book: Book) -> Family | None:
    if book.has("Smelter and Mine List"):
        return "CMRT"
    if not book.has("Smelter List"):
        return None
    grid = book.sheet("Smelter List")
    row = {grid.at(2, column).strip().lower() for column in range(12, 40) if _is_text(grid, column)}
    if row >= _3TG:
        return "CMRT"
    if "cobalt" in row:
        return "EMRT" if "mica" in row else "CRT"
    return None


def _is_text(grid: Grid, column: int) -> bool:
    return isinstance(grid.at(2, column), str)


def _family_of_title(book: Book, declaration: Grid) -> Family | None:
    titles = [declaration.text("D2")]
    if not titles[0] and book.has("L"):
        titles.append(_english_title(book.sheet("L")))
    for title in titles:
        if found := _FAMILY_IN_TITLE.search(title):
            return cast(Family, found[1])
    heading = book.sheet("Revision").text("B3").lower() if book.has("Revision") else ""
    for beginning, family in _TITLES:
        if heading.startswith(beginning):
            return family
    return None


def _english_title(labels: Grid) -> str:
    for row in labels.rows:
        if len(row) > 3 and row[1] == "Declaration" and row[2] == "D2":
            return str(row[3])
    return ""


def _version(book: Book) -> str:
    """The revision the file names, ``""`` when it is nowhere to be found."""
    cells = ("Declaration!J3", "Smelter List!Q3", "Smelter List!O3", "Mine List!M3")
    for cell in cells:
        sheet, address = split_cell(cell)
        if book.has(sheet) and (found := _REVISION.search(book.sheet(sheet).text(address))):
            return found[1].lower()
    declaration = book.sheet("Declaration")
    if _FIRST_REVISION.match(declaration.text("J3")) and declaration.text("I3"):
        return "1.00"
    return _version_of_instructions(book)


def _version_of_instructions(book: Book) -> str:
    """The last text of column A of the instructions repeats the revision."""
    if not book.has("Instructions"):
        return ""
    texts = [row[0] for row in book.sheet("Instructions").rows if row and isinstance(row[0], str)]
    for text in reversed([text for text in texts if text.strip()][-3:]):
        if found := _REVISION.search(text):
            return found[1].lower()
    return ""


def _layouts_of(family: Family) -> list[Layout]:
    """The layouts of a family, oldest first."""
    found = [item for item in load_layouts().values() if item.family == family]
    return sorted(found, key=lambda item: version_key(item.version))


def _exact(family: Family, version: str) -> Layout | None:
    return next(
        (it for it in _layouts_of(family) if version_key(it.version) == version_key(version)), None
    )


def _oldest_current(family: Family) -> tuple[int, int, int, str]:
    return min(version_key(item.version) for item in _layouts_of(family) if not item.outdated)


def _choose(book: Book, family: Family, version: str) -> tuple[Layout, list[Note]]:
    exact = _exact(family, version)
    if exact is not None:
        return exact, []
    layouts = _layouts_of(family)
    newest = layouts[-1]
    if version_key(version) > version_key(newest.version):
        _require_checker(book, version)
        return newest, [_version_note("template_version_newer", version, newest)]
    below = [item for item in layouts if version_key(item.version) <= version_key(version)]
    chosen = below[-1] if below else layouts[0]
    following = next(item for item in layouts if not item.outdated)
    if chosen.outdated and _fits(book, following):
        chosen = following
    note = _version_note("template_version_nearest", version, chosen)
    return chosen, [] if chosen.outdated else [note]


def _require_checker(book: Book, version: str) -> None:
    if not book.has("Checker") or book.sheet("Checker").text("F3") != _CHECKER_HEADING:
        raise UnreadableWorkbook("template_version_unknown", {"version": version})


def _without_version(book: Book, family: Family) -> Recognition:
    """No revision anywhere: the newest layout whose constants all stand where they should."""
    for layout in reversed(_layouts_of(family)):
        if not layout.outdated and _fits(book, layout):
            note = _version_note("template_version_unstated", "", layout)
            return Recognition(layout, layout.version, False, (note,))
    raise UnreadableWorkbook("template_version_unknown", {"version": ""})


def _version_note(code: str, version: str, layout: Layout) -> Note:
    return Note(code, layout.revision_cells[0], {"version": version, "known": layout.version})


def _required(layout: Layout) -> Iterable[str]:
    return (name for key, name in layout.sheets.items() if key != "checker")


def _require_sheets(book: Book, layout: Layout) -> None:
    for name in _required(layout):
        if not book.has(name) and not layout.outdated:
            raise UnreadableWorkbook("sheet_missing", {"sheet": name})


def _fits(book: Book, layout: Layout) -> bool:
    return all(book.has(name) for name in _required(layout)) and all(
        _stands(book, marker) for marker in layout.markers if not marker.optional
    )


def _stands(book: Book, marker: Marker) -> bool:
    sheet, address = split_cell(marker.cell)
    return book.has(sheet) and book.sheet(sheet).text(address).lower() == marker.text.lower()


def _check_markers(book: Book, layout: Layout) -> list[Note]:
    """Constants that do not stand where they belong mean that rows or columns have moved."""
    for marker in layout.markers:
        if _stands(book, marker):
            continue
        sheet, address = split_cell(marker.cell)
        elsewhere = _find(book.sheet(sheet), marker.text, address) if book.has(sheet) else ""
        if marker.optional and not elsewhere:
            continue
        params = {"cell": marker.cell, "found": elsewhere}
        if not layout.outdated:
            raise UnreadableWorkbook("columns_shifted", params)
        return [Note("columns_shifted", marker.cell, params)]
    return []


def _find(grid: Grid, text: str, expected: str) -> str:
    """The cell near ``expected`` that holds ``text``, ``""`` for none; an answer is no marker."""
    row, column = position(expected)
    wanted = text.lower()
    candidates = [
        (abs(r - row) + abs(c - column), r, c)
        for r in range(max(0, row - 30), min(len(grid.rows), row + 30, _SEARCH_ROWS))
        for c in range(max(0, column - 12), min(len(grid.rows[r]), column + 12, _SEARCH_COLUMNS))
        if c != _ANSWERS and _says(grid.rows[r][c], wanted)
    ]
    return join_cell(grid.name, *min(candidates)[1:]) if candidates else ""


def _says(value: object, wanted: str) -> bool:
    return isinstance(value, str) and value.strip().lower() == wanted
