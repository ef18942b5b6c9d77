"""Conditions in words, and where each is put right."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suppliers.enums import GateKind
from suppliers.models import Supplier
from suppliers.rules.gates import Gate, State
from suppliers.selectors.day_words import day_words

TONES: dict[State, tuple[str, str]] = {
    "met": ("verified", "circle-check"),
    "unmet": ("now", "circle-x"),
    "expired": ("soon", "clock-exclamation"),
    "not_applicable": ("unknown", "circle-minus"),
}
STATES: dict[State, str | Promise] = {
    "met": gettext_lazy("Met"),
    "unmet": gettext_lazy("Not met"),
    "expired": gettext_lazy("Expired"),
    "not_applicable": gettext_lazy("Not needed"),
}


@dataclass(frozen=True, slots=True)
class GateLine:
    """One line of the checklist. ``url`` opens the page where it is put right, empty for none;
    ``is_needed``: the next step asks for it."""

    kind: str
    label: str
    state: State
    state_label: str
    tone: str
    icon: str
    text: str
    url: str
    is_needed: bool


def gate_line(supplier: Supplier, gate: Gate, *, is_needed: bool) -> GateLine:
    tone, icon = TONES[gate.state]
    if gate.state == "unmet" and not is_needed:
        tone = "unknown"
    return GateLine(
        gate.kind,
        gate_label(gate),
        gate.state,
        str(STATES[gate.state]),
        tone,
        icon,
        gate_text(gate),
        gate_url(supplier, gate),
        is_needed,
    )


def gate_label(gate: Gate) -> str:
    return str(GateKind(gate.kind).label)


def gate_text(gate: Gate) -> str:
    """Why it is met or not, in one sentence."""
    facts = {
        "date": day_words(gate.dated_on),
        "until": day_words(gate.valid_until),
        "missing": ", ".join(gate.missing),
    }
    return _words(gate) % facts


def _words(gate: Gate) -> str:
    ends = gate.valid_until is not None
    words = {
        "no_documents_required": _("No document has to be signed."),
        "documents_missing": _("Not signed: %(missing)s."),
        "documents_expired": _("The signature has expired: %(missing)s."),
        "documents_signed": _("All signed, the last one on %(date)s; valid until %(until)s.")
        if ends
        else _("All signed, the last one on %(date)s."),
        "no_minerals": _("No minerals are in scope."),
        "not_qualified_yet": _("Begins once the supplier is qualified."),
        "no_record": _("Nothing is recorded yet."),
        "record_failed": _("Not passed on %(date)s."),
        "record_expired": _("Dated %(date)s; it was valid until %(until)s."),
        "record_passed": _("Dated %(date)s; valid until %(until)s.")
        if ends
        else _("Dated %(date)s."),
    }
    return words[gate.reason]


def gate_url(supplier: Supplier, gate: Gate) -> str:
    """The page of the documents or self-assessments, else the form that records a result."""
    if gate.state == "not_applicable":
        return ""
    if gate.kind == GateKind.DOCUMENTS:
        return _list_url("suppliers:commitment-matrix", supplier)
    if gate.kind == GateKind.SELF_ASSESSMENT:
        return _list_url("suppliers:assessment-list", supplier)
    return reverse("suppliers:supplier-gate-record", args=[supplier.pk, gate.kind])


def _list_url(name: str, supplier: Supplier) -> str:
    """Empty where the installation has no such page."""
    try:
        return f"{reverse(name)}?{urlencode({'search': supplier.code})}"
    except NoReverseMatch:
        return ""
