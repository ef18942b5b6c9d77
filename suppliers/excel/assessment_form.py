"""The investigation form as a workbook: written for one reader, read back from outside.

The first sheet holds the questions. Column A is hidden: its first cell is the mark
``assessment:12:7`` (number and revision of the form), then the code of each question; the last
column, hidden too, is the version of the answer that was downloaded. Nothing else is read by
position: the headings may be in any language, the order of the rows does not matter.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets.safe import set_value
from core.spreadsheets.table import sheet_title
from suppliers.excel.row_reader import FORMULA

SECONDS = 20
ROOT = Path(__file__).resolve().parents[2]
HEADING_ROW = 4
CODE, AREA, QUESTION, ANSWER, COMMENT, VERSION = range(1, 7)
WIDTHS = {CODE: 10, AREA: 20, QUESTION: 70, ANSWER: 18, COMMENT: 50, VERSION: 10}
MARK = re.compile(r"assessment:(\d{1,18}):(\d{1,9})")
# What people write for a grade, beside the words of the drop-down. Lower case.
GRADE_WORDS = {
    "yes": ("yes", "y", "是", "符合", "true"),
    "partly": ("partly", "partial", "partially", "部分", "部分符合"),
    "no": ("no", "n", "否", "不符合", "false"),
    "na": ("not applicable", "n/a", "na", "不适用"),
}
_BY_WORD = {word: grade for grade, words in GRADE_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A question as the sheet shows it. ``graded``: answered from the list; ``answer`` is the
    word of the list, or the text. ``help`` becomes a note at the cell."""

    code: str
    area: str
    question: str
    help: str
    graded: bool
    answer: str
    comment: str
    version: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """All words in the reader's language. ``headings``: area, question, answer, comment."""

    assessment_id: int
    revision: int
    title: str
    heading: str
    guidance: str
    headings: tuple[str, str, str, str]
    grades: Mapping[str, str]
    rows: Sequence[FormRow]
    author: str
    wrong_answer: str


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One row as it was filled in. ``row`` counts from 1, as the spreadsheet shows it."""

    row: int
    code: str
    answer: str
    comment: str
    version: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """``assessment_id`` None: the sheet carries no mark and is no form of ours."""

    assessment_id: int | None
    revision: int
    answers: tuple[ReadAnswer, ...]
    missing_columns: tuple[str, ...] = ()


class UnreadableForm(Exception):
    """The file did not open as a workbook, or reading it took too much."""


def write_form(target: IO[bytes] | Path, sheet: FormSheet) -> None:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet_title(sheet.title)
    _write_head(page, sheet)
    for number, row in enumerate(sheet.rows, start=HEADING_ROW + 1):
        _write_row(page, number, row, sheet.author)
    _offer_grades(page, sheet)
    page.freeze_panes = f"{_letter(ANSWER)}{HEADING_ROW + 1}"
    for column, width in WIDTHS.items():
        page.column_dimensions[_letter(column)].width = width
    page.column_dimensions[_letter(CODE)].hidden = True
    page.column_dimensions[_letter(VERSION)].hidden = True
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    book.save(target)


def read_rows(path: Path) -> list[list[str]]:
    """The first sheet as text, read apart from us; ``FORMULA`` for a cell with a formula.

    Raises UnreadableForm. The caller has let ``core.uploads`` inspect the file.
    """
    command = [sys.executable, "-s", "-m", "suppliers.excel.row_reader", str(path.absolute())]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the path is a temporary file's
            command,
            cwd=ROOT,
            env={"PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"},
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        rows: list[list[str]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableForm from error
    return rows


def take_apart(rows: Sequence[Sequence[str]], columns: Mapping[int, str]) -> ReadForm:
    """Find mark, questions and answers. ``columns``: words of the columns that must be there."""
    mark = MARK.fullmatch(_at(rows[0], CODE)) if rows else None
    if mark is None:
        return ReadForm(None, 0, ())
    width = max((len(row) for row in rows[HEADING_ROW - 1 : HEADING_ROW]), default=0)
    headings = rows[HEADING_ROW - 1] if len(rows) >= HEADING_ROW else []
    missing = tuple(
        word for column, word in columns.items() if column > width or not _at(headings, column)
    )
    answers = tuple(
        ReadAnswer(number, code, _at(row, ANSWER), _at(row, COMMENT), _at(row, VERSION))
        for number, row in enumerate(rows[HEADING_ROW:], start=HEADING_ROW + 1)
        if (code := _at(row, CODE))
    )
    return ReadForm(int(mark[1]), int(mark[2]), answers, missing)


def grade_of(text: str, grades: Mapping[str, str]) -> str | None:
    """The grade a word means, in English or Chinese or by ``grades`` (word to grade), in capitals
    or not; empty for an empty cell, None for an unknown word."""
    word = _folded(text)
    if not word:
        return ""
    own = {_folded(label): grade for label, grade in grades.items()}
    return own.get(word) or _BY_WORD.get(word)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def is_formula(text: str) -> bool:
    return text == FORMULA


def _at(row: Sequence[str], column: int) -> str:
    return row[column - 1].strip() if column <= len(row) else ""


def _letter(column: int) -> str:
    return "ABCDEF"[column - 1]


_HEAD = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F3A5F")
_ANSWER_FILL = PatternFill("solid", fgColor="FFF8E1")
_LINE = Side(style="thin", color="D5DCE3")
_BOX = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")


def _write_head(page: Worksheet, sheet: FormSheet) -> None:
    set_value(_cell(page, 1, CODE), f"assessment:{sheet.assessment_id}:{sheet.revision}")
    set_value(_cell(page, 1, AREA), sheet.heading)
    page.cell(1, AREA).font = Font(bold=True, size=14)
    set_value(_cell(page, 2, AREA), sheet.guidance)
    page.merge_cells(start_row=2, start_column=AREA, end_row=2, end_column=COMMENT)
    page.cell(2, AREA).alignment = _WRAP
    page.row_dimensions[2].height = 48
    titles = ("code", *sheet.headings, "version")
    for column, title in enumerate(titles, start=CODE):
        cell = _cell(page, HEADING_ROW, column)
        set_value(cell, title)
        cell.font, cell.fill, cell.alignment = _HEAD, _HEAD_FILL, _WRAP


def _write_row(page: Worksheet, number: int, row: FormRow, author: str) -> None:
    values = (row.code, row.area, f"{row.code}  {row.question}", row.answer, row.comment)
    for column, value in enumerate((*values, row.version), start=CODE):
        cell = _cell(page, number, column)
        set_value(cell, value)
        cell.alignment, cell.border = _WRAP, _BOX
    for column in (ANSWER, COMMENT):
        page.cell(number, column).fill = _ANSWER_FILL
    if row.help:
        note = Comment(row.help, author)
        note.width, note.height = 320, 110
        page.cell(number, QUESTION).comment = note


def _offer_grades(page: Worksheet, sheet: FormSheet) -> None:
    """A drop-down for graded answers; the words hold no comma, as the list would break at it."""
    choice = DataValidation(
        type="list", formula1='"' + ",".join(sheet.grades.values()) + '"', allow_blank=True
    )
    choice.error, choice.errorTitle = sheet.wrong_answer, sheet.headings[2]
    choice.showErrorMessage = True
    for number, row in enumerate(sheet.rows, start=HEADING_ROW + 1):
        if row.graded:
            choice.add(page.cell(number, ANSWER))
    page.add_data_validation(choice)


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)
    return cell
