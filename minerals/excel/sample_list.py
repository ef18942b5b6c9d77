"""Invented smelter lists for demonstration, tests and benches, in the format of RMI's download.

The format follows formats.md, section 7: SpreadsheetML 2003, empty cells left out with
``ss:Index``, dates as ``DateTime`` or as text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from minerals.excel.sample_lookup import demo_lookup

HEADINGS = (
    "Smelter ID", "Metal", "Standard Smelter Name", "Country Location", "RMAP Status",
    "Last Audit Date", "Audit Cycle",
)  # fmt: skip
CONFORMANT = "Conformant"
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
    '<Worksheet ss:Name="Smelters"><Table>\n'
)
_CLOSE = "</Table></Worksheet></Workbook>\n"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """``last_audit``: a date becomes a ``DateTime``, text stays text; empty ones are left out."""

    cid: str
    metal: str
    name: str
    country: str
    status: str = CONFORMANT
    last_audit: dt.date | str = ""
    cycle: str = "1 year"

    @property
    def cells(self) -> tuple[dt.date | str, ...]:
        return (
            self.cid, self.metal, self.name, self.country, self.status, self.last_audit,
            self.cycle,
        )  # fmt: skip


def demo_rows(last_audit: dt.date, **other_status: str) -> list[SampleRow]:
    """The invented smelters, conformant but for those named: ``CID900001="Active"``."""
    known: dict[str, SampleRow] = {}
    for entry in demo_lookup():
        if entry.cid and entry.cid not in known:
            status = other_status.get(entry.cid, CONFORMANT)
            known[entry.cid] = SampleRow(
                entry.cid, entry.metal, entry.standard_name, entry.country, status, last_audit
            )
    return list(known.values())


def many_rows(count: int, last_audit: dt.date) -> list[SampleRow]:
    """``count`` invented smelters; one in seven is not conformant."""
    metals, countries = ("Tin", "Gold", "Tantalum", "Tungsten"), ("CHINA", "JAPAN", "PERU")
    return [
        SampleRow(
            f"CID{800_000 + number}",
            metals[number % 4],
            f"Invented Works {number} (demo)",
            countries[number % 3],
            "Active" if number % 7 == 0 else CONFORMANT,
            last_audit - dt.timedelta(days=number % 500),
            f"{1 + number % 3} years",
        )
        for number in range(count)
    ]


def changed(rows: Iterable[SampleRow], changes: Mapping[str, Mapping[str, str]]) -> list[SampleRow]:
    """``changes``: by ID the fields that differ; ``{}`` drops the row."""
    kept = (row for row in rows if changes.get(row.cid, {"": ""}))
    return [replace(row, **changes.get(row.cid, {})) for row in kept]


def xml_list(rows: Iterable[SampleRow], headings: Sequence[str] = HEADINGS) -> bytes:
    """As RMI's web export writes it."""
    lines = [_OPEN, _row(headings), *(_row(row.cells) for row in rows), _CLOSE]
    return "".join(lines).encode()


def _row(cells: Sequence[dt.date | str]) -> str:
    parts, skipped = [], False
    for place, value in enumerate(cells, start=1):
        if value == "":
            skipped = True
            continue
        parts.append(_cell(value, place if skipped else 0))
        skipped = False
    return f"<Row>{''.join(parts)}</Row>\n"


def _cell(value: dt.date | str, place: int) -> str:
    index = f" ss:Index={quoteattr(str(place))}" if place else ""
    if isinstance(value, dt.date):
        text, kind = f"{value.isoformat()}T00:00:00.000", "DateTime"
    else:
        text, kind = escape(value), "String"
    return f'<Cell{index}><Data ss:Type="{kind}">{text}</Data></Cell>'
