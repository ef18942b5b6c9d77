"""The status of a smelter as it is shown: badge, what it means, what a supplier reads of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.badges import Badge
from minerals.enums import SmelterStatus
from minerals.rules.smelter_status import ACTION_WORDS, BY_CODE, StatusClass, status_fact

CLASS_WORDS: Mapping[StatusClass, str | Promise] = {
    "assured": pgettext_lazy("smelters", "Assured"),
    "progressing": pgettext_lazy("smelters", "On the way"),
    "data_issue": pgettext_lazy("smelters", "Entry to correct"),
    "unassured": pgettext_lazy("smelters", "Not assured"),
    "rejected": pgettext_lazy("smelters", "Not acceptable"),
}
_LOOKS: Mapping[StatusClass, tuple[str, str]] = {
    "assured": ("verified", "circle-check"),
    "progressing": ("info", "progress"),
    "data_issue": ("soon", "file-alert"),
    "unassured": ("soon", "alert-triangle"),
    "rejected": ("now", "ban"),
}
_MEANINGS: Mapping[str, str | Promise] = {
    "conformant": _(
        "The smelter's due-diligence system was assessed. It is no certificate of the material."
    ),
    "cross_recognised": _("Another scheme that RMI accepts has assessed the smelter."),
    "conformant_reaudit": _(
        "The last assessment was passed and a new one is due or running. That alone is no failure."
    ),
    "active": _("The smelter has committed itself; its assessment is planned or under way."),
    "ceased_operation": _("The smelter is closed; material of old stock is possible."),
    "not_eligible": _("This is no smelter by RMI's definition. It says nothing about a failure."),
    "active_ecap": _("Corrective action after the assessment takes longer than usual."),
    "due_diligence_vetted": _("RMI looked at documents; there was no assessment on site."),
    "in_communication": _("RMI is in contact with the smelter; there is no commitment yet."),
    "eligible": _("The smelter can be assessed. Being on the list says nothing about conformance."),
    "outreach_required": _("RMI asks customers to press the smelter for an assessment."),
    "not_listed": _("No list in force knows this smelter."),
    "suspended_not_interested": _("The smelter refuses to be assessed."),
    "non_conformant": _("The smelter failed the assessment or left the programme."),
    "unable_to_proceed": _("RMI's review met an obstacle, sanctions for instance."),
}
# What the supplier reads: RMI's own words are for its members.
_FOR_SUPPLIERS: Mapping[StatusClass, str | Promise] = {
    "assured": _("This smelter has been assessed."),
    "progressing": _("The assessment of this smelter is under way."),
    "data_issue": _("This entry is closed or no smelter, so it cannot be assessed."),
    "unassured": _("We know of no third-party assessment of this smelter."),
    "rejected": _("This smelter failed or refuses a third-party assessment."),
}


def smelter_badge(status: str) -> Badge:
    """``""``: the list has a word that nobody has explained yet."""
    fact = BY_CODE.get(status)
    if fact is None:
        return Badge("unknown", gettext("Status not explained yet"), "help-circle")
    tone, icon = _LOOKS[fact.status_class]
    return Badge(tone, str(SmelterStatus(status).label), icon)


def status_meaning(status: str) -> str:
    return str(_MEANINGS.get(status) or gettext("Somebody has to say what the list's word means."))


def words_for_supplier(status: str) -> str:
    return str(_FOR_SUPPLIERS[status_fact(status).status_class])


def action_words(status: str) -> str:
    """What a supplier that names such a smelter is asked."""
    return gettext(ACTION_WORDS[status_fact(status).action])


def class_of(status: str) -> StatusClass | Literal[""]:
    fact = BY_CODE.get(status)
    return fact.status_class if fact else ""
