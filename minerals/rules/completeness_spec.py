"""The rows of an official Checker sheet as data (filled from ``minerals/excel/layouts``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from minerals.rules.tables import Tables

Test = Literal[
    "filled",
    "at_sign",
    "length_2",
    "other_format",
    "minerals",
    "other_texts",
    "product",
    "smelter",
    "unlisted_details",
    "complete",
]
Flag = Literal["product", "incomplete_with_mineral", "first_answer_open", "never"]
SmelterTest = Literal["joined", "metal_and_lookup", "metal", "metal_name_country"]
Scope = Literal["", "described", "product"]
TESTS: tuple[str, ...] = get_args(Test)
FLAGS: tuple[str, ...] = get_args(Flag)
SMELTER_TESTS: tuple[str, ...] = get_args(SmelterTest)
SCOPES: tuple[str, ...] = get_args(Scope)
Rows = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Off:
    """The row is not necessary when Checker row ``row`` shows one of ``values``."""

    row: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckerRule:
    """One row of the Checker sheet.

    ``cell``: the input cell the row mirrors and a person goes to. Necessary (column F) when all
    of these hold: not ``never``; the ``scope`` asks for it; mineral number ``mineral`` exists
    (only where ``if_mineral``); no ``off`` value is shown; one of the rows ``any_of`` is
    necessary; row ``yes_of`` shows Yes; a row of the smelter list is "not listed"
    (``if_unlisted``); a mineral slot says Other (``if_other``).
    ``mask``: the mirrored answer counts only while these rows show Yes.
    ``accepted`` / ``described`` / ``comment_cell``: the answers that are complete as they are, and
    the one that takes its completeness from the comment (test ``other_format``).
    ``flag_rows``: the rows the flag ``first_answer_open`` looks at, the open one first.
    """

    row: int
    cell: str
    code: str
    test: Test = "filled"
    never: bool = False
    scope: Scope = ""
    mineral: int | None = None
    if_mineral: bool = False
    off: tuple[Off, ...] = ()
    any_of: tuple[int, ...] = ()
    yes_of: int | None = None
    if_unlisted: bool = False
    if_other: bool = False
    mask: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    described: str = ""
    comment_cell: str = ""
    flag: Flag = "product"
    flag_rows: tuple[int, ...] = ()
    counted: bool = True
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckerSpec:
    """A whole Checker sheet.

    ``metal_rows`` / ``counted_rows``: worksheet rows of the smelter list whose metal / whose helper
    cell the Checker counts. ``unlisted_rows`` / ``unlisted_detail_rows``: where it looks for
    "not listed" rows and for their missing name or country.
    ``scope_company`` and ``scope_product`` are the constants the scope is compared with.
    """

    rules: tuple[CheckerRule, ...]
    smelter_test: SmelterTest
    metal_rows: Rows
    counted_rows: Rows
    unlisted_rows: Rows
    unlisted_detail_rows: Rows
    scope_company: str
    scope_product: str
    other_mineral: str
    tables: Tables
