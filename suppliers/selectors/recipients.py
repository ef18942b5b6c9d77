"""Who may be told about a supplier: only people who see it now; and whether anybody there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from suppliers.models import Supplier, SupplierContact

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.supplier import SupplierQuerySet


def suppliers_known_to(actor: User) -> SupplierQuerySet | None:
    """Of which suppliers the actor may read news; None for all that he was told of."""
    visible = Supplier.objects.visible_to(actor)
    return visible if actor.is_internal and visible.query.has_filters() else None


def reachable(suppliers: Iterable[Supplier]) -> set[int]:
    """Keys of those where somebody can sign in; one query."""
    found = SupplierContact.objects.filter(
        supplier__in=[supplier.pk for supplier in suppliers], user__is_active=True
    )
    return set(found.values_list("supplier_id", flat=True))


def who_see(supplier: Supplier, people: Iterable[User | None]) -> list[User]:
    """Of ``people`` those who may see the supplier, each once: somebody who asked for something
    may have got a narrower scope, or another role, since."""
    each = {person.pk: person for person in people if person is not None}
    own = Supplier.objects.filter(pk=supplier.pk)
    return [person for person in each.values() if own.visible_to(person).exists()]
