"""Who speaks for a supplier in the self-service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts.policies import require_invite_contacts
from accounts.roles import Role
from accounts.selectors import user_by_email
from accounts.services.users import create_contact_user
from core.errors import DomainError, NotFound
from core.services.activity import record_activity
from suppliers.models import Supplier, SupplierContact
from suppliers.selectors.suppliers import supplier_for

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def add_contact(
    actor: User, supplier_id: int, email: str, name: str, language: str = ""
) -> tuple[SupplierContact, bool]:
    """Let a person speak for the supplier; the second value tells whether the account is new.

    An existing account must be a supplier contact's that speaks for nobody yet.
    Errors: may_not_invite_contacts, supplier_not_found, contact_is_staff, contact_speaks_for_other
    and those of ``accounts.services.users``.
    """
    require_invite_contacts(actor)
    supplier = supplier_for(actor, supplier_id)
    user = user_by_email(email)
    created = user is None
    if user is None:
        user = create_contact_user(actor, email, name, language)
    return link_contact(actor, supplier, user), created


@transaction.atomic
def link_contact(actor: User, supplier: Supplier, user: User) -> SupplierContact:
    """Errors: may_not_invite_contacts, contact_is_staff, contact_speaks_for_other."""
    require_invite_contacts(actor)
    if not user.has_role(Role.SUPPLIER_CONTACT):
        raise DomainError(
            "contact_is_staff",
            N_("This account has no role “supplier contact”, so it cannot speak for a supplier."),
            field="email",
        )
    current = SupplierContact.objects.select_related("supplier").filter(user=user).first()
    if current is not None:
        if current.supplier == supplier:
            return current
        raise DomainError(
            "contact_speaks_for_other",
            N_("This person speaks for another supplier already. Remove them there first."),
            field="email",
        )
    contact = SupplierContact.objects.create(
        supplier=supplier, user=user, name=user.name, email=user.email, language=user.language
    )
    record_activity(actor, "supplier.contact_added", supplier, user=user.pk, name=str(user))
    return contact


@transaction.atomic
def remove_contact(actor: User, supplier_id: int, user_id: int) -> None:
    """The person no longer sees the supplier; the account itself stays.

    Errors: may_not_invite_contacts, supplier_not_found, contact_not_found.
    """
    require_invite_contacts(actor)
    supplier = supplier_for(actor, supplier_id)
    contact = supplier.contacts.select_related("user").filter(user_id=user_id).first()
    if contact is None:
        raise NotFound("contact_not_found", N_("This person does not speak for the supplier."))
    record_activity(
        actor, "supplier.contact_removed", supplier, user=user_id, name=str(contact.user)
    )
    contact.delete()
