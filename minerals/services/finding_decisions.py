"""Deciding about findings one by one: right as it is, to be asked, waived; undoing that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import record_activity
from minerals.enums import FindingDecisionKind
from minerals.models import Declaration, Finding, FindingDecision
from minerals.policies import review as policies
from minerals.rules.review import may_be_decided
from minerals.rules.review_steps import RUNNING
from minerals.selectors.declarations import declaration_for
from minerals.selectors.review import decisions_in_force, key_of, questions_asked
from minerals.services.rating import rate_later
from minerals.services.review import begin, clean_text, reviewable

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """``keys``: of the findings, all decided alike. ``reason``: why it is waived, or the words
    that go to the supplier with the question."""

    keys: Sequence[str]
    kind: str
    reason: str = ""


@transaction.atomic
def decide_findings(actor: User, declaration_id: int, data: DecisionInput) -> list[FindingDecision]:
    """Decisions replace those in force about the same findings. The first begins the review.

    Errors: those of ``reviewable``, review_decided, unknown_decision, no_finding,
    finding_not_found, error_needs_waiver, question_answered_already, reason_missing.
    """
    declaration = reviewable(actor, declaration_id)
    require_running(declaration)
    kind = _kind(data.kind)
    needed = kind == FindingDecisionKind.WAIVED
    reason = clean_text(data.reason, "reason", needed=needed)
    findings = _findings(declaration, data.keys)
    for finding in findings.values():
        _require_possible(finding, kind)
    if kind == FindingDecisionKind.ASKED and not reason:
        _require_not_answered(declaration, findings)
    begin(actor, declaration)
    before = decisions_in_force(declaration)
    made = [
        _decide(actor, declaration, key, finding, kind, reason, before.get(key))
        for key, finding in findings.items()
    ]
    rate_later(declaration.supplier_id)
    return made


@transaction.atomic
def undo_finding_decision(actor: User, decision_id: int) -> FindingDecision:
    """The finding is undecided again; the decision stays on record.

    Errors: may_not_review, finding_decision_not_found, decision_already_undone, review_decided,
    and those of ``reviewable``.
    """
    policies.require_review(actor)
    found = FindingDecision.objects.select_related("declaration").filter(pk=decision_id).first()
    if found is None:
        raise _not_found()
    _require_seen(actor, found)
    declaration = reviewable(actor, _judged_by(found).pk)
    decision = FindingDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    if decision.undone_at is not None:
        raise DomainError("decision_already_undone", N_("This decision has been undone already."))
    require_running(declaration)
    decision.undone_at = clock.now()
    decision.save(update_fields=["undone_at"])
    facts = {"code": decision.code, "cell": decision.cell, "kind": decision.kind}
    record_activity(actor, "finding.undone", declaration, **facts)
    rate_later(declaration.supplier_id)
    return decision


def require_running(declaration: Declaration) -> None:
    if declaration.review not in RUNNING:
        raise DomainError(
            "review_decided", N_("The review is closed. Reopen it to decide differently.")
        )


def _decide(
    actor: User,
    declaration: Declaration,
    key: str,
    finding: Finding,
    kind: FindingDecisionKind,
    reason: str,
    before: FindingDecision | None,
) -> FindingDecision:
    if before is not None:
        same = (before.kind, before.reason) == (kind, reason)
        if same and kind != FindingDecisionKind.ASKED:
            return before
        before.undone_at = clock.now()
        before.save(update_fields=["undone_at"])
    made = FindingDecision.objects.create(
        declaration=declaration,
        supplier=_owner(declaration),
        content_key=declaration.content_key,
        finding_key=key,
        code=finding.code,
        cell=finding.cell,
        kind=kind,
        reason=reason,
        decided_by=actor,
    )
    record_activity(
        actor,
        f"finding.{kind}",
        declaration,
        code=finding.code,
        cell=finding.cell,
        reason=reason,
    )
    return made


def _owner(declaration: Declaration) -> Supplier:
    supplier = declaration.supplier
    assert supplier is not None  # reviewable() has seen to it
    return supplier


def _kind(kind: str) -> FindingDecisionKind:
    try:
        return FindingDecisionKind(kind)
    except ValueError:
        raise InvalidInput(
            "unknown_decision", N_("Choose what to do about the finding."), field="kind"
        ) from None


def _findings(declaration: Declaration, keys: Sequence[str]) -> dict[str, Finding]:
    wanted = set(keys)
    if not wanted:
        raise InvalidInput("no_finding", N_("Choose a finding first."), field="keys")
    known = {key_of(finding): finding for finding in declaration.findings.all()}
    if not wanted <= known.keys():
        raise NotFound(
            "finding_not_found",
            N_("There is no such finding any more; the declaration was judged again."),
        )
    return {key: finding for key, finding in known.items() if key in wanted}


def _require_possible(finding: Finding, kind: FindingDecisionKind) -> None:
    if not may_be_decided(finding.severity, kind.value):  # type: ignore[arg-type]
        raise DomainError(
            "error_needs_waiver",
            N_("An error is corrected by the supplier or waived with a reason."),
        )


def _require_not_answered(declaration: Declaration, findings: dict[str, Finding]) -> None:
    """The same question is not put twice; to ask on, say what the answer leaves open."""
    asked = questions_asked(declaration)
    if any(key in asked and asked[key].answer for key in findings):
        raise DomainError(
            "question_answered_already",
            N_("The supplier has answered this. To ask again, write what is still not clear."),
        )


def _judged_by(decision: FindingDecision) -> Declaration:
    """The declaration that the decision holds for now: the current one of the same content."""
    same = Declaration.objects.current().filter(
        supplier=decision.supplier_id, content_key=decision.content_key
    )
    return same.order_by("-received_at", "-pk").first() or decision.declaration


def _require_seen(actor: User, decision: FindingDecision) -> None:
    try:
        declaration_for(actor, decision.declaration_id)
    except NotFound:
        raise _not_found() from None


def _not_found() -> NotFound:
    return NotFound("finding_decision_not_found", N_("There is no such decision."))
