"""Which heading of a list means what. Only three of RMI's are known for sure (formats.md, section
7); others vary, so each has several names and a person can change what was recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.spreadsheets.headings import heading_key
from minerals.rules.marks import N_

Columns = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """``words``: headings as ``heading_key`` gives them, the surest first."""

    code: str
    label: str
    words: tuple[str, ...]


COLUMNS: tuple[ListColumn, ...] = (
    ListColumn(
        "cid",
        N_("Smelter ID"),
        (
            "smelter id", "rmi smelter id", "rmi id", "cid", "smelter identification",
            "smelter identification number", "smelter identification number input column",
            "smelter reference id", "facility id", "refiner id", "冶炼厂id", "冶炼厂编号",
            "冶炼厂识别号", "冶炼厂识别号码",
        ),
    ),
    ListColumn(
        "metal",
        N_("Metal"),
        ("metal", "metal/mineral", "mineral", "material", "commodity", "金属", "矿物", "金属种类"),
    ),
    ListColumn(
        "name",
        N_("Name"),
        (
            "standard smelter name", "standard facility name", "smelter name", "facility name",
            "smelter/refiner name", "refiner name", "smelter", "refiner", "refinery", "facility",
            "company name", "company", "name", "冶炼厂名称", "标准冶炼厂名称", "名称",
        ),
    ),
    ListColumn(
        "country",
        N_("Country or region"),
        (
            "country location", "facility location: country", "country/region",
            "country or region", "smelter country", "country or area", "country", "location",
            "国家", "国家/地区", "国家或地区", "所在国家",
        ),
    ),
    ListColumn(
        "status",
        N_("Status"),
        (
            "rmap status", "rmap audit status", "assessment status", "audit status",
            "smelter status", "conformance status", "rmi status", "status", "状态", "审核状态",
            "评估状态",
        ),
    ),
    ListColumn(
        "last_audit",
        N_("Last assessment"),
        (
            "last audit date", "date of last audit", "last assessment date", "last audit",
            "last assessment", "assessment date", "audit date", "上次审核日期", "最近审核日期",
            "上次评估日期",
        ),
    ),
    ListColumn(
        "cycle",
        N_("Assessment cycle"),
        ("audit cycle", "assessment cycle", "re-audit cycle", "cycle", "审核周期", "评估周期"),
    ),
    ListColumn(
        "due",
        N_("Next assessment due"),
        (
            "next audit date", "next audit due", "next assessment due", "next assessment date",
            "audit due date", "reaudit due date", "re-audit due date", "due date", "valid until",
            "expiry date", "下次审核日期", "下次评估日期", "到期日",
        ),
    ),
)  # fmt: skip
CODES: tuple[str, ...] = tuple(column.code for column in COLUMNS)
LABELS: Mapping[str, str] = {column.code: column.label for column in COLUMNS}


def known_headings() -> dict[str, str]:
    """Headings as ``heading_key`` gives them, to the code of their column."""
    return {word: column.code for column in COLUMNS for word in column.words}


def recognised(headings: Sequence[str]) -> dict[str, int]:
    """Code of each recognised column to its place from 0; the surer heading wins."""
    places: dict[str, int] = {}
    for place, heading in reversed(list(enumerate(headings))):
        places[heading_key(heading)] = place
    found: dict[str, int] = {}
    for column in COLUMNS:
        word = next((word for word in column.words if word in places), None)
        if word is not None:
            found[column.code] = places[word]
    return found


def usable(columns: Mapping[str, object], width: int) -> dict[str, int]:
    """What a person chose: known columns at places that exist."""
    return {
        code: place
        for code in CODES
        if isinstance(place := columns.get(code), int) and 0 <= place < width
    }
