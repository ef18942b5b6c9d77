"""Telling suppliers and our own people what a review asks and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core.services.notifications import notify, settle_about
from minerals.models import Clarification, Declaration
from suppliers.selectors.assessments import people_of
from suppliers.selectors.recipients import who_see
from suppliers.services.guests import guests
from suppliers.services.told import told_day, told_name

if TYPE_CHECKING:
    from accounts.models import User

ASKED = N_("There are questions about your %(form)s. Please answer by %(due)s.")
REMINDED = N_("Reminder: please answer the questions about your %(form)s by %(due)s.")
OVERDUE = N_("The day to answer has passed (%(due)s). Please answer about your %(form)s now.")
UNANSWERED = N_("%(supplier)s has not answered the questions about %(form)s, due on %(due)s.")
TAKEN_BACK = N_("The questions about your %(form)s need no answer any more.")
ANSWERED = N_("%(supplier)s has answered the questions about %(form)s.")
CORRECTED = N_("%(supplier)s has handed in a corrected %(form)s.")
ACCEPTED = N_("Your %(form)s is accepted. You need not do anything now.")
REJECTED = N_("Your %(form)s cannot be accepted: %(reason)s")
ASKING = ("clarification.asked", "clarification.reminder", "clarification.unanswered")
REASON_AT_MOST = 150


def tell_asked(clarification: Clarification) -> None:
    _tell_supplier(clarification, "clarification.asked", ASKED, urgent=True)
    guests().ask(clarification.supplier, clarification, "asked")


def tell_reminder(clarification: Clarification, *, late: bool) -> None:
    words = OVERDUE if late else REMINDED
    _tell_supplier(clarification, "clarification.reminder", words, urgent=late)
    guests().ask(clarification.supplier, clarification, "late" if late else "reminder")


def tell_taken_back(clarification: Clarification) -> None:
    _tell_supplier(clarification, "clarification.cancelled", TAKEN_BACK)


def tell_unanswered(clarification: Clarification) -> None:
    people = [clarification.supplier.buyer, clarification.owner]
    _tell_us(clarification, people, "clarification.unanswered", UNANSWERED, urgent=True)


def tell_answered(clarification: Clarification) -> None:
    people = [clarification.owner, clarification.declaration.reviewer]
    words = CORRECTED if clarification.answered_with_id else ANSWERED
    _tell_us(clarification, people, "clarification.answered", words)


def settle_asked(clarification: Clarification) -> None:
    """Nobody has to answer any more."""
    settle_about(clarification, *ASKING)


def settle_answered(clarification: Clarification) -> None:
    """The reviewer has looked at the answers."""
    settle_about(clarification, "clarification.answered")


def tell_accepted(declaration: Declaration) -> None:
    _tell_result(declaration, "declaration.accepted", ACCEPTED, {})


def tell_rejected(declaration: Declaration, reason: str) -> None:
    short = reason if len(reason) <= REASON_AT_MOST else f"{reason[:REASON_AT_MOST]}…"
    _tell_result(declaration, "declaration.rejected", REJECTED, {"reason": short}, urgent=True)


def _tell_supplier(
    clarification: Clarification, kind: str, message: str, *, urgent: bool = False
) -> None:
    notify(
        people_of(clarification.supplier),
        kind,
        message,
        _values(clarification),
        url=_page(clarification),
        subject=clarification,
        about=clarification.supplier,
        is_urgent=urgent,
    )


def _tell_us(
    clarification: Clarification,
    people: list[User | None],
    kind: str,
    message: str,
    *,
    urgent: bool = False,
) -> None:
    notify(
        who_see(clarification.supplier, people),
        kind,
        message,
        _values(clarification),
        url=_page(clarification),
        subject=clarification,
        about=clarification.supplier,
        is_urgent=urgent,
    )


def _tell_result(
    declaration: Declaration,
    kind: str,
    message: str,
    more: dict[str, Any],
    *,
    urgent: bool = False,
) -> None:
    supplier = declaration.supplier
    if supplier is None:
        return
    notify(
        people_of(supplier),
        kind,
        message,
        {"form": declaration.title, **more},
        url=declaration.get_absolute_url(),
        subject=declaration,
        about=supplier,
        is_urgent=urgent,
    )


def _values(clarification: Clarification) -> dict[str, Any]:
    return {
        "form": clarification.declaration.title,
        "due": told_day(clarification.due_on),
        "supplier": told_name(clarification.supplier),
    }


def _page(clarification: Clarification) -> str:
    return reverse("minerals:clarification-detail", args=[clarification.pk])
