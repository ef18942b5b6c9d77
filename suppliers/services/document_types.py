"""The documents that suppliers sign: the only writer of document types."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput
from core.services.activity import changes_between, record_activity
from suppliers.enums import SupplierKind
from suppliers.models import DocumentType
from suppliers.policies import commitments as policies
from suppliers.selectors.documents import document_for
from suppliers.services.document_requests import cancel_requests_for

if TYPE_CHECKING:
    from accounts.models import User

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_MONTHS = 120


@dataclass(frozen=True, slots=True)
class DocumentTypeInput:
    """``kinds``: codes of ``SupplierKind``; ``validity_months`` None: until a material version.
    ``code`` is given once and never changed."""

    code: str
    name: str
    local_name: str = ""
    kinds: list[str] = field(default_factory=list)
    minerals_only: bool = False
    at_certification: bool = False
    validity_months: int | None = None
    order: int = 100
    is_active: bool = True


@transaction.atomic
def create_document_type(actor: User, data: DocumentTypeInput) -> DocumentType:
    """Errors: may_not_manage_documents, document_code_wrong, document_code_taken and those of
    ``update_document_type``."""
    policies.require_manage_documents(actor)
    code = data.code.strip().lower()
    if not CODE.fullmatch(code) or len(code) > 40:
        raise InvalidInput(
            "document_code_wrong",
            N_("Use small letters, digits and dashes, for example safety-letter."),
            field="code",
        )
    if DocumentType.objects.filter(code=code).exists():
        raise InvalidInput(
            "document_code_taken",
            N_("The code %(code)s belongs to another document."),
            {"code": code},
            field="code",
        )
    document = DocumentType(code=code)
    _apply(document, data)
    document.save()
    record_activity(actor, "document.created", document, code=code, name=document.name)
    return document


@transaction.atomic
def update_document_type(actor: User, document_id: int, data: DocumentTypeInput) -> DocumentType:
    """Taken out of use, it is not asked for any more: open requests are taken back.

    Errors: may_not_manage_documents, document_not_found, document_name_missing,
    document_kinds_missing, document_kind_unknown, document_months_wrong."""
    policies.require_manage_documents(actor)
    document = document_for(document_id, locked=True)
    before = _snapshot(document)
    _apply(document, data)
    document.save()
    if before["is_active"] and not document.is_active:
        cancel_requests_for(actor, document)
    changes = changes_between(before, _snapshot(document))
    if changes:
        record_activity(actor, "document.changed", document, changes=changes)
    return document


def _apply(document: DocumentType, data: DocumentTypeInput) -> None:
    document.name = " ".join(data.name.split())
    document.local_name = " ".join(data.local_name.split())
    document.kinds = [kind for kind in SupplierKind.values if kind in data.kinds]
    document.minerals_only = data.minerals_only
    document.at_certification = data.at_certification
    document.validity_months = data.validity_months or None
    document.order = data.order
    document.is_active = data.is_active
    _require_sensible(document, data)


def _require_sensible(document: DocumentType, data: DocumentTypeInput) -> None:
    if not document.name:
        raise InvalidInput("document_name_missing", N_("Give the document a name."), field="name")
    unknown = set(data.kinds) - set(SupplierKind.values)
    if unknown:
        raise InvalidInput(
            "document_kind_unknown",
            N_("“%(value)s” is no kind of supplier."),
            {"value": min(unknown)},
            field="kinds",
        )
    if not document.kinds:
        raise InvalidInput(
            "document_kinds_missing",
            N_("Choose at least one kind of supplier that signs it."),
            field="kinds",
        )
    if document.validity_months is not None and not 1 <= document.validity_months <= MAX_MONTHS:
        raise InvalidInput(
            "document_months_wrong",
            N_("Write between 1 and %(limit)s months, or leave it empty."),
            {"limit": MAX_MONTHS},
            field="validity_months",
        )


def _snapshot(document: DocumentType) -> dict[str, Any]:
    names = (
        "name", "local_name", "kinds", "minerals_only", "at_certification", "validity_months",
        "order", "is_active",
    )  # fmt: skip
    return {name: getattr(document, name) for name in names}
