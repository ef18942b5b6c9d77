"""What was decided about the findings of declarations, and what that makes of a review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.models import User
from minerals.enums import ClarificationState, FindingDecisionKind
from minerals.models import ClarificationItem, Declaration, Finding, FindingDecision
from minerals.policies.review import REVIEWERS
from minerals.rules.review import Tally, finding_key, tally

if TYPE_CHECKING:
    from django.http import HttpRequest

# Supplier and content of the file: a decision holds for every declaration that says the same.
Content = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class FindingReview:
    """What is known about one finding: the decision in force, and the newest question of which the
    supplier has read. ``is_pending``: it is to be asked, and not sent yet."""

    key: str
    decision: FindingDecision | None = None
    item: ClarificationItem | None = None

    @property
    def is_pending(self) -> bool:
        decision, item = self.decision, self.item
        if decision is None or decision.kind != FindingDecisionKind.ASKED:
            return False
        return item is None or item.clarification.asked_at < decision.decided_at

    @property
    def is_answered(self) -> bool:
        return self.item is not None and bool(self.item.answer)


def key_of(finding: Finding) -> str:
    return finding_key(finding.code, finding.cell, finding.params)


def content_of(declaration: Declaration) -> Content:
    return declaration.supplier_id, declaration.content_key


def decisions_in_force(declaration: Declaration) -> dict[str, FindingDecision]:
    """By the key of the finding; none for a file whose content has no key. One query."""
    if not declaration.content_key:
        return {}
    found = FindingDecision.objects.filter(
        supplier=declaration.supplier_id, content_key=declaration.content_key, undone_at=None
    )
    return {one.finding_key: one for one in found.select_related("decided_by")}


def questions_asked(declaration: Declaration) -> dict[str, ClarificationItem]:
    """The newest question about each finding that went to the supplier. One query."""
    if not declaration.content_key:
        return {}
    items = ClarificationItem.objects.filter(
        clarification__supplier=declaration.supplier_id,
        clarification__declaration__content_key=declaration.content_key,
    ).exclude(clarification__state=ClarificationState.CANCELLED)
    newest_last = items.select_related("clarification").order_by("clarification__asked_at", "pk")
    return {item.finding_key: item for item in newest_last}


def review_of_findings(
    declaration: Declaration, findings: Iterable[Finding]
) -> dict[int, FindingReview]:
    """By the key of the row. Two queries."""
    decisions, items = decisions_in_force(declaration), questions_asked(declaration)
    found = {}
    for finding in findings:
        key = key_of(finding)
        found[finding.pk] = FindingReview(key, decisions.get(key), items.get(key))
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """``pending``: what the reviewer wants to ask and has not sent, in the order of the findings;
    ``fresh``: how many findings came after the acceptance."""

    tally: Tally
    pending: list[tuple[Finding, FindingReview]]
    fresh: int


def standing_of(declaration: Declaration) -> Standing:
    """Three queries."""
    findings = list(declaration.findings.all())
    reviews = review_of_findings(declaration, findings)
    pending: dict[str, tuple[Finding, FindingReview]] = {}
    for finding in findings:
        review = reviews[finding.pk]
        if review.is_pending:
            pending.setdefault(review.key, (finding, review))
    kinds = {one.key: one.decision.kind for one in reviews.values() if one.decision}
    said = ((reviews[one.pk].key, one.severity) for one in findings)
    return Standing(tally(said, kinds), list(pending.values()), sum(one.is_new for one in findings))


def pending_questions(declaration: Declaration) -> list[tuple[Finding, FindingReview]]:
    return standing_of(declaration).pending


def tally_of(declaration: Declaration) -> Tally:
    return standing_of(declaration).tally


def tallies_of(declarations: Sequence[Declaration]) -> dict[int, Tally]:
    """By the key of the declaration. Two queries."""
    findings: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Finding.objects.filter(declaration__in=declarations)
    for finding in rows.only("declaration", "code", "cell", "params", "severity"):
        findings[finding.declaration_id].append((key_of(finding), finding.severity))
    decisions: dict[Content, dict[str, str]] = defaultdict(dict)
    keys = {one.content_key for one in declarations} - {""}
    made = FindingDecision.objects.filter(content_key__in=keys, undone_at=None)
    for supplier_id, content, key, kind in made.values_list(
        "supplier_id", "content_key", "finding_key", "kind"
    ):
        decisions[supplier_id, content][key] = kind
    return {
        one.pk: tally(findings.get(one.pk, ()), decisions.get(content_of(one), {}))
        for one in declarations
    }


def reviewers() -> QuerySet[User]:
    """Who may review, by name. Superusers count as administrators."""
    able = Q(groups__name__in=[role.value for role in REVIEWERS]) | Q(is_superuser=True)
    return User.objects.filter(able, is_active=True).distinct().order_by("name", "email")


def reviewer_choices(request: HttpRequest | None) -> QuerySet[User]:
    """For the filter of the list; none while only the API's schema is described."""
    if request is None or not request.user.is_authenticated:
        return User.objects.none()
    return reviewers()
