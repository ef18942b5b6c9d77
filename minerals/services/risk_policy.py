"""Versions of the risk policy: a draft is written, tried, put in force. The only writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotFound
from core.models import Job
from core.services.activity import changes_between, record_activity
from core.services.jobs import create_job, enqueue_job
from minerals.enums import JobKind, PolicyState
from minerals.models import RiskPolicyVersion
from minerals.policies import risk as policies
from minerals.rules.risk.policy import PolicyProblem, policy_problems
from minerals.selectors.policies import policy_draft, policy_in_force
from minerals.selectors.risk_words import key_words, problem_words
from suppliers.services.proof import clean_words

if TYPE_CHECKING:
    from accounts.models import User


class PolicyNotRight(InvalidInput):
    """Numbers that are no policy; one part for each, its field the key of the number."""

    def __init__(self, problems: Sequence[PolicyProblem]) -> None:
        super().__init__(
            "risk_policy_wrong",
            N_("Some numbers cannot be used: %(names)s."),
            {"names": ", ".join(key_words(one.key) for one in problems)},
            field=problems[0].key,
        )
        self.problems = tuple(problems)

    @property
    def parts(self) -> Sequence[DomainError]:
        return [
            InvalidInput(f"risk_number_{one.code}", problem_words(one), field=one.key)
            for one in self.problems
        ]


@transaction.atomic
def start_draft(actor: User) -> RiskPolicyVersion:
    """A copy of the policy in force; the draft there is where somebody has begun one.

    Errors: may_not_edit_risk_policy.
    """
    policies.require_edit_policy(actor)
    draft = policy_draft()
    if draft is not None:
        return draft
    highest = RiskPolicyVersion.objects.aggregate(Max("number"))["number__max"] or 0
    draft = RiskPolicyVersion.objects.create(
        number=highest + 1, numbers=dict(policy_in_force().numbers), created_by=actor
    )
    record_activity(actor, "risk_policy.drafted", draft, number=draft.number)
    return draft


@transaction.atomic
def save_draft(actor: User, numbers: Mapping[str, object], note: str = "") -> RiskPolicyVersion:
    """Put these numbers in the draft; those that are not named stay as they are.

    Errors: may_not_edit_risk_policy, risk_policy_no_draft, risk_policy_wrong (with one part for
    each number), text_too_long.
    """
    policies.require_edit_policy(actor)
    draft = _draft()
    before = dict(draft.numbers)
    checked = checked_numbers({**before, **numbers})
    draft.numbers, draft.note = checked, clean_words(note, "note")
    draft.save()
    changes = changes_between(before, checked)
    if changes:
        record_activity(actor, "risk_policy.changed", draft, number=draft.number, changes=changes)
    return draft


@transaction.atomic
def drop_draft(actor: User) -> RiskPolicyVersion:
    """Errors: may_not_edit_risk_policy, risk_policy_no_draft."""
    policies.require_edit_policy(actor)
    draft = _draft()
    draft.state = PolicyState.DROPPED
    draft.save(update_fields=["state"])
    record_activity(actor, "risk_policy.dropped", draft, number=draft.number)
    return draft


@transaction.atomic
def publish_draft(actor: User, note: str) -> tuple[RiskPolicyVersion, Job]:
    """Put the draft in force; the worker rates all suppliers again, the job says how far it is.

    Errors: may_not_publish_risk_policy, risk_policy_no_draft, risk_policy_unchanged,
    risk_note_missing, text_too_long, risk_policy_wrong.
    """
    policies.require_publish_policy(actor)
    draft, old = _draft(), policy_in_force()
    checked_numbers(draft.numbers)
    words = clean_words(note, "note")
    if not words:
        raise InvalidInput(
            "risk_note_missing",
            N_("Say what changed and why; it stays with the policy."),
            field="note",
        )
    changes = changes_between(old.numbers, draft.numbers)
    if not changes:
        raise DomainError(
            "risk_policy_unchanged", N_("The draft has the same numbers as the policy in force.")
        )
    old.state = PolicyState.RETIRED
    old.save(update_fields=["state"])
    draft.state, draft.note = PolicyState.PUBLISHED, words
    draft.published_by, draft.published_at = actor, clock.now()
    draft.save()
    record_activity(
        actor, "risk_policy.published", draft, number=draft.number, note=words, changes=changes
    )
    job = create_job(JobKind.RATE_ALL, f"{draft.number}", owner=actor, subject=draft)
    enqueue_job(job)
    return draft, job


def checked_numbers(numbers: Mapping[str, object]) -> dict[str, int]:
    """Errors: risk_policy_wrong."""
    problems = policy_problems(numbers)
    if problems:
        raise PolicyNotRight(problems)
    return {key: value for key, value in numbers.items() if isinstance(value, int)}


def _draft() -> RiskPolicyVersion:
    found = RiskPolicyVersion.objects.select_for_update().filter(state=PolicyState.DRAFT).first()
    if found is None:
        raise NotFound("risk_policy_no_draft", N_("There is no draft of the risk policy."))
    return found
