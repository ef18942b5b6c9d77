"""What the rules may know beyond the file. They have no clock, settings or database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from minerals.rules.compare import ComparableDeclaration
from minerals.rules.judgement import SmelterMatch
from minerals.rules.reference import ReferenceList
from minerals.rules.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may know; of what is optional and missing it stays silent.

    - ``today``: UTC date of the judgement.
    - ``supplier_names``: the names of the supplier in our records, any language.
    - ``requested_scope``: ``A``, ``B`` or ``C``; ``minimum_versions``: by family.
    - ``previous``: the declaration this one supersedes, of the same family.
    - ``known_elsewhere``: another supplier sent the same bytes (who, is nobody else's business);
      ``known_hash_on``: the day on which this supplier sent them before.
    - ``reference``: our smelter list, None to use the look-up inside the file; ``matches``:
      parallel to the smelter rows, None to compute them without remembered decisions.
    - ``tables``: where the lists of this form stand.
    - ``options``: allowed answers by question (``Q3``), or by question and mineral (``Q3:Mica``).
    - ``cahra_countries``: the list of conflict-affected and high-risk areas in use, by name.
    """

    today: date
    tables: Tables
    supplier_names: tuple[str, ...] = ()
    requested_scope: str = ""
    minimum_versions: Mapping[str, str] = field(default_factory=dict)
    previous: ComparableDeclaration | None = None
    known_elsewhere: bool = False
    known_hash_on: date | None = None
    reference: ReferenceList | None = None
    matches: tuple[SmelterMatch, ...] | None = None
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cahra_countries: tuple[str, ...] = ()

    def allowed(self, question: str, mineral: str | None) -> tuple[str, ...]:
        """The answers offered for a question; empty when they are not known here."""
        return self.options.get(f"{question}:{mineral}") or self.options.get(question, ())
