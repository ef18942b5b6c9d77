"""The reports of ``check_declaration`` as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from minerals.selectors.texts import text_of

Report = dict[str, Any]


def as_table(reports: Iterable[Report]) -> str:
    """One block per file: a heading, open rows, findings, a count of smelters by match."""
    return "\n\n".join("\n".join(_block(report)) for report in reports)


def _block(report: Report) -> list[str]:
    if not report["readable"]:
        return [report["file"], f"  {_('cannot be read')}: {report['error']['message']}"]
    heading = f"{report['file']}: {report['family']} {report['version']}"
    lines = [f"{heading} · {report['company']['name']}", f"  {_summary(report)}"]
    lines += [_open_line(item) for item in report["open_items"]]
    lines += [_finding_line(item) for item in report["findings"]]
    return [*lines, f"  {_smelters(report)}"]


def _summary(report: Report) -> str:
    severities = [item["severity"] for item in report["findings"]]
    return _(
        "%(open)s required fields open, %(errors)s errors, %(warnings)s warnings, %(notes)s notes"
    ) % {
        "open": report["required_remaining"],
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "notes": severities.count("info"),
    }


def _open_line(item: dict[str, Any]) -> str:
    row = _("Checker row %(row)s") % {"row": item["checker_row"]}
    return f"  {'OPEN':<8}{item['cell']:<22}{text_of(item['code'], {}).title} ({row})"


def _finding_line(item: dict[str, Any]) -> str:
    return f"  {item['severity'].upper():<8}{item['cell']:<22}{item['message']} [{item['code']}]"


def _smelters(report: Report) -> str:
    counts: dict[str, int] = {}
    for row in report["smelters"]:
        counts[row["match"]] = counts.get(row["match"], 0) + 1
    details = ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
    total = _("%(count)s smelter rows") % {"count": len(report["smelters"])}
    return f"{total}: {details}" if details else total
