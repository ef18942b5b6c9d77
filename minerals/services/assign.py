"""Saying whose declaration a file is, when its company name did not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError
from core.services.activity import record_activity
from minerals.models import Declaration
from minerals.policies import declarations as policies
from minerals.selectors.declarations import declaration_for
from minerals.services.judging import rejudge
from minerals.services.review import FIELDS as REVIEW_FIELDS
from minerals.services.review import end_clarifications
from minerals.services.supersession import lock_suppliers, refresh_supersession
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_for

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def assign_supplier(actor: User, declaration_id: int, supplier_id: int) -> Declaration:
    """Give the declaration to a supplier and judge it again against that supplier's records.

    A review of it as somebody else's ends.

    Errors: declaration_not_found, supplier_not_found, declaration_known_for_supplier.
    """
    policies.require_assign_supplier(actor)
    lock_suppliers(supplier_id, declaration_for(actor, declaration_id).supplier_id)
    declaration = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration_id)
    supplier = supplier_for(actor, supplier_id)
    if declaration.supplier_id == supplier.pk:
        return declaration
    _require_new_for(supplier, declaration)
    before = declaration.supplier_id
    _leave(declaration)
    end_clarifications(declaration)
    declaration.supplier = supplier
    declaration.superseded_by = None
    declaration.review, declaration.reviewer, declaration.reviewed_at = "", None, None
    declaration.review_note = ""
    declaration.save(update_fields=["supplier", "superseded_by", *REVIEW_FIELDS])
    record_activity(
        actor,
        "declaration.assigned",
        declaration,
        supplier=supplier.code,
        name=supplier.name,
        before=before,
    )
    rejudge(declaration.pk)
    declaration.refresh_from_db()
    return declaration


def _require_new_for(supplier: Supplier, declaration: Declaration) -> None:
    twin = supplier.declarations.filter(workbook_id=declaration.workbook_id).first()
    if twin is not None:
        raise DomainError(
            "declaration_known_for_supplier",
            N_("%(name)s has handed in the same file already."),
            {"name": supplier.name},
        )


def _leave(declaration: Declaration) -> None:
    """The former supplier's other declarations take over what this one superseded."""
    former = declaration.supplier
    if former is None:
        return
    others = former.declarations.filter(family=declaration.family).exclude(pk=declaration.pk)
    Declaration.objects.filter(pk=declaration.pk).update(supplier=None)
    rest = others.first()
    if rest is not None:
        refresh_supersession(rest)
