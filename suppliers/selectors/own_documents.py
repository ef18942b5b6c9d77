"""The documents of the own company, as a supplier's contact sees them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from suppliers.models import Supplier, SupplierContact
from suppliers.selectors.commitments import LEFT, Standing, standings_of

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """``to_sign``: what is asked, the most pressing first; ``in_order``: signed;
    ``waiting``: scans that the buyer checks; ``refused``: what the company refused."""

    supplier: Supplier
    contact: SupplierContact
    to_sign: list[Standing]
    waiting: list[Standing]
    in_order: list[Standing]
    refused: list[Standing]


def own_documents(actor: User) -> OwnDocuments | None:
    """None for somebody who speaks for no supplier."""
    contact = SupplierContact.objects.select_related("supplier").filter(user=actor).first()
    if contact is None:
        return None
    supplier = contact.supplier
    found = standings_of(supplier)
    asked = [] if supplier.status in LEFT else [one for one in found if _is_asked(one)]
    return OwnDocuments(
        supplier,
        contact,
        sorted(asked, key=_pressing),
        [one for one in found if one.state == "to_check"],
        [one for one in found if one.is_in_force and one not in asked],
        [one for one in found if one.state == "refused"],
    )


def _is_asked(standing: Standing) -> bool:
    return standing.can_be_signed and standing.is_to_sign


def _pressing(standing: Standing) -> tuple[bool, dt.date, int]:
    """With a date before those without, earlier dates first."""
    due = standing.due_on
    return due is None, due or dt.date.max, standing.document.order
