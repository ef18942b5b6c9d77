"""The only writer of suppliers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError
from core.models import Notification
from core.services.activity import changes_between, record_activity
from core.services.notifications import settle
from suppliers import policies
from suppliers.enums import RequestState, SupplierStatus
from suppliers.models import StatusChange, Supplier
from suppliers.rules.import_plan import Values, differences
from suppliers.rules.master_data import (
    SupplierInput,
    check_supplier,
    of_change,
    phase_out_day,
    record_of_input,
)
from suppliers.rules.names import core_key, name_key
from suppliers.rules.own_scope import scope_problems
from suppliers.rules.problems import Problem
from suppliers.selectors.known_values import known_values
from suppliers.selectors.links import Links, links_of, record_of, seen_by
from suppliers.selectors.own_scope import own_scope
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.problems import refuse
from suppliers.services.record_parts import set_categories, set_minerals, set_registrations
from suppliers.workflow import REGISTER

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["SupplierInput", "create_supplier", "delete_supplier", "update_supplier"]


@transaction.atomic
def create_supplier(actor: User | None, data: SupplierInput, *, is_demo: bool = False) -> Supplier:
    """Create a supplier; ``actor`` None is the system itself (set-up, commands).

    Errors: may_not_manage_suppliers, and ``InvalidRecord`` with the codes of ``rules.problems``.
    """
    if actor is not None:
        policies.require_manage_suppliers(actor)
    clean, links = validated(actor, data, current=None)
    supplier = Supplier(is_demo=is_demo, status_since=clock.now())
    apply_fields(supplier, clean, links)
    supplier.save()
    begin_life(supplier, actor)
    _set_parts(supplier, clean)
    record_activity(actor, "supplier.created", supplier, code=supplier.code, name=supplier.name)
    return supplier


@transaction.atomic
def update_supplier(
    actor: User, supplier_id: int, data: SupplierInput, *, revision: int | None = None
) -> Supplier:
    """Change the record. ``revision``: the one the person saw; a later change is not overwritten.

    Errors: may_not_manage_suppliers, supplier_not_found, supplier_merged, changed_meanwhile, and
    ``InvalidRecord``.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    if revision is not None and revision != supplier.revision:
        raise DomainError(
            "changed_meanwhile",
            N_("Somebody else changed this supplier meanwhile. Load the page again and repeat it."),
        )
    clean, links = validated(actor, data, current=supplier)
    before = record_of(supplier)
    apply_fields(supplier, clean, links)
    _set_parts(supplier, clean)
    changes = changes_between(before, record_of(supplier))
    if changes:
        supplier.revision += 1
        supplier.save()
        record_activity(actor, "supplier.changed", supplier, changes=changes)
    return supplier


@transaction.atomic
def delete_supplier(actor: User, supplier_id: int) -> None:
    """Remove a supplier created by mistake; one that handed something in stays, and one of a
    merge: the record that went is the history of the one that stayed.

    Errors: may_not_manage_suppliers, supplier_not_found, supplier_merged, supplier_in_use.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    record_activity(actor, "supplier.deleted", supplier, **record_of(supplier))
    if _has_said_something(supplier):
        raise _in_use(supplier)
    settle(Notification.objects.filter(about_key=supplier_id))
    try:
        supplier.delete()
    except ProtectedError:
        raise _in_use(supplier) from None


def _has_said_something(supplier: Supplier) -> bool:
    """Signatures, answers and results would go with the record, and with them their proof."""
    return (
        supplier.signatures.exists()
        or supplier.document_requests.filter(state=RequestState.REFUSED).exists()
        or supplier.assessments.exclude(submitted_at=None).exists()
        or supplier.gate_records.exists()
        or supplier.rating_parts.exists()
    )


def _in_use(supplier: Supplier) -> DomainError:
    return DomainError(
        "supplier_in_use",
        N_(
            "%(name)s has declarations, signatures, results or decisions and cannot be deleted. "
            "Phase it out instead."
        ),
        {"name": supplier.name},
    )


def validated(
    actor: User | None, data: SupplierInput, current: Supplier | None
) -> tuple[SupplierInput, Links]:
    """Clean input and the records it names. Raises ``InvalidRecord`` with every problem; what the
    record has already is no mistake of the change."""
    before = _record_seen(actor, current)
    known = known_values().keeping(before.get("categories", ()))
    clean, problems = check_supplier(data, known)
    links, broken = links_of(actor, clean, current)
    problems += broken
    if clean.code and _code_taken(clean.code, current):
        problems.append(Problem("supplier_code_taken", "code", {"code": clean.code}))
    problems += phase_out_day(
        clock.today(),
        current.phase_out_on if current else None,
        clean.phase_out_on,
        is_done=current is not None and current.status == SupplierStatus.PHASED_OUT,
    )
    if current is not None:
        problems = of_change(problems, _changed_fields(before, clean, links))
    # Whichever value leads outside the actor's scope: the record is inside as it stands.
    wrong = {problem.field for problem in problems}
    outside = scope_problems(own_scope(actor), clean.country, clean.categories, clean.buyer)
    refuse([*problems, *(problem for problem in outside if problem.field not in wrong)])
    return clean, links


def _record_seen(actor: User | None, current: Supplier | None) -> Values:
    """What the actor may know of the record: naming what is hidden from him stays a mistake."""
    if current is None:
        return {}
    return record_of(current if actor is None else seen_by(actor, current))


def _changed_fields(before: Values, clean: SupplierInput, links: Links) -> Values:
    """Parent and buyer as they are stored, whichever way they are written."""
    linked = replace(
        clean,
        parent=links.parent.code if links.parent else clean.parent,
        buyer=links.buyer.email if links.buyer else clean.buyer,
    )
    return differences(before, record_of_input(linked))[1]


def apply_fields(supplier: Supplier, data: SupplierInput, links: Links) -> None:
    """Put clean input on the record, unsaved; categories, numbers and minerals are rows apart."""
    for name in PLAIN_FIELDS:
        setattr(supplier, name, getattr(data, name))
    supplier.parent, supplier.buyer = links.parent, links.buyer
    supplier.name_key, supplier.local_name_key = name_key(data.name), name_key(data.local_name)
    supplier.core_key = core_key(data.name)


PLAIN_FIELDS = (
    "code",
    "name",
    "local_name",
    "country",
    "kind",
    "region",
    "city",
    "address",
    "single_source",
    "phase_out_on",
    "phase_out_reason",
)


def begin_life(supplier: Supplier, actor: User | None) -> None:
    """The first period of the status, so that every supplier has a history from its start."""
    StatusChange.objects.create(
        supplier=supplier,
        action=REGISTER,
        to_status=supplier.status,
        at=supplier.status_since or clock.now(),
        actor=actor,
    )


def _set_parts(supplier: Supplier, data: SupplierInput) -> None:
    set_categories(supplier, data.categories)
    set_minerals(supplier, data.minerals, data.minerals_reason)
    set_registrations(supplier, {"uscc": data.uscc, "duns": data.duns, "vat": data.vat})


def require_alive(supplier: Supplier) -> None:
    """Nothing is recorded on a duplicate any more: nobody looks there. Errors: supplier_merged."""
    if supplier.merged_into_id is not None:
        raise DomainError(
            "supplier_merged",
            N_("%(name)s was merged into another supplier. Change that one."),
            {"name": supplier.name},
        )


def _code_taken(code: str, current: Supplier | None) -> bool:
    others = Supplier.objects.filter(code__iexact=code)
    return (others.exclude(pk=current.pk) if current else others).exists()
