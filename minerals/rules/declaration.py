"""What a reporting workbook says, as plain data.

The reader (``minerals.excel``) fills these records, every rule reads them. Nothing here knows
Django, a database, a clock or a spreadsheet library, so the records can cross a process border
as JSON and rules can be tested in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Family = Literal["CMRT", "EMRT", "AMRT", "CRT"]
EntryKind = Literal["empty", "text", "number", "date", "boolean"]
Raw = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One input cell as found.

    ``raw``: text as typed (blanks kept), a float, a bool, an ISO date for real dates, ``None``
    when the cell is empty. ``cell``: the address a person can go to, like ``Declaration!D16``.
    """

    cell: str
    raw: Raw = None
    kind: EntryKind = "empty"

    @property
    def text(self) -> str:
        """The value for people: trimmed, whole numbers without ``.0``, empty string for nothing."""
        if self.raw is None:
            return ""
        if isinstance(self.raw, bool):
            return "TRUE" if self.raw else "FALSE"
        if isinstance(self.raw, float):
            return str(int(self.raw)) if self.raw.is_integer() else repr(self.raw)
        return self.raw.strip()

    @property
    def missing(self) -> bool:
        """Missing as the official Checker sees it: truly empty, or the number 0 (formats.md 5)."""
        return self.raw is None or self.raw == "" or (self.kind == "number" and self.raw == 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """One question for one mineral, or for the company when ``mineral`` is None.

    ``value`` is the answer normalised to the option list of the form (``1`` becomes ``100%``);
    ``entry`` keeps what was really typed.
    """

    question: str
    mineral: str | None
    entry: Entry
    comment: Entry
    value: str


@dataclass(frozen=True, slots=True)
class SmelterRow:
    """One row of the Smelter List exactly as it stands in the file (texts not trimmed).

    Every text is ``""`` where the cell is empty, holds an error, or holds the number 0 that the
    template shows for an empty look-up cell. In a file without cached values the columns that the
    template fills by formula are ``""`` unless the supplier typed over them.
    """

    row: int
    cid_input: str = ""
    metal: str = ""
    lookup: str = ""
    name: str = ""
    country: str = ""
    cid: str = ""
    source: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    contact_name: str = ""
    contact_email: str = ""
    next_steps: str = ""
    mine_names: str = ""
    mine_countries: str = ""
    recycled: str = ""
    comments: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedSmelter:
    """What the template's own look-up rule makes of a row (formats.md 4.3); ``""`` for nothing.

    ``lookup_row``: worksheet row of the hit in the look-up sheet, None without a hit.
    ``special``: the row names one of the two special texts instead of a smelter.
    ``unknown_cid_input``: the ID typed in column A is in no look-up row (the template shows #N/A).
    """

    row: int
    metal: str
    lookup: str
    cid: str
    standard_name: str
    country: str
    city: str
    state: str
    source: str
    lookup_row: int | None = None
    special: Literal["", "not_listed", "not_identified"] = ""
    unknown_cid_input: bool = False


@dataclass(frozen=True, slots=True)
class LookupEntry:
    """One row of the template's own Smelter Look-up sheet: an alias or a standard name."""

    row: int
    metal: str
    name: str
    standard_name: str
    country: str
    cid: str
    source: str = ""
    city: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ProductRow:
    row: int
    number: str
    name: str = ""
    requester_number: str = ""
    requester_name: str = ""
    comments: str = ""


@dataclass(frozen=True, slots=True)
class MineRow:
    row: int
    metal: str = ""
    smelter: str = ""
    name: str = ""
    mine_id: str = ""
    id_source: str = ""
    country: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    contact_name: str = ""
    contact_email: str = ""
    next_steps: str = ""
    comments: str = ""


@dataclass(frozen=True, slots=True)
class ScopeReason:
    """Minerals Scope of an AMRT: filled by the requester, never checked."""

    row: int
    mineral: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something noticed while reading: becomes the finding ``code`` (see ``catalogue``)."""

    code: str
    cell: str = ""
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A whole reporting workbook.

    ``layout`` names the layout file that was applied (``cmrt_6.5``), ``version`` what the file
    says of itself (an unknown newer revision keeps its own number). ``outdated`` marks the legacy
    templates that are read as far as possible but not judged by the official rules.
    ``company`` is keyed by field name: company_name, scope, scope_description, unique_id,
    unique_id_authority, address, contact_name, contact_email, contact_phone, authorizer_name,
    authorizer_title, authorizer_email, authorizer_phone, effective_date.
    ``minerals`` are in the order of the form. ``mineral_slots`` and ``other_minerals`` are the
    input cells of EMRT 2.x and AMRT. ``smelters`` and ``resolved`` are parallel.
    ``effective_on`` is the effective date as an ISO date, ``""`` when none can be read from it.
    ``checker_cells`` are further cells the official Checker looks at (hidden question rows).
    """

    family: Family
    version: str
    layout: str
    outdated: bool
    language: str
    cached_values: bool
    company: dict[str, Entry]
    minerals: tuple[str, ...]
    answers: tuple[Answer, ...]
    company_answers: tuple[Answer, ...]
    smelters: tuple[SmelterRow, ...] = ()
    resolved: tuple[ResolvedSmelter, ...] = ()
    products: tuple[ProductRow, ...] = ()
    mines: tuple[MineRow, ...] = ()
    minerals_scope: tuple[ScopeReason, ...] = ()
    lookup: tuple[LookupEntry, ...] = ()
    mineral_slots: tuple[Entry, ...] = ()
    other_minerals: tuple[Entry, ...] = ()
    orphan_answers: tuple[Answer, ...] = ()
    notes: tuple[Note, ...] = ()
    effective_on: str = ""
    checker_cells: tuple[Entry, ...] = ()

    def answer(self, question: str, mineral: str | None) -> Answer | None:
        """The answer to ``question``: for ``mineral``, or for the company when it is None.

        EMRT asks company question C per mineral: it is found with its mineral.
        """
        for group in (self.answers, self.company_answers):
            for item in group:
                if item.question == question and item.mineral == mineral:
                    return item
        return None

    def scope_letter(self) -> str:
        """``A``, ``B``, ``C`` or ``""``: the scope is compared by its first letter."""
        entry = self.company.get("scope")
        letter = entry.text[:1].upper() if entry else ""
        return letter if letter in "ABC" else ""
