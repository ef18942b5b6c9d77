"""The lifecycle of a supplier as one table: which step leads where, and what it needs.

Services ask it, pages draw their buttons from it, ``docs/suppliers.md`` is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from suppliers.enums import ApprovalKind, GateKind, SupplierStatus

S = SupplierStatus
Tone = Literal["primary", "plain", "danger"]
# done: at once by the one who asks. asked: carried out when a second person approves.
# decided: what the decision about a request leads to; nobody asks for it by itself.
Way = Literal["done", "asked", "decided"]

ACTORS = frozenset({Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR})
# After these nothing that was allowed, limited or asked before goes on.
ENDED = (S.DISQUALIFIED, S.NOT_INTRODUCED)
# Nobody asks those for anything any more.
LEFT = (*ENDED, S.PHASED_OUT)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. ``label`` names the step, ``verb`` is its button, ``explains`` says what happens.

    ``opens``: the request that it opens or that it is the decision of. ``needs_proof``: at least
    an explanation or a file beside it.
    """

    code: str
    states: tuple[SupplierStatus, ...]
    target: SupplierStatus
    label: str | Promise
    verb: str | Promise
    explains: str | Promise
    tone: Tone = "plain"
    way: Way = "done"
    opens: ApprovalKind | None = None
    needs_reason: bool = False
    needs_proof: bool = False
    gates: tuple[GateKind, ...] = ()
    roles: frozenset[Role] = ACTORS

    @property
    def needs_second_person(self) -> bool:
        return self.way == "asked" or self.opens is not None


TABLE: tuple[Transition, ...] = (
    Transition(
        "start_signing",
        (S.REGISTERED,),
        S.SIGNING,
        _("Signing begins"),
        _("Start signing"),
        _("The supplier is asked to sign the documents that its kind must sign."),
        tone="primary",
    ),
    Transition(
        "start_certification",
        (S.SIGNING,),
        S.CERTIFICATION,
        _("Certification begins"),
        _("Start certification"),
        _("The certification audit can be planned. All documents must be signed."),
        tone="primary",
        gates=(GateKind.DOCUMENTS,),
    ),
    Transition(
        "submit_for_approval",
        (S.CERTIFICATION,),
        S.APPROVAL,
        _("Submitted for approval"),
        _("Submit for approval"),
        _("A second person is asked to approve the supplier for the chosen categories."),
        tone="primary",
        opens=ApprovalKind.QUALIFY,
        gates=(
            GateKind.DOCUMENTS,
            GateKind.CERTIFICATION_AUDIT,
            GateKind.DECLARATION,
            GateKind.SELF_ASSESSMENT,
        ),
    ),
    Transition(
        "approve",
        (S.APPROVAL,),
        S.QUALIFIED,
        pgettext_lazy("lifecycle", "Approved"),
        pgettext_lazy("lifecycle", "Approve"),
        _("The supplier is qualified and its initial categories are approved."),
        tone="primary",
        way="decided",
        opens=ApprovalKind.QUALIFY,
        gates=(
            GateKind.DOCUMENTS,
            GateKind.CERTIFICATION_AUDIT,
            GateKind.DECLARATION,
            GateKind.SELF_ASSESSMENT,
        ),
    ),
    Transition(
        "send_back",
        (S.APPROVAL,),
        S.CERTIFICATION,
        _("Sent back to certification"),
        _("Send back"),
        _("The request was rejected or withdrawn; the supplier is in certification again."),
        way="decided",
        opens=ApprovalKind.QUALIFY,
    ),
    Transition(
        "restrict",
        (S.QUALIFIED, S.LIMITED),
        S.LIMITED,
        _("Cooperation limited"),
        _("Limit the cooperation"),
        _(
            "Once a second person agrees, the limitation applies from its first day; one that "
            "runs until then is replaced."
        ),
        tone="danger",
        way="asked",
        opens=ApprovalKind.RESTRICT,
        needs_reason=True,
        needs_proof=True,
    ),
    Transition(
        "lift",
        (S.LIMITED,),
        S.QUALIFIED,
        _("Limitation lifted"),
        _("Lift the limitation"),
        _("Once a second person agrees, the limitation ends and the supplier is qualified again."),
        tone="primary",
        way="asked",
        opens=ApprovalKind.LIFT,
        needs_proof=True,
    ),
    Transition(
        "not_introduce",
        (S.SIGNING, S.CERTIFICATION, S.APPROVAL),
        S.NOT_INTRODUCED,
        pgettext_lazy("lifecycle", "Not introduced"),
        _("Do not introduce"),
        _("Once a second person agrees, the introduction ends. It can only begin anew."),
        tone="danger",
        way="asked",
        opens=ApprovalKind.NOT_INTRODUCE,
        needs_reason=True,
    ),
    Transition(
        "disqualify",
        (S.QUALIFIED, S.LIMITED),
        S.DISQUALIFIED,
        pgettext_lazy("lifecycle", "Disqualified"),
        _("Disqualify"),
        _(
            "Once a second person agrees, all qualifications and waivers end. "
            "The only way back is a new certification."
        ),
        tone="danger",
        way="asked",
        opens=ApprovalKind.DISQUALIFY,
        needs_reason=True,
        needs_proof=True,
    ),
    Transition(
        "phase_out",
        tuple(state for state in S if state not in LEFT),
        S.PHASED_OUT,
        pgettext_lazy("lifecycle", "Phased out"),
        _("Phase out"),
        _("Orders stay possible until the day before the date, as far as they were possible."),
        needs_proof=True,
    ),
    Transition(
        "reopen",
        (S.PHASED_OUT,),
        S.REGISTERED,
        _("Opened again"),
        _("Open again"),
        _("The supplier starts at the beginning; earlier qualifications and limits end."),
    ),
    Transition(
        "recertify",
        ENDED,
        S.SIGNING,
        _("New certification begins"),
        _("Start a new certification"),
        _(
            "The supplier signs, is audited and assessed anew: what is older than its end "
            "does not count any more."
        ),
    ),
)
BY_CODE = {row.code: row for row in TABLE}
# The first period of every supplier; written when it is created.
REGISTER = "register"


def actions_from(status: str) -> list[Transition]:
    """What a person may ask for in this state, in the order of the table."""
    return [row for row in TABLE if row.way != "decided" and status in row.states]


def transition(status: str, action: str) -> Transition | None:
    """The row of ``action`` when it leads on from this state."""
    row = BY_CODE.get(action)
    return row if row is not None and status in row.states else None


def action_of(kind: str) -> Transition | None:
    """The step that an approved request of this kind carries out; None for those that leave the
    status alone (a category or site, a waiver)."""
    if kind == ApprovalKind.QUALIFY:
        return BY_CODE["approve"]
    found = [row for row in TABLE if row.way == "asked" and row.opens == kind]
    return found[0] if found else None
