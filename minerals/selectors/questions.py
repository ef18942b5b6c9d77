"""The questions of the forms in our own short words.

Which number means what differs by family; ``minerals.rules.consistency.roles`` knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minerals.rules.catalogue.labels import FIELD_LABELS, MINERAL_LABELS
from minerals.rules.consistency.roles import ROLES, Role
from minerals.rules.declaration import Family as FamilyCode

ROLE_WORDS: Mapping[Role, str | Promise] = {
    "uses": _("Used on purpose in products or production?"),
    "remains": _("Still contained in the finished product?"),
    "covered_countries": _("From covered countries (DR Congo and its neighbours)?"),
    "cahra": _("From a conflict-affected or high-risk area?"),
    "recycled": _("Entirely from recycling or scrap?"),
    "supplier_share": _("Share of suppliers that have answered"),
    "all_identified": _("All smelters known?"),
    "all_reported": _("All known smelters listed here?"),
    "policy": _("Has a policy on responsible sourcing"),
    "policy_public": _("The policy is published (address in the comment)"),
    "policy_risks": _("The policy covers all risks of the guidance"),
    "validated_smelters": _("Asks its suppliers for validated smelters"),
    "due_diligence": _("Practises due diligence on sourcing"),
    "suppliers_due_diligence": _("Asks its suppliers for due diligence"),
    "suppliers_risks": _("Asks its suppliers to handle all risks"),
    "surveys": _("Surveys its suppliers"),
    "reviews": _("Checks what suppliers answer"),
    "corrective_action": _("Follows up with corrective action"),
    "legal_disclosure": _("Must publish an annual report by law"),
}


def question_words(family: str, question: str, *, outdated: bool = False) -> str:
    """The question in short; an outdated form numbers otherwise, so only its number is known."""
    known = family in ROLES and not outdated
    role = ROLES[cast(FamilyCode, family)].get(question) if known else None
    if role is None:
        return gettext("Question %(number)s") % {"number": question}
    return str(ROLE_WORDS[role])


def mineral_name(name: str) -> str:
    """A mineral of the forms in the reader's language; free text as the supplier wrote it."""
    return gettext(name) if name in MINERAL_LABELS else name


def field_name(field: str) -> str:
    """A company field in words, beginning with a capital."""
    words = gettext(FIELD_LABELS[field]) if field in FIELD_LABELS else field
    return words[:1].upper() + words[1:]
