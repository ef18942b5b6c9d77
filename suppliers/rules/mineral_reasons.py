"""Why materials are in scope: a reason each, one text on the record.

They differ after a merge: each record had its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_BETWEEN = "; "


def told_reason(reasons: Mapping[str, str]) -> str:
    """The text of the record from the reasons by material: each once, in the order of the
    materials."""
    own = list(dict.fromkeys(reasons[metal] for metal in sorted(reasons) if reasons[metal]))
    if len(own) < 2:
        return "".join(own)
    return _BETWEEN.join(dict.fromkeys(_BETWEEN.join(own).split(_BETWEEN)))


def reasons_after(before: Mapping[str, str], metals: Iterable[str], told: str) -> dict[str, str]:
    """What to store when the record says ``told``. As long as the text stays, each material keeps
    its own reason; a new text is the reason of all."""
    same = told == told_reason(before)
    return {metal: before[metal] if same and metal in before else told for metal in metals}
