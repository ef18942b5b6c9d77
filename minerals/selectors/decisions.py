"""Remembered decisions about smelter names, for people to look through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from minerals.enums import DecisionKind
from minerals.models import Declaration, MatchDecision, SmelterLine

if TYPE_CHECKING:
    from accounts.models import User


def decisions_for(actor: User) -> QuerySet[MatchDecision]:
    """All decisions for the company's own people, none for others.

    ``row_count``: rows that are identified by the decision now.
    """
    found = MatchDecision.objects.select_related("decided_by", "undone_by")
    found = found.annotate(row_count=Count("lines"))
    return found if actor.is_internal else found.none()


@dataclass(frozen=True, slots=True)
class SmelterRowView:
    """A smelter row with the decisions in force that say what it is not."""

    line: SmelterLine
    rejected: tuple[MatchDecision, ...]


def with_rejections(lines: Sequence[SmelterLine]) -> list[SmelterRowView]:
    """Join the rejections that were decided on the same texts (one query)."""
    by_key: dict[tuple[str, str], list[MatchDecision]] = defaultdict(list)
    texts = {line.text_key for line in lines if line.text_key and not line.matched_cid}
    if texts:
        found = MatchDecision.objects.filter(
            kind=DecisionKind.REJECTED, undone_at=None, text_key__in=texts
        ).select_related("decided_by")
        for decision in found:
            by_key[(decision.metal, decision.text_key)].append(decision)
    return [
        SmelterRowView(line, tuple(by_key.get((line.metal_key, line.text_key), ())))
        for line in lines
    ]


def smelter_row(actor: User, line_id: int) -> SmelterLine:
    """A row of a declaration the actor may see."""
    rows = SmelterLine.objects.select_related(
        "declaration", "decision", "decision__decided_by", "link_by"
    )
    line = rows.filter(pk=line_id, declaration__in=Declaration.objects.visible_to(actor)).first()
    if line is None:
        raise NotFound(
            "smelter_row_not_found",
            N_("There is no such smelter row; the declaration may have been judged again."),
        )
    return line
