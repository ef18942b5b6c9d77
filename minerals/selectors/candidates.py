"""The smelters a person may choose for a row that was not recognised."""

from __future__ import annotations

from minerals.models import SmelterLine
from minerals.rules.reference import ReferenceEntry, ReferenceList, effective_reference
from minerals.selectors.documents import document_of
from minerals.selectors.reference import reference_list

LIMIT = 8


def candidate_list(line: SmelterLine) -> ReferenceList:
    """The list this row is held against: ours, or the look-up inside the supplier's file."""
    document = document_of(line.declaration)
    ours = reference_list()
    if document is None:
        return ours or ReferenceList(())
    return effective_reference(document, ours)


def candidates(line: SmelterLine, text: str) -> tuple[ReferenceEntry, ...]:
    """At most ``LIMIT`` smelters of the row's metal for this text; without text, for its name."""
    wanted = text.strip() or line.typed_name or line.lookup
    return candidate_list(line).search(line.metal, wanted, LIMIT)
