"""Conditions in words, and where each is put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.reader import listed
from suppliers.enums import GateKind
from suppliers.models import Supplier
from suppliers.policies.lifecycle import AUDIT_GATES, can_record_gate
from suppliers.rules.gates import Gate, State
from suppliers.selectors.day_words import day_words

if TYPE_CHECKING:
    from accounts.models import User

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

# What suppliers hand in themselves; a result can be recorded by hand instead.
ANSWERED = (GateKind.SELF_ASSESSMENT, GateKind.DECLARATION)


@dataclass(frozen=True, slots=True)
class GateLine:
    """One line of the checklist. ``url`` opens the page where it is put right, empty for none;
    ``is_needed``: the next step asks for it. ``record_url`` is set where a result can be recorded
    by hand beside that page; ``who`` records it, for a reader who may not."""

    kind: str
    reason: str
    label: str
    state: State
    state_label: str
    tone: str
    icon: str
    text: str
    url: str
    is_needed: bool
    record_url: str = ""
    who: str = ""


def gate_line(supplier: Supplier, gate: Gate, *, is_needed: bool) -> GateLine:
    tone, icon = TONES[gate.state]
    if gate.state == "unmet" and not is_needed:
        tone = "unknown"
    return GateLine(
        gate.kind,
        gate.reason,
        gate_label(gate),
        gate.state,
        str(STATES[gate.state]),
        tone,
        icon,
        gate_text(gate),
        gate_url(supplier, gate),
        is_needed,
        record_url(supplier, gate) if gate.kind in ANSWERED else "",
    )


def for_reader(actor: User, line: GateLine) -> GateLine:
    """Without the links to a form that this person may not use; such a one is told who may."""
    if can_record_gate(actor, line.kind):
        return line
    url = "" if "/gates/" in line.url else line.url
    is_open = line.state in ("unmet", "expired")
    return replace(line, url=url, record_url="", who=_recorders(line.kind) if is_open else "")


def _recorders(kind: str) -> str:
    """Nobody for what suppliers sign and fill in themselves."""
    if kind in (GateKind.DOCUMENTS, GateKind.SELF_ASSESSMENT):
        return ""
    if kind in AUDIT_GATES:
        return _("Auditors, CSR specialists and administrators record it.")
    return _("CSR specialists and administrators record it.")


def gate_label(gate: Gate) -> str:
    return str(GateKind(gate.kind).label)


def gate_text(gate: Gate) -> str:
    """Why it is met or not, in one sentence."""
    facts = {
        "date": day_words(gate.dated_on),
        "until": day_words(gate.valid_until),
        "missing": listed(gate.missing),
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
        "waiting_for_review": _("Handed in on %(date)s; waiting for review."),
        "record_failed": _("Not passed on %(date)s."),
        "record_expired": _("Dated %(date)s; it was valid until %(until)s."),
        "record_passed": _("Dated %(date)s; valid until %(until)s.")
        if ends
        else _("Dated %(date)s."),
    }
    return words[gate.reason]


def gate_url(supplier: Supplier, gate: Gate) -> str:
    """Documents, declarations, self-assessments or the one to review; else the form that records
    a result."""
    if gate.state == "not_applicable":
        return ""
    if gate.kind == GateKind.DOCUMENTS:
        return reverse("suppliers:commitment-supplier", args=[supplier.pk])
    if gate.reason == "waiting_for_review":
        return reverse("suppliers:assessment-detail", args=[gate.ref])
    if gate.kind == GateKind.SELF_ASSESSMENT:
        query = urlencode({"search": supplier.code})
        return f"{reverse('suppliers:assessment-list')}?{query}"
    if gate.kind == GateKind.DECLARATION:
        return f"{reverse('suppliers:supplier-detail', args=[supplier.pk])}?tab=minerals"
    return record_url(supplier, gate)


def record_url(supplier: Supplier, gate: Gate) -> str:
    return reverse("suppliers:supplier-gate-record", args=[supplier.pk, gate.kind])
