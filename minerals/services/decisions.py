"""Confirming, rejecting and undoing what a smelter name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from minerals.enums import DecisionKind
from minerals.models import Declaration, MatchDecision, SmelterLine
from minerals.policies import declarations as policies
from minerals.rules.matching import DecisionKey
from minerals.selectors.candidates import candidate_list
from minerals.selectors.decisions import smelter_row
from minerals.services.judging import rejudge_declarations

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def decide_match(
    actor: User, line_id: int, cid: str, kind: DecisionKind
) -> tuple[MatchDecision, SmelterLine]:
    """Remember that the text of this row is, or is not, the smelter ``cid``, and judge again.

    Errors: smelter_row_not_found, smelter_not_in_list, match_already_decided.
    """
    policies.require_decide_matches(actor)
    line = smelter_row(actor, line_id)
    key = _key_of(line)
    standard_name = _listed_name(line, cid)
    _require_undecided(key, cid, kind)
    decision = MatchDecision.objects.create(
        metal=key.metal,
        text_key=key.name,
        text=line.typed_name or line.lookup,
        kind=kind,
        cid=cid,
        standard_name=standard_name,
        decided_by=actor,
    )
    record_activity(
        actor,
        f"match.{kind}",
        line.declaration,
        row=line.row,
        text=decision.text,
        metal=line.metal,
        cid=cid,
        decision=decision.pk,
    )
    rejudge_declarations(_touched_by(decision), first=line.declaration)
    line = SmelterLine.objects.get(declaration=line.declaration, row=line.row)
    return decision, line


@transaction.atomic
def undo_decision(
    actor: User, decision_id: int, *, seen_in: Declaration | None = None
) -> MatchDecision:
    """Take a decision back; the rows it identified wait for a person again.

    ``seen_in``: the declaration somebody looks at, judged again at once.
    """
    policies.require_decide_matches(actor)
    decision = MatchDecision.objects.select_for_update().filter(pk=decision_id).first()
    if decision is None:
        raise NotFound("decision_not_found", N_("There is no such decision."))
    if not decision.active:
        raise DomainError("decision_already_undone", N_("This decision has been undone already."))
    decision.undone_at = clock.now()
    decision.undone_by = actor
    decision.save(update_fields=["undone_at", "undone_by"])
    record_activity(actor, "match.undone", decision, text=decision.text, cid=decision.cid)
    rejudge_declarations(_touched_by(decision), first=seen_in)
    return decision


def _key_of(line: SmelterLine) -> DecisionKey:
    key = DecisionKey(line.metal_key, line.text_key)
    if not key.name:
        raise InvalidInput(
            "smelter_row_without_name",
            N_("Row %(row)s names no smelter, so nothing can be remembered about it."),
            {"row": line.row},
        )
    return key


def _listed_name(line: SmelterLine, cid: str) -> str:
    entry = candidate_list(line).by_cid(cid)
    if entry is None:
        raise InvalidInput(
            "smelter_not_in_list",
            N_("The smelter ID %(cid)s is not in the reference list."),
            {"cid": cid},
            field="cid",
        )
    return entry.standard_name


def _require_undecided(key: DecisionKey, cid: str, kind: DecisionKind) -> None:
    active = MatchDecision.objects.select_for_update().filter(
        metal=key.metal, text_key=key.name, undone_at=None
    )
    clashing = (
        active.filter(cid=cid)
        if kind == DecisionKind.REJECTED
        else active.filter(kind=DecisionKind.CONFIRMED) | active.filter(cid=cid)
    )
    if clashing.exists():
        raise DomainError(
            "match_already_decided",
            N_("Somebody has decided this already. Undo that decision first."),
        )


def _touched_by(decision: MatchDecision) -> list[Declaration]:
    """Declarations with a row of the same metal and text, by the key the rules use."""
    rows = SmelterLine.objects.filter(metal_key=decision.metal, text_key=decision.text_key).values(
        "declaration"
    )
    return list(Declaration.objects.filter(pk__in=rows).order_by("pk"))
