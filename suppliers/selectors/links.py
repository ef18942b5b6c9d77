"""Records that a supplier's input names, and the record as input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q

from accounts.models import User
from accounts.roles import Role
from accounts.selectors import user_by_email
from suppliers.models import Supplier
from suppliers.rules.cleaning import shown
from suppliers.rules.master_data import REGISTRATIONS, SupplierInput
from suppliers.rules.mineral_reasons import told_reason
from suppliers.rules.problems import Problem

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from suppliers.models.supplier import SupplierQuerySet

BUYERS = (Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Links:
    parent: Supplier | None = None
    buyer: User | None = None


def possible_buyers() -> QuerySet[User]:
    """Who may become the buyer of a supplier: people who buy or decide, with an open account.
    Superusers count as administrators."""
    able = Q(groups__name__in=[role.value for role in BUYERS]) | Q(is_superuser=True)
    return User.objects.filter(able, is_active=True).distinct()


def links_of(
    actor: User | None, data: SupplierInput, current: Supplier | None
) -> tuple[Links, list[Problem]]:
    """The parent company and the buyer that the input names, and what is wrong with them.

    A parent company that the actor does not see is none for him: naming it is naming nothing, and
    a record that has it keeps it while he names no other. ``actor`` None is the system.
    """
    problems: list[Problem] = []
    seen = Supplier.objects.all() if actor is None else Supplier.objects.visible_to(actor)
    if data.parent:
        parent = seen.filter(code__iexact=data.parent).first()
    else:
        parent = _unseen_parent(seen, current)
    if data.parent and parent is None:
        own = data.parent.lower() == data.code.lower()
        code = "parent_is_self" if own else "parent_unknown"
        problems.append(Problem(code, "parent", {"value": shown(data.parent)}))
    elif parent is not None and current is not None:
        problems += _circle(parent, current)
    buyer = user_by_email(data.buyer) if data.buyer else None
    if data.buyer and (buyer is None or not possible_buyers().filter(pk=buyer.pk).exists()):
        problems.append(Problem("buyer_unknown", "buyer", {"value": shown(data.buyer)}))
    return Links(parent, buyer), problems


def _unseen_parent(seen: SupplierQuerySet, current: Supplier | None) -> Supplier | None:
    if current is None or current.parent is None:
        return None
    return None if seen.filter(pk=current.parent.pk).exists() else current.parent


def _circle(parent: Supplier, current: Supplier) -> list[Problem]:
    above: Supplier | None = parent
    for _step in range(_DEEPEST):
        if above is None:
            return []
        if above.pk == current.pk:
            code = "parent_is_self" if above is parent else "parent_in_circle"
            return [Problem(code, "parent")]
        above = above.parent
    return [Problem("parent_in_circle", "parent")]


def record_of(supplier: Supplier) -> dict[str, Any]:
    """The record in plain values, field by field as in ``SupplierInput``.

    What a person is shown comes from ``with_record`` or ``seen_by``; such a one needs no query.
    """
    minerals = sorted(supplier.minerals.all(), key=lambda row: row.metal)
    numbers: dict[str, str] = {}
    for known in supplier.registrations.all():
        # After a merge there may be two of a kind: the first is the one that is changed.
        numbers.setdefault(known.kind, known.number)
    return {
        "code": supplier.code,
        "name": supplier.name,
        "local_name": supplier.local_name,
        "country": str(supplier.country or ""),
        "kind": str(supplier.kind),
        "region": supplier.region,
        "city": supplier.city,
        "address": supplier.address,
        "parent": supplier.parent.code if supplier.parent else "",
        "buyer": supplier.buyer.email if supplier.buyer else "",
        "categories": sorted(each.code for each in supplier.categories.all()),
        "single_source": supplier.single_source,
        "phase_out_on": supplier.phase_out_on.isoformat() if supplier.phase_out_on else "",
        "phase_out_reason": supplier.phase_out_reason,
        **{kind: numbers.get(kind, "") for kind in REGISTRATIONS},
        "minerals": [row.metal for row in minerals],
        "minerals_reason": told_reason({row.metal: row.reason for row in minerals}),
    }


def with_record(actor: User, suppliers: SupplierQuerySet) -> SupplierQuerySet:
    """Everything that ``record_of`` reads as the actor may know it, in a constant number of
    queries. For reading only: a parent company he does not see is left out."""
    related = suppliers.select_related("buyer", "merged_into")
    parts = ("categories", "minerals", "registrations")
    return related.prefetch_related(*parts, parent_seen_by(actor))


def parent_seen_by(actor: User) -> Prefetch[str]:
    """``supplier.parent`` becomes None where the actor does not see the parent company."""
    return Prefetch("parent", Supplier.objects.visible_to(actor))


def seen_by(actor: User, supplier: Supplier) -> Supplier:
    """The record read anew as ``with_record`` gives it."""
    return with_record(actor, Supplier.objects.filter(pk=supplier.pk)).get()


def input_of(supplier: Supplier) -> SupplierInput:
    """The input that would leave the record unchanged."""
    record = record_of(supplier)
    record |= {"categories": tuple(record["categories"]), "minerals": tuple(record["minerals"])}
    return SupplierInput(**{**record, "phase_out_on": supplier.phase_out_on})
