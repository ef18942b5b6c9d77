"""What is known of a smelter: its status in a list, what that is worth, what it asks for.

Status, classes, deadlines and points follow our standards sheet, section 3.2: the labels are those
of RMI's list classes, deadlines and points are our own defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minerals.rules.marks import N_

StatusClass = Literal["assured", "progressing", "data_issue", "unassured", "rejected"]
Action = Literal[
    "", "watch", "update_list", "correct_list", "request_outreach", "identify", "remove"
]

ASSURED: StatusClass = "assured"
REJECTED: StatusClass = "rejected"
UNASSURED: StatusClass = "unassured"


@dataclass(frozen=True, slots=True)
class StatusFact:
    """``action``: what a supplier who names such a smelter is asked; ``days``: until when, 0 where
    nothing is asked of the supplier. ``also``: a second step (``alternate_source``,
    ``legal_check``)."""

    code: str
    status_class: StatusClass
    action: Action = ""
    days: int = 0
    also: str = ""

    @property
    def asks_supplier(self) -> bool:
        return self.days > 0


STATUSES: tuple[StatusFact, ...] = (
    StatusFact("conformant", "assured"),
    StatusFact("cross_recognised", "assured"),
    StatusFact("conformant_reaudit", "assured", "watch"),
    StatusFact("active", "progressing", "watch"),
    StatusFact("ceased_operation", "data_issue", "update_list", 30),
    StatusFact("not_eligible", "data_issue", "correct_list", 30),
    StatusFact("active_ecap", "progressing", "watch"),
    StatusFact("due_diligence_vetted", "progressing", "watch"),
    StatusFact("in_communication", "unassured", "request_outreach", 60),
    StatusFact("eligible", "unassured", "request_outreach", 60),
    StatusFact("outreach_required", "unassured", "request_outreach", 60, "alternate_source"),
    StatusFact("not_listed", "unassured", "identify", 30),
    StatusFact("suspended_not_interested", "rejected", "remove", 90),
    StatusFact("non_conformant", "rejected", "remove", 60),
    StatusFact("unable_to_proceed", "rejected", "remove", 30, "legal_check"),
)
BY_CODE: Mapping[str, StatusFact] = {fact.code: fact for fact in STATUSES}
NOT_LISTED = "not_listed"
ELIGIBLE = "eligible"

ACTION_WORDS: Mapping[Action, str] = {
    "": N_("Nothing to do; it is looked at again with the next list"),
    "watch": N_("Watch it, and ask for the date of the assessment"),
    "update_list": N_("Take it off the list, or say what stock is left"),
    "correct_list": N_("It is no smelter: name the true one"),
    "request_outreach": N_("Ask the smelter to enrol in RMAP"),
    "identify": N_("Identify the smelter and send its RMI ID"),
    "remove": N_("Remove the smelter from the supply chain"),
}

# How the lists of RMI and others write a status, in small letters without signs. What stands
# in none of them waits for a person.
_WORDS: Mapping[str, str] = {
    "conformant": "conformant",
    "rmap conformant": "conformant",
    "compliant": "conformant",
    "conformant re audit in progress": "conformant_reaudit",
    "conformant reaudit": "conformant_reaudit",
    "re audit in progress": "conformant_reaudit",
    "cross recognised": "cross_recognised",
    "cross recognized": "cross_recognised",
    "active": "active",
    "rmap active": "active",
    "active extended corrective action plan": "active_ecap",
    "active ecap": "active_ecap",
    "extended corrective action plan": "active_ecap",
    "due diligence vetted": "due_diligence_vetted",
    "in communication": "in_communication",
    "eligible": "eligible",
    "outreach required": "outreach_required",
    "not listed": "not_listed",
    "non conformant": "non_conformant",
    "not conformant": "non_conformant",
    "nonconformant": "non_conformant",
    "communication suspended not interested": "suspended_not_interested",
    "not interested": "suspended_not_interested",
    "rmi due diligence review unable to proceed": "unable_to_proceed",
    "unable to proceed": "unable_to_proceed",
    "ceased operation": "ceased_operation",
    "ceased operations": "ceased_operation",
    "closed": "ceased_operation",
    "not eligible": "not_eligible",
}


def status_key(text: str) -> str:
    """How a status word is compared: small letters, single blanks, no signs."""
    letters = "".join(each if each.isalnum() else " " for each in text.casefold())
    return " ".join(letters.split())


def known_status(text: str) -> str:
    """The status a word of a list means; ``""`` where a person has to say."""
    return _WORDS.get(status_key(text), "")


def status_fact(code: str) -> StatusFact:
    """Raises KeyError for a code that is no status."""
    return BY_CODE[code]
