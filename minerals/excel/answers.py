"""The answers of the Declaration sheet, and those in rows that belong to no mineral."""

from __future__ import annotations

from minerals.excel.entries import Cleaner, option_value
from minerals.excel.grid import Grid
from minerals.excel.layout import Layout, Question
from minerals.rules.declaration import Answer, Entry


class AnswerReader:
    """Reads the question blocks of one Declaration sheet."""

    def __init__(self, grid: Grid, layout: Layout, cleaner: Cleaner) -> None:
        self._grid = grid
        self._layout = layout
        self._cleaner = cleaner
        self._sheet = layout.sheets["declaration"]

    def entry(self, address: str) -> Entry:
        return self._cleaner.entry(f"{self._sheet}!{address}", self._grid.value(address))

    def answers(self, questions: tuple[Question, ...], minerals: tuple[str, ...]) -> list[Answer]:
        """One answer per question and mineral, or per question where it is asked once."""
        found: list[Answer] = []
        for question in questions:
            if not question.per_mineral:
                found.append(self._answer(question, None, question.first_row))
                continue
            for index, mineral in self._rows(question, minerals):
                found.append(self._answer(question, mineral, question.first_row + index))
        return found

    def orphans(self, questions: tuple[Question, ...], minerals: tuple[str, ...]) -> list[Answer]:
        """Answers and gaps in visible rows beyond the last mineral; empty rows are kept out."""
        if self._layout.minerals.names:
            return []
        rows = range(len(minerals), self._layout.minerals.visible)
        every = (
            self._answer(question, None, question.first_row + index)
            for question in questions
            if question.per_mineral
            for index in rows
        )
        return [answer for answer in every if answer.entry.raw is not None]

    def _rows(self, question: Question, minerals: tuple[str, ...]) -> list[tuple[int, str]]:
        pairs = list(enumerate(minerals))
        if not self._layout.minerals.names:
            return pairs[: self._layout.minerals.visible]
        return [pair for pair in pairs if pair[1] in question.minerals]

    def _answer(self, question: Question, mineral: str | None, row: int) -> Answer:
        entry = self.entry(f"{self._layout.answer_column}{row}")
        comment = self.entry(f"{self._layout.comment_column}{row}")
        value = option_value(entry, question.options_for(mineral))
        return Answer(question.id, mineral, entry, comment, value)
