"""The layout of one version of a reporting template: where everything stands, as typed data."""

from __future__ import annotations

from dataclasses import dataclass, field

from minerals.rules.completeness_spec import CheckerSpec
from minerals.rules.declaration import Family
from minerals.rules.tables import Table, Tables
from minerals.rules.template_lookup import ResolutionVariant

COMPANY_FIELDS = (
    "company_name",
    "scope",
    "scope_description",
    "unique_id",
    "unique_id_authority",
    "address",
    "contact_name",
    "contact_email",
    "contact_phone",
    "authorizer_name",
    "authorizer_title",
    "authorizer_email",
    "authorizer_phone",
    "effective_date",
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A typed constant that stands at ``cell`` in every language and proves the layout.

    An ``optional`` one may be absent, but when it stands elsewhere the rows have moved.
    """

    cell: str
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """An input cell that chooses a mineral.

    ``replaced``: the choice that gives way to the text in ``other`` (``(Delete Cobalt)``,
    ``Other [specify below]``); without such a text the slot is out of scope.
    """

    cell: str
    replaced: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class MineralScheme:
    """Either fixed ``names`` in the order of the form, or ``slots`` that the form sorts.

    ``sorted_cells`` hold the sorted list where the file has calculated values; ``visible`` is
    how many rows of a question block the form shows.
    """

    names: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    sorted_cells: tuple[str, ...] = ()
    visible: int = 0
    presets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question: per mineral from ``first_row`` on, or for the company in one row.

    ``minerals`` limits it to some of the fixed minerals; ``options_by_mineral`` holds lists that
    differ from ``options``. ``topic`` says what it is about, the same word in every family.
    """

    id: str
    topic: str
    first_row: int
    options: tuple[str, ...]
    per_mineral: bool
    minerals: tuple[str, ...] = ()
    options_by_mineral: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def options_for(self, mineral: str | None) -> tuple[str, ...]:
        return self.options_by_mineral.get(mineral or "", self.options)


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything the reader knows of one version; see ``layouts/*.toml``."""

    name: str
    family: Family
    version: str
    outdated: bool
    sheets: dict[str, str]
    markers: tuple[Marker, ...]
    revision_cells: tuple[str, ...]
    language_cell: str
    name_label_cell: str
    answer_column: str
    comment_column: str
    company: dict[str, str]
    minerals: MineralScheme
    questions: tuple[Question, ...]
    company_questions: tuple[Question, ...]
    resolution: ResolutionVariant
    smelters: Table | None = None
    lookup: Table | None = None
    products: Table | None = None
    mines: Table | None = None
    minerals_scope: Table | None = None
    checker: CheckerSpec | None = None
    checker_cells: tuple[str, ...] = ()

    def question(self, question_id: str) -> Question | None:
        every = (*self.questions, *self.company_questions)
        return next((item for item in every if item.id == question_id), None)

    def topic(self, topic: str) -> Question | None:
        """The question about ``topic`` (``use``, ``policy``, ...), None where the form has none."""
        every = (*self.questions, *self.company_questions)
        return next((item for item in every if item.topic == topic), None)

    @property
    def tables(self) -> Tables:
        """The lists as the rules need them."""
        return Tables(self.smelters or Table(), self.products or Table(), self.mines or Table())

    @property
    def options(self) -> dict[str, tuple[str, ...]]:
        """Allowed answers by question, and by ``question:mineral`` where they differ."""
        found: dict[str, tuple[str, ...]] = {}
        for question in (*self.questions, *self.company_questions):
            found[question.id] = question.options
            for mineral, options in question.options_by_mineral.items():
                found[f"{question.id}:{mineral}"] = options
        return found
