"""Whom to tell about documents: the supplier's people, and ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from core.models import Notification
from core.services.notifications import notify
from suppliers.models import DocumentType, Supplier, SupplierContact
from suppliers.selectors.recipients import who_see

if TYPE_CHECKING:
    from collections.abc import Mapping


def signers_of(suppliers: Iterable[Supplier]) -> dict[int, list[User]]:
    """Per supplier's key the people who may sign, else everybody who can sign in; one query."""
    able: dict[int, list[User]] = defaultdict(list)
    others: dict[int, list[User]] = defaultdict(list)
    contacts = SupplierContact.objects.select_related("user").filter(
        supplier__in=[supplier.pk for supplier in suppliers], user__is_active=True
    )
    for contact in contacts.order_by("pk"):
        if contact.user is not None:
            (able if contact.may_sign else others)[contact.supplier_id].append(contact.user)
    return {**others, **able}


def our_people(supplier: Supplier, *more: User | None) -> list[User]:
    """The supplier's buyer, the CSR specialists and whoever else is named."""
    specialists = User.objects.filter(groups__name=Role.CSR_SPECIALIST, is_active=True)
    return [*who_see(supplier, (supplier.buyer, *more)), *specialists.order_by("pk")]


def tell(
    people: Iterable[User],
    kind: str,
    message: str,
    documents: Sequence[DocumentType],
    params: Mapping[str, Any],
    *,
    url: str,
    subject: models.Model,
    is_urgent: bool = False,
    held: list[Notification] | None = None,
) -> None:
    """Notify with ``%(documents)s`` as the names of the documents in each reader's language."""
    by_language: dict[str, list[User]] = defaultdict(list)
    for person in people:
        by_language[person.language].append(person)
    for language, readers in by_language.items():
        with translation.override(language or None):
            names = ", ".join(document.label for document in documents)
        notify(
            readers,
            kind,
            message,
            {**params, "documents": names},
            url=url,
            subject=subject,
            is_urgent=is_urgent,
            held=held,
        )
