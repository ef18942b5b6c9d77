"""What people said about a smelter and our products holds for the supplier's next file too."""

from __future__ import annotations

from core.services.activity import record_activity
from minerals.models import Declaration, SmelterLine
from minerals.rules.normalise import cid_key, metal_key


def carry_links(declaration: Declaration) -> int:
    """From the declaration it supersedes, for the same smelter and metal; how many rows.

    A row about which somebody has said something already keeps it. The supplier must be locked.
    """
    before = declaration.supersedes.order_by("-received_at", "-pk").first()
    if before is None:
        return 0
    said = {
        _key(line): line
        for line in before.smelters.exclude(link="").exclude(matched_cid="").order_by("row")
    }
    if not said:
        return 0
    changed = []
    for line in declaration.smelters.filter(link="").exclude(matched_cid=""):
        known = said.get(_key(line))
        if known is not None:
            line.link, line.link_by_id, line.link_at = known.link, known.link_by_id, known.link_at
            changed.append(line)
    SmelterLine.objects.bulk_update(changed, ["link", "link_by", "link_at"])
    if changed:
        record_activity(None, "line.carried", declaration, rows=len(changed), before=before.pk)
    return len(changed)


def _key(line: SmelterLine) -> tuple[str, str]:
    return metal_key(line.metal), cid_key(line.matched_cid)
