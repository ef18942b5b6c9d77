"""Who may do what with smelters, their certificates, and the tasks of suppliers about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from accounts.roles import Role
from core.errors import NotAllowed

if TYPE_CHECKING:
    from accounts.models import User
    from minerals.models import SmelterCertificate

WRITERS = (Role.CSR_SPECIALIST, Role.PROCUREMENT, Role.ADMINISTRATOR)
SPECIALISTS = (Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def can_view_smelters(actor: User) -> bool:
    """The register holds what RMI tells its members; suppliers see what their tasks say."""
    return actor.is_internal


def require_view_smelters(actor: User) -> None:
    if not can_view_smelters(actor):
        raise NotAllowed("may_not_view_smelters", N_("The smelters are for our own people."))


def can_write_notes(actor: User) -> bool:
    """Notes, outreach and certificates."""
    return actor.has_role(*WRITERS)


def require_write_notes(actor: User) -> None:
    if not can_write_notes(actor):
        raise NotAllowed(
            "may_not_write_about_smelters", N_("You may not record anything about smelters.")
        )


def can_verify_certificate(actor: User, certificate: SmelterCertificate) -> bool:
    """A second look: not by the one who recorded it."""
    return actor.has_role(*SPECIALISTS) and certificate.recorded_by_id != actor.pk


def require_verify_certificate(actor: User, certificate: SmelterCertificate) -> None:
    if not actor.has_role(*SPECIALISTS):
        raise NotAllowed(
            "may_not_verify_certificates",
            N_("Only CSR specialists and administrators verify certificates."),
        )
    if certificate.recorded_by_id == actor.pk:
        raise NotAllowed(
            "own_certificate", N_("You recorded this certificate; somebody else verifies it.")
        )


def can_view_all_tasks(actor: User) -> bool:
    """The list is for our own people; a supplier opens the own task from its home."""
    return actor.is_internal


def require_view_all_tasks(actor: User) -> None:
    if not can_view_all_tasks(actor):
        raise NotAllowed("may_not_view_smelter_tasks", N_("This is for our own people."))


def can_close_tasks(actor: User) -> bool:
    return actor.has_role(*SPECIALISTS)


def require_close_tasks(actor: User) -> None:
    if not can_close_tasks(actor):
        raise NotAllowed(
            "may_not_close_smelter_tasks",
            N_("Only CSR specialists and administrators close such tasks by hand."),
        )
