"""Badges and words of surveys."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.badges import Badge
from core.models import Letter
from surveys.enums import CampaignState, ScopeReason, Stage
from surveys.models import Campaign
from surveys.rules.scope import ScopeLine

STAGE_LOOKS: dict[str, tuple[str, str]] = {
    Stage.ASKED: ("unknown", "mail"),
    Stage.OPENED: ("info", "eye"),
    Stage.STARTED: ("info", "edit"),
    Stage.CLARIFICATION: ("soon", "help-circle"),
    Stage.SUBMITTED: ("soon", "file-check"),
    Stage.VALID: ("info", "circle-check"),
    Stage.ACCEPTED: ("verified", "circle-check"),
    Stage.DECLINED: ("now", "x"),
    Stage.EXCLUDED: ("unknown", "minus"),
}
STATE_LOOKS: dict[str, tuple[str, str]] = {
    CampaignState.DRAFT: ("unknown", "edit"),
    CampaignState.RUNNING: ("info", "refresh"),
    CampaignState.CLOSED: ("verified", "circle-check"),
}


STEP_WORDS = {
    "reminder_1": gettext_lazy("First reminder to the contact"),
    "reminder_2": gettext_lazy("Second reminder to the contact"),
    "due": gettext_lazy("Due: the contact is written to"),
    "backup": gettext_lazy("Contact and a second person are written to"),
    "buyer": gettext_lazy("The buyer is asked to talk to them"),
    "manager": gettext_lazy("The manager is told, a restriction is proposed"),
    "decision": gettext_lazy("A decision is due; high risk is recorded"),
}
MAIL_WORDS = {
    "invitation": gettext_lazy("Invitation"),
    "reminder_1": gettext_lazy("First reminder"),
    "reminder_2": gettext_lazy("Second reminder"),
    "due": gettext_lazy("Due today"),
    "backup": gettext_lazy("Overdue, to contact and second person"),
    "reminder": gettext_lazy("Reminder by hand"),
    "reply": gettext_lazy("Answer to a question"),
    "link": gettext_lazy("New link"),
    "questions": gettext_lazy("Questions about the report"),
}


def letter_words(letter: Letter) -> str:
    if letter.mail is not None:
        return letter.mail.title
    return str(MAIL_WORDS.get(letter.kind.partition(".")[2], letter.kind))


def stage_badge(stage: str) -> Badge:
    tone, icon = STAGE_LOOKS[stage]
    return Badge(tone, str(Stage(stage).label), icon)


def state_badge(campaign: Campaign) -> Badge:
    if campaign.paused_on is not None and campaign.is_running:
        return Badge("soon", _("Paused"), "clock")
    tone, icon = STATE_LOOKS[campaign.state]
    return Badge(tone, str(campaign.get_state_display()), icon)


def reason_words(line: ScopeLine) -> str:
    return " · ".join(str(ScopeReason(reason).label) for reason in line.reasons)
