"""The documents of the own company, as a supplier's contact sees them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from suppliers.enums import SignatureState, SupplierStatus
from suppliers.models import DocumentVersion, Signature, Supplier, SupplierContact
from suppliers.selectors.commitments import Standing, standings_of
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """``to_sign``: what can be signed, the most pressing first; ``in_order``: signed;
    ``waiting``: scans that the buyer checks; ``refused``: what the company refused."""

    supplier: Supplier
    contact: SupplierContact
    to_sign: list[Standing]
    waiting: list[Standing]
    in_order: list[Standing]
    refused: list[Standing]

    @property
    def asked(self) -> list[Standing]:
        return [one for one in self.to_sign if self._is_asked_now(one)]

    @property
    def later(self) -> list[Standing]:
        """What may be signed already, but nobody waits for."""
        return [one for one in self.to_sign if not self._is_asked_now(one)]

    def _is_asked_now(self, standing: Standing) -> bool:
        """Asked, to be renewed, or needed before certification; the rest can wait."""
        renewed = standing.state in ("outdated", "expired", "expiring")
        begins = self.supplier.status == SupplierStatus.SIGNING
        return standing.is_asked or renewed or (begins and standing.document.at_certification)


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


@dataclass(frozen=True, slots=True)
class EarlierSignature:
    """One that no longer counts; ``why`` says so in words."""

    signature: Signature
    why: str


def earlier_signatures(own: OwnDocuments) -> list[EarlierSignature]:
    """What the company signed and what is not in force now, the newest first. Two queries."""
    shown = [one.signature.pk for one in (*own.waiting, *own.in_order) if one.signature]
    found = (
        own.supplier.signatures.filter(state__in=(SignatureState.VALID, SignatureState.REVOKED))
        .exclude(pk__in=shown)
        .select_related("version__document")
        .defer("version__text_en", "version__text_zh")
        .order_by("-signed_on", "-pk")
    )
    published = DocumentVersion.objects.exclude(published_at=None).order_by()
    newest = dict(published.values_list("document").annotate(newest=Max("number")))
    return [EarlierSignature(one, _why_not(one, newest)) for one in found]


def _why_not(signature: Signature, newest: dict[int, int]) -> str:
    version = signature.version
    if signature.state != SignatureState.VALID:
        return _("no longer valid")
    if newest.get(version.document_id, 0) > version.number:
        return _("replaced")
    if signature.valid_until is not None and signature.valid_until < clock.today():
        return _("expired")
    return ""


def _is_asked(standing: Standing) -> bool:
    return standing.can_be_signed and standing.is_to_sign


def _pressing(standing: Standing) -> tuple[bool, dt.date, int]:
    """With a date before those without, earlier dates first."""
    due = standing.due_on
    return due is None, due or dt.date.max, standing.document.order
