"""The people of a supplier: who they are, and who may sign in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts.policies import require_invite_contacts
from accounts.roles import Role
from accounts.selectors import user_by_email
from accounts.services.users import create_contact_user
from core.errors import DomainError, InvalidInput, NotFound
from core.services.activity import changes_between, record_activity
from suppliers import policies
from suppliers.models import Supplier, SupplierContact
from suppliers.rules.problems import PROBLEMS, Problem
from suppliers.rules.related_data import ContactInput, check_contact
from suppliers.selectors.known_values import contact_roles, portal_languages
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.problems import refuse
from suppliers.services.suppliers import require_alive

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ("name", "email", "phone", "title", "role", "language", "is_primary", "may_sign")


@transaction.atomic
def save_contact(
    actor: User, supplier_id: int, data: ContactInput, contact_id: int | None = None
) -> SupplierContact:
    """Add a person, or change the one named. An account is another step: ``give_access``.

    Errors: may_not_manage_suppliers, supplier_not_found, contact_not_found,
    contact_address_of_account, and ``InvalidRecord``.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    contact = (
        _contact_of(supplier, contact_id) if contact_id else SupplierContact(supplier=supplier)
    )
    clean, problems = check_contact(data, contact_roles(), portal_languages())
    others = supplier.contacts.filter(email__iexact=clean.email).exclude(pk=contact.pk or 0)
    if clean.email and others.exists():
        problems.append(Problem("contact_email_taken", "email"))
    refuse(problems)
    _require_own_address(contact, clean.email)
    before = _values(contact) if contact.pk else {}
    for name in FIELDS:
        setattr(contact, name, getattr(clean, name))
    contact.save()
    if contact.is_primary:
        _release_first(actor, supplier, contact)
    _record(actor, supplier, contact, before)
    return contact


@transaction.atomic
def give_access(actor: User, supplier_id: int, contact_id: int) -> tuple[SupplierContact, bool]:
    """Let the person sign in for the supplier; the second value tells whether the account is new.

    Errors: may_not_invite_contacts, supplier_not_found, contact_not_found, email_missing,
    contact_account_closed, contact_is_staff, contact_speaks_for_other and those of
    ``accounts.services.users``.
    """
    require_invite_contacts(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    contact = _contact_of(supplier, contact_id)
    if contact.user is None and not contact.email:
        raise InvalidInput("email_missing", PROBLEMS["email_missing"].message, field="email")
    user = contact.user or user_by_email(contact.email)
    created = user is None
    if user is None:
        user = create_contact_user(actor, contact.email, contact.name, contact.language)
    return link_contact(actor, supplier, user), created


@transaction.atomic
def add_contact(
    actor: User, supplier_id: int, email: str, name: str, language: str = ""
) -> tuple[SupplierContact, bool]:
    """Let a person speak for the supplier; the second value tells whether the account is new.

    An existing account must be a supplier contact's that speaks for nobody yet.
    Errors: may_not_invite_contacts, supplier_not_found, contact_account_closed, contact_is_staff,
    contact_speaks_for_other and those of ``accounts.services.users``.
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
    """Errors: may_not_invite_contacts, contact_account_closed, contact_is_staff,
    contact_speaks_for_other."""
    require_invite_contacts(actor)
    require_alive(supplier)
    if not user.is_active:
        raise DomainError(
            "contact_account_closed",
            N_("The account of this person is closed. An administrator can open it again."),
            field="email",
        )
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
    contact = supplier.contacts.filter(email__iexact=user.email, user=None).first()
    if contact is None:
        verb = "supplier.contact_added"
        contact = SupplierContact.objects.create(
            supplier=supplier, user=user, name=user.name, email=user.email, language=user.language
        )
    else:
        # The person is known already, without an account.
        verb = "supplier.access_given"
        contact.user = user
        contact.save(update_fields=["user", "updated_at"])
    record_activity(actor, verb, supplier, user=user.pk, name=str(user))
    return contact


@transaction.atomic
def remove_access(actor: User, supplier_id: int, contact_id: int) -> None:
    """The person no longer sees the supplier but stays a contact; the account itself stays.

    Errors: may_not_invite_contacts, supplier_not_found, contact_not_found.
    """
    require_invite_contacts(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    contact = _contact_of(supplier, contact_id)
    record_activity(
        actor,
        "supplier.access_removed",
        supplier,
        user=contact.user_id,
        name=contact.name or contact.email,
    )
    contact.user = None
    contact.save(update_fields=["user", "updated_at"])


@transaction.atomic
def remove_contact(actor: User, supplier_id: int, contact_id: int) -> None:
    """The person is no contact any more and no longer sees the supplier; the account stays.

    Errors: may_not_invite_contacts, supplier_not_found, contact_not_found.
    """
    require_invite_contacts(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    contact = _contact_of(supplier, contact_id)
    record_activity(
        actor,
        "supplier.contact_removed",
        supplier,
        user=contact.user_id,
        name=contact.name or contact.email,
    )
    contact.delete()


def _contact_of(supplier: Supplier, contact_id: int) -> SupplierContact:
    contact = supplier.contacts.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound("contact_not_found", N_("This person does not speak for the supplier."))
    return contact


def _require_own_address(contact: SupplierContact, email: str) -> None:
    """Whoever may change contacts must not move somebody's sign-in to another person."""
    if contact.user and contact.user.email.lower() != email:
        raise InvalidInput(
            "contact_address_of_account",
            N_("This person signs in with %(email)s. Administrators change addresses of accounts."),
            {"email": contact.user.email},
            field="email",
        )


def _values(contact: SupplierContact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in FIELDS}


def _release_first(actor: User, supplier: Supplier, contact: SupplierContact) -> None:
    """There is one first contact; whoever was it before is told of in the trail."""
    for other in supplier.contacts.exclude(pk=contact.pk).filter(is_primary=True):
        before = _values(other)
        other.is_primary = False
        other.save(update_fields=["is_primary", "updated_at"])
        _record(actor, supplier, other, before)


def _record(
    actor: User, supplier: Supplier, contact: SupplierContact, before: dict[str, Any]
) -> None:
    if not before:
        record_activity(actor, "supplier.contact_added", supplier, name=contact.name)
        return
    changes = changes_between(before, _values(contact))
    if changes:
        record_activity(
            actor, "supplier.contact_changed", supplier, name=contact.name, changes=changes
        )
