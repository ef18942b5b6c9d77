"""Problems of the rules as the errors that services raise."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import DomainError, InvalidInput
from suppliers.rules.problems import PROBLEMS, Problem


class InvalidRecord(InvalidInput):
    """``problems`` holds everything that is wrong; code, message and field are the first one's."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(
            first.code, PROBLEMS[first.code].message, dict(first.params), field=first.field
        )
        self.problems = tuple(problems)

    @property
    def parts(self) -> Sequence[DomainError]:
        return [
            InvalidInput(each.code, PROBLEMS[each.code].message, dict(each.params), each.field)
            for each in self.problems
        ]


def refuse(problems: Sequence[Problem]) -> None:
    """Raise ``InvalidRecord`` when there is any problem."""
    if problems:
        raise InvalidRecord(problems)
