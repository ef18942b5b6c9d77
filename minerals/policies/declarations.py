"""Who may do what with declarations and the reference list. The only place that answers “may”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User
    from minerals.models import Declaration

EDITORS = (Role.CSR_SPECIALIST, Role.PROCUREMENT, Role.ADMINISTRATOR)
MATCHERS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_declarations(actor: User) -> bool:
    return actor.is_internal or actor.has_role(Role.SUPPLIER_CONTACT)


def require_view_declarations(actor: User) -> None:
    if not can_view_declarations(actor):
        raise NotAllowed("may_not_view_declarations", N_("You may not see declarations."))


def can_view_reference_list(actor: User) -> bool:
    return actor.is_internal


def require_view_reference_list(actor: User) -> None:
    """The list itself and what was decided by it; blank forms are for everybody."""
    if not can_view_reference_list(actor):
        raise NotAllowed(
            "may_not_view_reference_list", N_("The reference list is for our own people.")
        )


def can_upload(actor: User) -> bool:
    """May hand in a declaration at all."""
    return actor.has_role(*EDITORS, Role.SUPPLIER_CONTACT)


def require_upload(actor: User, supplier: Supplier | None) -> None:
    """May hand in for this supplier; None (find it by the company name) is for staff only."""
    if actor.has_role(*EDITORS):
        return
    own = (
        supplier is not None
        and Supplier.objects.filter(pk=supplier.pk, contacts__user=actor).exists()
    )
    if not (actor.has_role(Role.SUPPLIER_CONTACT) and own):
        raise NotAllowed(
            "may_not_upload", N_("You may not hand in declarations for this supplier.")
        )


def can_assign_supplier(actor: User) -> bool:
    return actor.has_role(*EDITORS)


def require_assign_supplier(actor: User) -> None:
    if not can_assign_supplier(actor):
        raise NotAllowed(
            "may_not_assign_supplier", N_("You may not decide whose declaration this is.")
        )


def can_decide_matches(actor: User) -> bool:
    return actor.has_role(*MATCHERS)


def require_decide_matches(actor: User) -> None:
    if not can_decide_matches(actor):
        raise NotAllowed(
            "may_not_decide_matches",
            N_("Only CSR specialists and administrators decide which smelter a name means."),
        )


def can_install_templates(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_install_templates(actor: User) -> None:
    if not can_install_templates(actor):
        raise NotAllowed(
            "may_not_install_templates", N_("Only administrators install official templates.")
        )


def can_request_correction(actor: User, declaration: Declaration) -> bool:
    """Whoever sees a judged declaration may have its correction workbook."""
    return declaration.judged and can_view_declarations(actor)
