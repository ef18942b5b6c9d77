"""Reads of the tasks of suppliers about smelters, shared by pages, API, home pages and services."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core.errors import NotFound
from minerals.models import SmelterTask, SmelterTaskItem
from suppliers.enums import ContactRole
from suppliers.models import Supplier


def tasks_for(actor: User) -> QuerySet[SmelterTask]:
    """What the actor may see, with the numbers and smelters of a row: two queries."""
    items = SmelterTaskItem.objects.select_related("smelter").order_by("due_on", "pk")
    found = SmelterTask.objects.visible_to(actor).select_related("supplier__buyer", "list")
    counted = found.annotate(
        item_count=Count("items"), open_count=Count("items", filter=Q(items__settled_on=None))
    )
    return cast(
        "QuerySet[SmelterTask]",
        counted.prefetch_related(Prefetch("items", items, to_attr="smelter_items")),
    )


def task_for(actor: User, task_id: int) -> SmelterTask:
    """Errors: smelter_task_not_found, also for one of a supplier the actor does not see."""
    found = tasks_for(actor).filter(pk=task_id).first()
    if found is None:
        raise NotFound("smelter_task_not_found", N_("There is no such task."))
    return found


def minerals_people(suppliers: Iterable[Supplier]) -> dict[int, list[User]]:
    """Whom to tell at each supplier, by its key: those responsible for minerals, else for CSR,
    else everybody who can sign in there. One query."""
    keys = [supplier.pk for supplier in suppliers]
    by_role: dict[int, dict[str, list[User]]] = {key: {} for key in keys}
    people = User.objects.filter(supplier_contact__supplier__in=keys, is_active=True)
    for person in people.select_related("supplier_contact").order_by("pk"):
        contact = person.supplier_contact
        by_role[contact.supplier_id].setdefault(contact.role, []).append(person)
    return {key: _responsible(roles) for key, roles in by_role.items()}


def _responsible(roles: dict[str, list[User]]) -> list[User]:
    for role in (ContactRole.MINERALS, ContactRole.CSR):
        if role in roles:
            return roles[role]
    return [person for group in roles.values() for person in group]


def buyers_who_see(suppliers: Iterable[Supplier]) -> dict[int, list[User]]:
    """The buyer of each supplier, by its key, where he sees it (still)."""
    found: dict[int, list[User]] = {}
    own: dict[User, list[int]] = {}
    for supplier in suppliers:
        found[supplier.pk] = []
        if supplier.buyer is not None:
            own.setdefault(supplier.buyer, []).append(supplier.pk)
    for buyer, keys in own.items():
        seen = Supplier.objects.visible_to(buyer).filter(pk__in=keys).order_by()
        for key in seen.values_list("pk", flat=True):
            found[key].append(buyer)
    return found
