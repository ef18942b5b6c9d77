"""The review of a declaration as one table: which step leads where, and who takes it.

Services ask it, pages draw their buttons from it, ``docs/minerals.md`` tells it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minerals.rules.marks import N_

# A state is a review state, or empty while nobody has begun.
NOT_BEGUN = ""
UNDER_REVIEW = "under_review"
CLARIFICATION_OPEN = "clarification_open"
WITH_EXCEPTIONS = "accepted_with_exceptions"
ACCEPTED = "accepted"
REJECTED = "rejected"
RUNNING = (NOT_BEGUN, UNDER_REVIEW, CLARIFICATION_OPEN)
DECIDED = (ACCEPTED, WITH_EXCEPTIONS, REJECTED)
Who = Literal["reviewer", "supplier"]


@dataclass(frozen=True, slots=True)
class Step:
    """``target``: the state it leads to; of ``accept`` the findings decide which of two.
    ``own_page``: taken on a page of its own, not by a button beside the verdict."""

    code: str
    states: tuple[str, ...]
    target: str
    verb: str
    explains: str
    by: Who = "reviewer"
    needs_reason: bool = False
    own_page: bool = False


TABLE: tuple[Step, ...] = (
    Step(
        "begin",
        (NOT_BEGUN,),
        UNDER_REVIEW,
        N_("Begin the review"),
        N_("You become the reviewer; deciding about a finding begins it too."),
    ),
    Step(
        "take_over",
        (UNDER_REVIEW, CLARIFICATION_OPEN),
        "",
        N_("Take over the review"),
        N_("You become the reviewer; questions to the supplier keep their owner."),
    ),
    Step(
        "ask",
        (NOT_BEGUN, UNDER_REVIEW),
        CLARIFICATION_OPEN,
        N_("Send the questions"),
        N_("The supplier gets all questions in one message, with a day to answer by."),
        own_page=True,
    ),
    Step(
        "answer",
        (CLARIFICATION_OPEN,),
        UNDER_REVIEW,
        N_("Send the answers"),
        N_("The supplier answered in words, or a corrected file came in."),
        by="supplier",
        own_page=True,
    ),
    Step(
        "take_back",
        (CLARIFICATION_OPEN,),
        UNDER_REVIEW,
        N_("Take the questions back"),
        N_("The supplier need not answer any more; the questions can be sent again."),
        own_page=True,
    ),
    Step(
        "accept",
        (NOT_BEGUN, UNDER_REVIEW),
        ACCEPTED,
        N_("Accept the declaration"),
        N_("With exceptions where something is waived or a warning was left open."),
    ),
    Step(
        "reject",
        RUNNING,
        REJECTED,
        N_("Reject the declaration"),
        N_("The supplier reads the reason and hands in another file."),
        needs_reason=True,
    ),
    Step(
        "reopen",
        DECIDED,
        UNDER_REVIEW,
        N_("Reopen the review"),
        N_("What was decided about findings stays."),
        needs_reason=True,
    ),
)
STEPS: dict[str, Step] = {step.code: step for step in TABLE}


def steps_from(state: str) -> list[Step]:
    """What a reviewer may do now by a button beside the verdict."""
    return [
        step
        for step in TABLE
        if state in step.states and step.by == "reviewer" and not step.own_page
    ]
