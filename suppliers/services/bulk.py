"""One change for many suppliers at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import InvalidInput, NotFound
from core.services.activity import record_many
from suppliers import policies
from suppliers.models import Category, Supplier
from suppliers.selectors.links import possible_buyers

if TYPE_CHECKING:
    from accounts.models import User

AT_MOST = 5000
# Databases limit how many values one statement may have.
PORTION = 500


@dataclass(frozen=True, slots=True)
class BulkResult:
    """``same``: those that were like that already."""

    changed: int
    same: int


@transaction.atomic
def set_buyer(actor: User, supplier_ids: Iterable[int], buyer_id: int | None) -> BulkResult:
    """None takes the buyer away.

    Errors: may_not_manage_suppliers, nothing_selected, too_many_selected, supplier_not_found,
    buyer_unknown, buyer_outside_scope.
    """
    policies.require_manage_suppliers(actor)
    buyer = _buyer(buyer_id)
    found = _locked(actor, supplier_ids)
    moved = [supplier for supplier in found if supplier.buyer_id != buyer_id]
    new = str(buyer) if buyer else ""
    data = {
        supplier.pk: {"changes": {"buyer": [str(supplier.buyer or ""), new]}} for supplier in moved
    }
    _write(actor, "supplier.changed", data, buyer=buyer)
    _require_still_seen(actor, data)
    return BulkResult(len(moved), len(found) - len(moved))


@transaction.atomic
def add_category(actor: User, supplier_ids: Iterable[int], category_id: int) -> BulkResult:
    """Errors: those of ``set_buyer``, category_unknown."""
    policies.require_manage_suppliers(actor)
    category = Category.objects.filter(pk=category_id, is_active=True).first()
    if category is None:
        raise InvalidInput(
            "category_unknown", N_("Choose a category that is in use."), field="category"
        )
    found = _locked(actor, supplier_ids)
    through = Category.suppliers.through.objects
    having = set(through.filter(category=category).values_list("supplier_id", flat=True))
    joining = [supplier for supplier in found if supplier.pk not in having]
    rows = [
        Category.suppliers.through(supplier_id=supplier.pk, category_id=category.pk)
        for supplier in joining
    ]
    through.bulk_create(rows, batch_size=PORTION)
    data = {supplier.pk: {"category": category.code, "name": str(category)} for supplier in joining}
    _write(actor, "supplier.category_added", data)
    return BulkResult(len(joining), len(found) - len(joining))


def _buyer(buyer_id: int | None) -> User | None:
    if buyer_id is None:
        return None
    buyer = possible_buyers().filter(pk=buyer_id).first()
    if buyer is None:
        raise InvalidInput(
            "buyer_unknown", N_("Choose a person who may be a buyer."),
            field="buyer",
        )  # fmt: skip
    return buyer


def _locked(actor: User, supplier_ids: Iterable[int]) -> list[Supplier]:
    """In the order of their keys, so that two such changes never wait for each other."""
    wanted = sorted(set(supplier_ids))
    if not wanted:
        raise InvalidInput("nothing_selected", N_("Select at least one supplier first."))
    if len(wanted) > AT_MOST:
        raise InvalidInput(
            "too_many_selected",
            N_("At most %(most)s suppliers can be changed at once. Narrow the list first."),
            {"most": AT_MOST},
        )
    found: list[Supplier] = []
    for start in range(0, len(wanted), PORTION):
        visible = Supplier.objects.visible_to(actor).living()
        rows = visible.filter(pk__in=wanted[start : start + PORTION]).order_by("pk")
        found += rows.select_for_update(of=("self",), no_key=True).select_related("buyer")
    if len(found) != len(wanted):
        raise NotFound(
            "supplier_not_found",
            N_("Some of these suppliers are not there any more. Select them again."),
        )
    return found


def _require_still_seen(actor: User, keys: Collection[int]) -> None:
    """A buyer with a scope sees those outside of it as long as he is their buyer."""
    visible = Supplier.objects.visible_to(actor)
    if not visible.query.has_filters():
        return
    wanted = list(keys)
    parts = (wanted[start : start + PORTION] for start in range(0, len(wanted), PORTION))
    lost = len(wanted) - sum(visible.filter(pk__in=part).count() for part in parts)
    if lost:
        raise InvalidInput(
            "buyer_outside_scope",
            N_("%(count)s of these suppliers are outside what you see but for being their buyer."),
            {"count": lost},
            field="buyer",
        )


def _write(actor: User, verb: str, data: dict[int, dict[str, Any]], **fields: Any) -> None:
    """``data``: of the entry of the trail, by the key of the supplier."""
    keys = list(data)
    for start in range(0, len(keys), PORTION):
        portion = keys[start : start + PORTION]
        Supplier.objects.filter(pk__in=portion).update(
            revision=F("revision") + 1, updated_at=clock.now(), **fields
        )
    record_many(actor, Supplier, ((verb, key, entry) for key, entry in data.items()))
