"""Writes the parts of ``docs/suppliers.md`` that come from the lifecycle's table.

``workflow_doc.py`` puts diagram and tables between their markers; ``workflow_doc.py --check`` only
says whether they are current (exit status 1 when they are not).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402
from django.db.models import TextChoices  # noqa: E402
from django.utils.translation import override  # noqa: E402

django.setup()

from suppliers.enums import GateKind, ReasonCode, RestrictionScope, SupplierStatus  # noqa: E402
from suppliers.policies.lifecycle import (  # noqa: E402
    AUDIT_GATES,
    DECIDERS,
    PROCUREMENT_DECIDES,
)
from suppliers.workflow import TABLE, Transition  # noqa: E402

TARGET = ROOT / "docs" / "suppliers.md"
WAYS = {
    "done": "at once",
    "asked": "asked; a second person decides",
    "decided": "by the decision about a request",
}


def diagram() -> str:
    """A Mermaid state diagram; brackets name the steps that somebody else decides."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> registered"]
    lines += [f'    state "{status.label}" as {status.value}' for status in SupplierStatus]
    lines += [
        f"    {state.value} --> {row.target.value} : {row.label}{_mark(row)}"
        for row in TABLE
        for state in row.states
    ]
    return "\n".join((*lines, "```"))


def _mark(row: Transition) -> str:
    return {"asked": " (second person)", "decided": " (decision)"}.get(row.way, "")


def steps() -> str:
    rows = [
        (
            f"`{row.code}`",
            str(row.verb),
            ", ".join(str(SupplierStatus(state).label) for state in row.states),
            str(SupplierStatus(row.target).label),
            WAYS[row.way],
            "yes" if row.needs_reason else "",
            ", ".join(str(kind.label) for kind in row.gates),
        )
        for row in TABLE
    ]
    heads = ("Code", "Button", "From", "To", "How", "Reason code", "Conditions")
    return table(heads, rows)


def gates() -> str:
    rows = [
        (f"`{kind.value}`", str(kind.label), _asked_by(kind), _recorded_by(kind))
        for kind in GateKind
    ]
    return table(("Code", "Condition", "Asked by", "Recorded by"), rows)


def _asked_by(kind: GateKind) -> str:
    return ", ".join(f"`{row.code}`" for row in TABLE if kind in row.gates) or "shown only"


def _recorded_by(kind: GateKind) -> str:
    if kind == GateKind.DOCUMENTS:
        return "signatures"
    people = [str(role.label) for role in DECIDERS]
    if kind in AUDIT_GATES:
        people.append("Auditor")
    return ", ".join(people)


def deciders() -> str:
    both = [str(kind.label) for kind in PROCUREMENT_DECIDES]
    roles = " and ".join(str(role.label).lower() for role in DECIDERS)
    return (
        f"Every request is decided by a {roles.replace(' and ', ' or an ')}; "
        f"“{both[0]}” and “{both[1]}” also by somebody else of procurement."
    )


def codes(choices: type[TextChoices]) -> Callable[[], str]:
    def written() -> str:
        return table(("Code", "Meaning"), [(f"`{one.value}`", str(one.label)) for one in choices])

    return written


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(heads)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "diagram": diagram,
    "steps": steps,
    "gates": gates,
    "deciders": deciders,
    "reasons": codes(ReasonCode),
    "scopes": codes(RestrictionScope),
}


def document(text: str) -> str:
    """``text`` with each part renewed; ValueError when a marker is missing."""
    with override("en"):
        for name, write in PARTS.items():
            begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
            before, found, rest = text.partition(begin)
            _old, closed, after = rest.partition(end)
            if not found or not closed:
                raise ValueError(f"docs/suppliers.md has no part {name}")
            text = f"{before}{begin}\n{write()}\n{end}{after}"
    return text


def main(arguments: list[str]) -> int:
    current = TARGET.read_text("utf-8")
    wanted = document(current)
    if "--check" in arguments:
        if current != wanted:
            print("docs/suppliers.md is out of date: run scripts/workflow_doc.py", file=sys.stderr)
        return int(current != wanted)
    TARGET.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
