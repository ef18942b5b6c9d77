"""Whom to tell about documents: the supplier's people, and ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from accounts.models import User
from accounts.roles import Role
from core.models import Notification
from core.reader import listed
from core.services.notifications import in_each_language, notify, settle
from suppliers.enums import RequestState, SignatureState
from suppliers.models import DocumentType, Supplier, SupplierContact
from suppliers.selectors.recipients import who_see

if TYPE_CHECKING:
    from collections.abc import Mapping

# What is over once the documents are signed, or nobody asks for them any more.
ASKING = (
    "document.requested",
    "document.reminder",
    "document.asked_again",
    "document.not_signed",
    "document.refused",
    "document.scan_rejected",
    "document.signature_revoked",
)


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
    supplier: Supplier,
    url: str,
    subject: models.Model,
    is_urgent: bool = False,
    held: list[Notification] | None = None,
) -> None:
    """Notify with ``%(documents)s`` as the names of the documents in each reader's language."""
    names = in_each_language(lambda: listed(document.label for document in documents))
    codes = [document.code for document in documents]
    notify(
        people,
        kind,
        message,
        {**params, "documents": names, "codes": codes},
        url=url,
        subject=subject,
        about=supplier,
        is_urgent=is_urgent,
        held=held,
    )


def settle_signing(supplier: Supplier, *documents: DocumentType) -> None:
    """These documents are not asked for any more, or their scan is here: what asks for them, and
    for nothing that is still open, is read for everybody."""
    closed = {document.code for document in documents}
    open_still = _codes_to_sign(supplier) - closed
    asking = Notification.objects.filter(about_key=supplier.pk, kind__in=ASKING)
    done = []
    for key, params in asking.unread().values_list("pk", "params"):
        # Older ones do not say which documents they mean: all that are open.
        codes = set(params.get("codes", closed | open_still))
        if codes & closed and not codes & open_still:
            done.append(key)
    settle(Notification.objects.filter(pk__in=done))


def _codes_to_sign(supplier: Supplier) -> set[str]:
    waiting = supplier.document_requests.filter(state=RequestState.OPEN)
    handed_in = supplier.signatures.filter(state=SignatureState.TO_CHECK)
    code = "version__document__code"
    return set(waiting.values_list(code, flat=True)) - set(handed_in.values_list(code, flat=True))
