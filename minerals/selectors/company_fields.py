"""The company block of a declaration as read."""

from __future__ import annotations

from dataclasses import dataclass

from minerals.models import Declaration
from minerals.selectors.documents import document_of
from minerals.selectors.finding_lines import mark_of, marked_cells
from minerals.selectors.questions import field_name


@dataclass(frozen=True, slots=True)
class CompanyField:
    """``state``: open, warned or empty, with ``anchor`` of the finding."""

    label: str
    value: str
    cell: str
    state: str
    anchor: str


def company_fields(declaration: Declaration) -> list[CompanyField]:
    """Every field in the order of the form; none when the file was never read."""
    document = document_of(declaration)
    if document is None:
        return []
    marks = marked_cells(declaration)
    fields = []
    for name, entry in document.company.items():
        state, anchor = mark_of(marks.get(entry.cell))
        fields.append(CompanyField(field_name(name), entry.text, entry.cell, state, anchor))
    return fields
