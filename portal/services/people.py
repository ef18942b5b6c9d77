"""An account and, for a supplier's person, the supplier it speaks for: one step."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from accounts.services.users import UserInput, create_user, update_user
from core.errors import InvalidInput
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_of_contact
from suppliers.services.contacts import link_contact, remove_access


@transaction.atomic
def create_person(actor: User, data: UserInput, supplier: Supplier | None) -> User:
    """Errors: those of ``create_user``, ``link_contact``; supplier_missing, supplier_not_meant."""
    user = create_user(actor, data)
    _speak_for(actor, user, supplier)
    return user


@transaction.atomic
def update_person(actor: User, user_id: int, data: UserInput, supplier: Supplier | None) -> User:
    user = update_user(actor, user_id, data)
    _speak_for(actor, user, supplier)
    return user


def _speak_for(actor: User, user: User, supplier: Supplier | None) -> None:
    is_contact = user.has_role(Role.SUPPLIER_CONTACT)
    if is_contact and supplier is None:
        raise InvalidInput(
            "supplier_missing",
            N_("Choose the supplier this person speaks for."),
            field="supplier",
        )
    if supplier is not None and not is_contact:
        raise InvalidInput(
            "supplier_not_meant",
            N_("Only supplier contacts belong to a supplier. Choose none, or the other role."),
            field="supplier",
        )
    current = supplier_of_contact(user)
    if current is not None and current != supplier:
        remove_access(actor, current.pk, current.contacts.get(user=user).pk)
    if supplier is not None and supplier != current:
        link_contact(actor, supplier, user)
