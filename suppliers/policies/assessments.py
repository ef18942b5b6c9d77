"""Who may do what with self-assessments, questionnaires, risk tables and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User

REQUESTERS = (Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)
SPECIALISTS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_all_assessments(actor: User) -> bool:
    """The list, ratings, questionnaires and risk tables are for the company's own people."""
    return actor.is_internal


def require_view_all_assessments(actor: User) -> None:
    if not can_view_all_assessments(actor):
        raise NotAllowed("may_not_view_assessments", N_("This is for our own people."))


def can_view_own_assessments(actor: User) -> bool:
    return actor.has_role(Role.SUPPLIER_CONTACT)


def require_view_own_assessments(actor: User) -> None:
    if not can_view_own_assessments(actor):
        raise NotAllowed(
            "may_not_answer_assessments", N_("Only the supplier's own people answer this form.")
        )


def can_request_assessments(actor: User) -> bool:
    return actor.has_role(*REQUESTERS)


def require_request_assessments(actor: User) -> None:
    if not can_request_assessments(actor):
        raise NotAllowed(
            "may_not_request_assessments", N_("You may not send questionnaires to suppliers.")
        )


def can_answer_assessments(actor: User) -> bool:
    """Of the own company: whoever else asks is told that there is no such thing."""
    return actor.has_role(Role.SUPPLIER_CONTACT)


def require_answer_assessments(actor: User) -> None:
    require_view_own_assessments(actor)


def can_review_assessments(actor: User) -> bool:
    return actor.has_role(*SPECIALISTS)


def require_review_assessments(actor: User) -> None:
    if not can_review_assessments(actor):
        raise NotAllowed(
            "may_not_review_assessments",
            N_("Only CSR specialists and administrators decide about self-assessments."),
        )


def can_manage_questionnaires(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_manage_questionnaires(actor: User) -> None:
    if not can_manage_questionnaires(actor):
        raise NotAllowed(
            "may_not_manage_questionnaires", N_("Only administrators change questionnaires.")
        )


def can_manage_risk_tables(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_manage_risk_tables(actor: User) -> None:
    if not can_manage_risk_tables(actor):
        raise NotAllowed(
            "may_not_manage_risk_tables", N_("Only administrators change the tables of risk.")
        )


def can_record_ratings(actor: User) -> bool:
    return actor.has_role(*SPECIALISTS)


def require_record_ratings(actor: User) -> None:
    if not can_record_ratings(actor):
        raise NotAllowed(
            "may_not_record_ratings",
            N_("Only CSR specialists and administrators record parts of the rating."),
        )
