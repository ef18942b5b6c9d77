"""Who may do what with documents and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed
from suppliers.models import Signature, SupplierContact

if TYPE_CHECKING:
    from accounts.models import User

EDITORS = (Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_commitments(actor: User) -> bool:
    return actor.is_internal


def require_view_commitments(actor: User) -> None:
    if not can_view_commitments(actor):
        raise NotAllowed(
            "may_not_view_commitments", N_("The overview of all suppliers is for our own people.")
        )


def can_manage_documents(actor: User) -> bool:
    return actor.has_role(Role.ADMINISTRATOR)


def require_manage_documents(actor: User) -> None:
    if not can_manage_documents(actor):
        raise NotAllowed(
            "may_not_manage_documents", N_("Only administrators change documents and versions.")
        )


def can_request_signatures(actor: User) -> bool:
    """Ask suppliers to sign, cancel that, record, check and revoke signatures."""
    return actor.has_role(*EDITORS)


def require_request_signatures(actor: User) -> None:
    if not can_request_signatures(actor):
        raise NotAllowed(
            "may_not_request_signatures", N_("You may not ask suppliers for signatures.")
        )


def can_check_signature(actor: User, signature: Signature) -> bool:
    """A second person: never the one who handed in the scan."""
    return can_request_signatures(actor) and signature.recorded_by_id != actor.pk


def require_check_signature(actor: User, signature: Signature) -> None:
    require_request_signatures(actor)
    if not can_check_signature(actor, signature):
        raise NotAllowed(
            "own_scan_not_checked",
            N_("You handed in this scan yourself; a colleague has to check it."),
        )


def can_speak_for_company(actor: User) -> bool:
    return actor.has_role(Role.SUPPLIER_CONTACT) and not actor.is_internal


def require_speak_for_company(actor: User) -> None:
    if not can_speak_for_company(actor):
        raise NotAllowed(
            "may_not_act_for_supplier", N_("Only a supplier's own contact can do this.")
        )


def require_sign(contact: SupplierContact) -> None:
    if not contact.may_sign:
        raise NotAllowed(
            "may_not_sign",
            N_(
                "You are not registered as a person who may sign for your company. Ask your buyer "
                "to register the right person, or print the document, have it signed and upload "
                "the scan."
            ),
        )
