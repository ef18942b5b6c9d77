"""Questions to suppliers: whose they are, and each in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core import clock
from core.badges import Badge
from core.errors import NotFound
from minerals.enums import ClarificationState
from minerals.models import Clarification, ClarificationItem, Declaration
from minerals.rules.catalogue.texts import FindingText
from minerals.selectors.texts import text_of
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

BADGES: dict[str, tuple[str, str]] = {
    ClarificationState.OPEN: ("progress", "hourglass"),
    ClarificationState.ANSWERED: ("soon", "message"),
    ClarificationState.CLOSED: ("verified", "circle-check"),
    ClarificationState.CANCELLED: ("quiet", "x"),
}


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question: its finding in words, its places in the file, and what both sides wrote."""

    item: ClarificationItem
    text: FindingText

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell for cell in (self.item.cell, self.item.params.get("other_cell")) if cell)


def clarifications_for(actor: User) -> QuerySet[Clarification]:
    """Of suppliers the actor sees; a supplier's contact those of the own company."""
    found = Clarification.objects.select_related(
        "declaration", "supplier", "owner", "answered_by", "answered_with"
    )
    if actor.is_internal:
        return found.filter(supplier__in=Supplier.objects.visible_to(actor))
    if actor.has_role(Role.SUPPLIER_CONTACT):
        return found.filter(supplier__contacts__user=actor)
    return found.none()


def clarification_for(actor: User, clarification_id: int) -> Clarification:
    """Errors: clarification_not_found."""
    found = clarifications_for(actor).filter(pk=clarification_id).first()
    if found is None:
        raise NotFound(
            "clarification_not_found",
            N_("There are no such questions, or they belong to somebody else."),
        )
    return found


def clarification_of_supplier(supplier_id: int, clarification_id: int) -> Clarification:
    """For people of the supplier without an account. Errors: clarification_not_found."""
    found = asked_of(supplier_id).filter(pk=clarification_id).first()
    if found is None:
        raise NotFound(
            "clarification_not_found",
            N_("There are no such questions, or they belong to somebody else."),
        )
    return found


def asked_of(supplier_id: int) -> QuerySet[Clarification]:
    return Clarification.objects.select_related(
        "declaration", "supplier", "owner", "answered_by", "answered_with"
    ).filter(supplier=supplier_id)


def open_questions(actor: User, declaration: Declaration) -> Clarification | None:
    """What the supplier is asked about the declaration now."""
    found = clarifications_for(actor).filter(declaration=declaration)
    return found.filter(state=ClarificationState.OPEN).first()


def question_lines(clarification: Clarification) -> list[QuestionLine]:
    return [QuestionLine(one, text_of(one.code, one.params)) for one in clarification.items.all()]


def clarification_badge(clarification: Clarification, *, internal: bool) -> Badge:
    """Overdue before anything else; the supplier reads what is asked of him."""
    tone, icon = BADGES[clarification.state]
    label = str(clarification.get_state_display())
    if clarification.state == ClarificationState.OPEN:
        if clarification.due_on < clock.today():
            return Badge("now", _("Overdue"), "clock-exclamation")
        if not internal:
            return Badge("soon", _("Waiting for your answer"), icon)
    return Badge(tone, label, icon)
