"""States of documents and signatures in words, with tone and icon."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suppliers.enums import SignatureState


@dataclass(frozen=True, slots=True)
class StateWords:
    label: str | Promise
    tone: str
    icon: str


STATE_WORDS: dict[str, StateWords] = {
    "missing": StateWords(pgettext_lazy("document", "Missing"), "soon", "circle-dashed"),
    "requested": StateWords(pgettext_lazy("document", "Asked"), "info", "send"),
    "overdue": StateWords(pgettext_lazy("document", "Overdue"), "now", "clock-exclamation"),
    "to_check": StateWords(pgettext_lazy("document", "To be checked"), "info", "eye-check"),
    "signed": StateWords(pgettext_lazy("document", "Signed"), "verified", "circle-check"),
    "expiring": StateWords(pgettext_lazy("document", "Expires soon"), "soon", "hourglass"),
    "expired": StateWords(pgettext_lazy("document", "Expired"), "now", "calendar-exclamation"),
    "outdated": StateWords(pgettext_lazy("document", "New version"), "soon", "versions"),
    "refused": StateWords(pgettext_lazy("document", "Refused"), "now", "ban"),
    "not_required": StateWords(pgettext_lazy("document", "Not required"), "quiet", "minus"),
}

SIGNATURE_WORDS: dict[str, tuple[str, str]] = {
    SignatureState.TO_CHECK: ("info", "eye-check"),
    SignatureState.VALID: ("verified", "circle-check"),
    SignatureState.REJECTED: ("now", "circle-x"),
    SignatureState.REVOKED: ("now", "ban"),
}

SKIP_WORDS: dict[str, str | Promise] = {
    "not_required": _("Not required of this supplier"),
    "signed": _("Signed and valid"),
    "to_check": _("A scan waits to be checked"),
    "requested": _("Asked already, still in time"),
    "overdue": _("Asked already, overdue"),
    "no_version": _("No version of the document is published"),
    "left": _("The supplier is merged, phased out, not introduced or disqualified"),
}


def state_choices() -> list[tuple[str, str | Promise]]:
    return [(code, words.label) for code, words in STATE_WORDS.items()]
