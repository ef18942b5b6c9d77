"""Mitigation of the minerals risk: entries of the trail, and steps of a plan, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By code of the step; the trail calls them ``mitigation.<code>``.
STEPS: dict[str, str | Promise] = {
    "opened": _("Mitigation plan opened"),
    "plan_offered": _("Plan sent to the supplier"),
    "plan_reminder": _("Supplier reminded of the plan"),
    "plan_overdue": _("Plan not agreed in time"),
    "agreement_missing": _("No agreement"),
    "agreed": _("Plan agreed"),
    "refused": _("Supplier refuses"),
    "measure_added": _("Measure added"),
    "measure_cancelled": _("Measure cancelled"),
    "measure_reminder": _("Supplier reminded of a measure"),
    "measure_overdue": _("Measure overdue"),
    "own_measure_reminder": _("Reminder: to be done by us"),
    "own_measure_overdue": _("We are late"),
    "moved": _("Date moved"),
    "owner_set": _("Owner changed"),
    "handed_in": _("Evidence handed in"),
    "verified": _("Verified"),
    "not_credible": _("Evidence not credible"),
    "audit_ordered": _("Third-party audit ordered"),
    "audit_accepted": _("Third-party audit accepted"),
    "audit_not_accepted": _("Third-party audit not accepted in time"),
    "audit_overdue": _("Third-party audit not done in time"),
    "spot_check_planned": _("Spot check planned"),
    "rescored": _("Rated again"),
    "close_overdue": _("Measures not done in time"),
    "limit_passed": _("Overall limit passed"),
    "proposed": _("Proposed"),
    "proposal_waits": _("Reminder: the proposal waits"),
    "proposal_taken_up": _("A second person is asked to decide"),
    "proposal_dropped": _("Proposal dropped"),
    "proposal_approved": _("Proposal approved and carried out"),
    "proposal_rejected": _("Proposal not approved"),
    "close_asked": _("Asked to close early"),
    "close_declined": _("Not closed early"),
    "closed": _("Mitigation closed"),
    "ended": _("Mitigation ended"),
}
WORDS: dict[str, str | Promise] = {
    **{f"mitigation.{code}": words for code, words in STEPS.items()},
    "risk.event_recorded": _("Risk event recorded"),
    "risk.event_ended": _("Risk event ended"),
}
