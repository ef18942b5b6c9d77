"""The people of a supplier and whether they can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.badges import Badge
from suppliers.models import Supplier, SupplierContact

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class ContactLine:
    """``name`` and ``email`` are the account's where there is one."""

    contact: SupplierContact
    name: str
    email: str
    language: str
    account: Badge


@dataclass(frozen=True, slots=True)
class ContactsCard:
    supplier: Supplier
    lines: list[ContactLine]

    @property
    def somebody_can_sign_in(self) -> bool:
        people = [line.contact.user for line in self.lines]
        return any(person is not None and person.is_active for person in people)


def contacts_card(actor: User, supplier: Supplier) -> ContactsCard:
    people = supplier.contacts.select_related("user").order_by("-is_primary", "name", "pk")
    return ContactsCard(supplier, [_line(contact) for contact in people])


def _line(contact: SupplierContact) -> ContactLine:
    user = contact.user
    return ContactLine(
        contact,
        str(user) if user else contact.name or contact.email,
        user.email if user else contact.email,
        contact.get_language_display(),
        _account(user),
    )


def _account(user: User | None) -> Badge:
    if user is None:
        return Badge("unknown", _("No account"), "user-x")
    if not user.is_active:
        return Badge("unknown", _("Closed"), "lock")
    if user.last_login is None:
        return Badge("soon", _("Invited, not signed in yet"), "mail")
    return Badge("verified", _("Can sign in"), "user-check")
