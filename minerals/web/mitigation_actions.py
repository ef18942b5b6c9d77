"""What one can do with a plan or a measure, as two tables: a page each, drawn from its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from minerals.enums import MeasureState
from minerals.models import Measure, MitigationPlan
from minerals.policies import mitigation as policies
from minerals.rules.mitigation import OURS, SETTLED
from minerals.selectors.mitigation import OVER
from minerals.services.mitigation import (
    audits,
    closing,
    evidence,
    measures,
    offering,
    proposals,
)
from minerals.web import mitigation_forms as forms

Tone = Literal["primary", "plain", "danger"]


@dataclass(frozen=True, slots=True)
class Action:
    """``run(actor, key, form)`` calls the service; ``may(actor)`` and ``fits(thing)`` say whether
    the button is shown, the service decides. ``verb`` is the button, ``explains`` what happens."""

    code: str
    verb: str | Promise
    explains: str | Promise
    done: str | Promise
    form: type[forms.AboutForm]
    run: Callable[[User, int, Any], Any]
    may: Callable[[User], bool]
    fits: Callable[[Any], bool]
    tone: Tone = "plain"


def _answers(actor: User) -> bool:
    return policies.can_answer_mitigations(actor) or policies.can_manage_mitigations(actor)


def _waits_for_agreement(plan: MitigationPlan) -> bool:
    return plan.offered_on is not None and plan.agreed_on is None


def _proposal_waits(plan: MitigationPlan) -> bool:
    return bool(plan.proposal) and plan.approval_id is None


PLAN_ACTIONS: tuple[Action, ...] = (
    Action(
        "offer",
        _("Send it to the supplier"),
        _("The supplier sees the plan, is told at once, and can agree or refuse."),
        _("The plan was sent to the supplier."),
        forms.NothingForm,
        lambda actor, key, form: offering.offer_plan(actor, key),
        policies.can_manage_mitigations,
        lambda plan: plan.offered_on is None,
        "primary",
    ),
    Action(
        "agree",
        _("Record the agreement"),
        _("The supplier agreed by mail, by phone or on paper."),
        _("The plan is agreed."),
        forms.AgreeForm,
        lambda actor, key, form: offering.agree_plan(
            actor, key, form.cleaned_data["note"], form.cleaned_data["evidence"]
        ),
        _answers,
        _waits_for_agreement,
    ),
    Action(
        "refuse",
        _("Record a refusal"),
        _("The risk is high from then on, and a limited cooperation is proposed."),
        _("The refusal is recorded."),
        forms.ReasonForm,
        lambda actor, key, form: offering.refuse_plan(actor, key, form.cleaned_data["reason"]),
        _answers,
        lambda plan: plan.offered_on is not None,
        "danger",
    ),
    Action(
        "add",
        _("Add a measure"),
        _("A supplier who has the plan already is told."),
        _("The measure was added."),
        forms.MeasureForm,
        lambda actor, key, form: measures.add_measure(actor, key, form.to_input()),
        policies.can_manage_mitigations,
        lambda plan: True,
    ),
    Action(
        "result",
        _("Record a training, spot check or audit"),
        _("What took place becomes a result of the plan. One that did not convince leads on: a "
          "third-party audit, and after that the proposal to limit the cooperation."),
        _("The result is recorded."),
        forms.ResultForm,
        lambda actor, key, form: evidence.record_result(actor, key, form.to_input()),
        policies.can_decide_mitigations,
        lambda plan: True,
    ),
    Action(
        "move",
        _("Move a date"),
        _("What happens by itself happens on the new day. The supplier is told."),
        _("The date was moved."),
        forms.MoveDateForm,
        lambda actor, key, form: measures.move_date(
            actor, key, form.cleaned_data["which"], form.cleaned_data["day"],
            form.cleaned_data["reason"],
        ),
        policies.can_manage_mitigations,
        lambda plan: True,
    ),
    Action(
        "owner",
        _("Choose an owner"),
        _("The owner is reminded of what we have to do, and told of every step."),
        _("The owner is chosen."),
        forms.OwnerForm,
        lambda actor, key, form: measures.set_owner(actor, key, form.cleaned_data["owner"]),
        policies.can_manage_mitigations,
        lambda plan: True,
    ),
    Action(
        "propose",
        _("Propose a limit or the end"),
        _("Somebody has to ask for it, and a second person decides."),
        _("It is proposed."),
        forms.ProposeForm,
        lambda actor, key, form: proposals.propose_by_hand(
            actor, key, form.cleaned_data["wanted"], form.cleaned_data["reason"]
        ),
        policies.can_manage_mitigations,
        lambda plan: not plan.proposal,
        "danger",
    ),
    Action(
        "take-up",
        _("Ask for it"),
        _("You ask for it in your name; a second person decides. You cannot decide it yourself."),
        _("A second person is asked to decide."),
        forms.TakeUpForm,
        lambda actor, key, form: proposals.take_up_proposal(actor, key, form.to_input()),
        policies.can_manage_mitigations,
        _proposal_waits,
        "danger",
    ),
    Action(
        "drop",
        _("Drop the proposal"),
        _("The plan goes on without it. The next date that passes may propose it again."),
        _("The proposal was dropped."),
        forms.ReasonForm,
        lambda actor, key, form: proposals.drop_proposal(actor, key, form.cleaned_data["reason"]),
        policies.can_manage_mitigations,
        _proposal_waits,
    ),
    Action(
        "close",
        _("Ask to close early"),
        _("A second person is asked to close the plan although the risk is not low."),
        _("A second person is asked to decide."),
        forms.ReasonForm,
        lambda actor, key, form: closing.ask_close(actor, key, form.cleaned_data["reason"]),
        policies.can_manage_mitigations,
        lambda plan: plan.close_asked_by_id is None,
    ),
    Action(
        "decide-close",
        _("Decide about closing early"),
        _("Closed early, the plan ends now; the risk stays as it is rated."),
        _("It is decided."),
        forms.DecideCloseForm,
        lambda actor, key, form: closing.decide_close(
            actor, key, approve=form.cleaned_data["decision"] == "close",
            note=form.cleaned_data["note"],
        ),
        policies.can_decide_mitigations,
        lambda plan: plan.close_asked_by_id is not None,
        "primary",
    ),
)  # fmt: skip

MEASURE_ACTIONS: tuple[Action, ...] = (
    Action(
        "hand-in",
        _("Hand in evidence"),
        _("We look at it and tell you what we found."),
        _("Thank you. We look at it and tell you."),
        forms.HandInForm,
        lambda actor, key, form: evidence.hand_in(actor, key, form.to_input()),
        _answers,
        lambda one: one.state not in SETTLED and one.kind not in OURS,
        "primary",
    ),
    Action(
        "accept",
        _("Accept the audit"),
        _("The audit can be arranged then."),
        _("The audit is accepted."),
        forms.NoteForm,
        lambda actor, key, form: audits.accept_audit(actor, key, form.cleaned_data["note"]),
        _answers,
        lambda one: one.accept_by is not None
        and one.accepted_on is None
        and one.state not in SETTLED,
        "primary",
    ),
    Action(
        "verify",
        _("Verify"),
        _("The evidence holds; the supplier is rated again."),
        _("The measure is verified."),
        forms.NoteForm,
        lambda actor, key, form: evidence.verify_measure(actor, key, form.cleaned_data["note"]),
        policies.can_decide_mitigations,
        lambda one: one.state == MeasureState.HANDED_IN,
        "primary",
    ),
    Action(
        "doubt",
        _("Not credible"),
        _("The supplier reads why. A comprehensive third-party audit is ordered: to be accepted "
          "within 30 days and done within 90, never after the overall limit."),
        _("The evidence is marked as not credible."),
        forms.ReasonForm,
        lambda actor, key, form: evidence.doubt_measure(actor, key, form.cleaned_data["reason"]),
        policies.can_decide_mitigations,
        lambda one: one.state == MeasureState.HANDED_IN,
        "danger",
    ),
    Action(
        "move",
        _("Move the day"),
        _("What happens by itself happens on the new day."),
        _("The date was moved."),
        forms.MoveMeasureForm,
        lambda actor, key, form: measures.move_measure(
            actor, key, form.cleaned_data["due_on"], form.cleaned_data["reason"]
        ),
        policies.can_manage_mitigations,
        lambda one: one.state not in SETTLED,
    ),
    Action(
        "cancel",
        _("Cancel the measure"),
        _("It is not asked for any more. The reason stays in the plan."),
        _("The measure is cancelled."),
        forms.ReasonForm,
        lambda actor, key, form: measures.cancel_measure(actor, key, form.cleaned_data["reason"]),
        policies.can_manage_mitigations,
        lambda one: one.state not in SETTLED,
    ),
)  # fmt: skip


def actions_of_plan(actor: User, plan: MitigationPlan) -> list[Action]:
    if plan.state in OVER:
        return []
    return [row for row in PLAN_ACTIONS if row.may(actor) and row.fits(plan)]


def actions_of_measure(actor: User, plan: MitigationPlan, measure: Measure) -> list[Action]:
    if plan.state in OVER:
        return []
    return [row for row in MEASURE_ACTIONS if row.may(actor) and row.fits(measure)]
