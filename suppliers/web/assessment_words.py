"""How the state of a self-assessment is shown: tone, words, icon."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from core.badges import Badge
from suppliers.enums import AssessmentState
from suppliers.models import Assessment
from suppliers.selectors.assessments import ANSWERABLE


def state_badge(assessment: Assessment, today: dt.date, *, for_supplier: bool = False) -> Badge:
    """Waiting for the supplier after the due date is overdue, whatever else it is."""
    state = assessment.state
    if state in ANSWERABLE and assessment.due_on < today:
        return Badge("now", _("Overdue"), "clock-exclamation")
    if state == AssessmentState.REQUESTED:
        words = _("To fill in") if for_supplier else _("Waiting for the supplier")
        return Badge("soon" if for_supplier else "quiet", words, "clock")
    if state == AssessmentState.RETURNED:
        words = _("To mend") if for_supplier else _("Sent back")
        return Badge("soon", words, "arrow-back-up")
    if state == AssessmentState.SUBMITTED:
        words = _("With us for review") if for_supplier else _("To review")
        return Badge("info" if for_supplier else "soon", words, "inbox")
    if state == AssessmentState.ACCEPTED:
        return Badge("verified", str(assessment.get_state_display()), "circle-check")
    return Badge("unknown", str(assessment.get_state_display()), "ban")


def skip_words(code: str) -> str:
    """Why a supplier does not get the form now."""
    return {
        "no_contact": _("Nobody of this supplier can sign in. Add a contact first."),
        "running": _("A form is with this supplier or with us already."),
        "answered": _("Has answered this edition, and the answers still count."),
        "ended": _("Is disqualified, not introduced or phased out."),
    }.get(code, "")
