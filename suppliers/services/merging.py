"""Making one supplier of two records of the same company. Nothing is deleted that says anything.

The record that goes stays readable under its old code and points at the one that stays; its
trail is shown there too. Other apps move their own rows (``portal.services.merging``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError
from core.models import Notification
from core.services.activity import record_activity
from suppliers import policies
from suppliers.models import (
    AnnualSpend,
    MineralScope,
    RegistrationNumber,
    Site,
    Supplier,
    SupplierContact,
)
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.merging_requests import settle_requests
from suppliers.services.merging_rules import require_mergeable
from suppliers.services.ratings import recompute_rating

if TYPE_CHECKING:
    from accounts.models import User

# Moved by a rule of their own below, because both records may have the same one.
_OWN_RULE = frozenset({AnnualSpend, MineralScope, RegistrationNumber, Site, SupplierContact})


@transaction.atomic
def merge_suppliers(
    actor: User, keep_id: int, drop_id: int, *, confirmed: bool = False
) -> Supplier:
    """Everything of ``drop_id`` goes to ``keep_id``; the supplier that stays.

    ``confirmed``: the actor has read how the two differ (``selectors.merge_checks``).
    Errors: may_not_merge_suppliers, supplier_not_found, merge_with_itself and those of
    ``require_mergeable``.
    """
    policies.require_merge_suppliers(actor)
    if keep_id == drop_id:
        raise DomainError("merge_with_itself", N_("Choose two different suppliers."))
    # Always in the same order, so that two merges the other way round do not wait for ever.
    both = {key: supplier_for(actor, key, locked=True) for key in sorted((keep_id, drop_id))}
    keep, drop = both[keep_id], both[drop_id]
    require_mergeable(keep, drop, confirmed=confirmed)
    moved = _move_special(keep, drop)
    moved |= settle_requests(actor, keep, drop)
    moved |= _move_rest(keep, drop)
    # What they ask for goes on there.
    Notification.objects.filter(about_key=drop.pk).update(about_key=keep.pk)
    keep.categories.add(*drop.categories.all())
    drop.categories.clear()
    if keep.parent_id == drop.pk:
        keep.parent = None
    keep.revision += 1
    keep.save()
    drop.merged_into, drop.revision = keep, drop.revision + 1
    drop.save()
    # A bad audit of the duplicate is one of the supplier that stays.
    keep = recompute_rating(actor, keep.pk)
    counts = {name: count for name, count in moved.items() if count}
    record_activity(
        actor, "supplier.merged", keep, code=drop.code, name=drop.name, other=drop.pk, moved=counts
    )
    record_activity(actor, "supplier.merged_into", drop, code=keep.code, name=keep.name)
    return keep


def _move_special(keep: Supplier, drop: Supplier) -> dict[str, int]:
    return {
        "spend": _move_spend(keep, drop),
        "minerals": _move_new(keep, drop, "minerals", ("metal",)),
        "registrations": _move_new(keep, drop, "registrations", ("kind", "key")),
        "sites": _move_sites(keep, drop),
        "contacts": _move_contacts(keep, drop),
    }


def _move_spend(keep: Supplier, drop: Supplier) -> int:
    """What was bought under both codes in a year was bought from one company: it adds up."""
    rows = list(drop.spend.all())
    for row in rows:
        same = keep.spend.filter(year=row.year, currency=row.currency).first()
        if same is None:
            row.supplier = keep
            row.save(update_fields=["supplier"])
            continue
        same.amount += row.amount
        same.save(update_fields=["amount", "updated_at"])
        row.delete()
    return len(rows)


def _move_new(keep: Supplier, drop: Supplier, relation: str, key: tuple[str, ...]) -> int:
    """Rows that both have stay where they are; they say the same."""
    known = set(getattr(keep, relation).values_list(*key))
    moved = 0
    for row in getattr(drop, relation).all():
        if tuple(getattr(row, name) for name in key) not in known:
            row.supplier = keep
            row.save(update_fields=["supplier"])
            moved += 1
    return moved


def _move_sites(keep: Supplier, drop: Supplier) -> int:
    taken = {code.lower() for code in keep.sites.values_list("code", flat=True)}
    rows = list(drop.sites.all())
    for site in rows:
        if site.code.lower() in taken:
            site.code = _free_code(f"{site.code}-{drop.code}"[:40], taken)
        taken.add(site.code.lower())
        site.supplier = keep
        site.save(update_fields=["supplier", "code", "updated_at"])
    return len(rows)


def _free_code(wanted: str, taken: set[str]) -> str:
    code, number = wanted, 2
    while code.lower() in taken:
        ending = f"-{number}"
        code, number = f"{wanted[: 40 - len(ending)]}{ending}", number + 1
    return code


def _move_contacts(keep: Supplier, drop: Supplier) -> int:
    """A person known to both becomes one, and keeps the sign-in of whichever record had it."""
    rows = list(drop.contacts.all())
    for contact in rows:
        same = keep.contacts.filter(email__iexact=contact.email).first() if contact.email else None
        if same is not None and same.user_id is None and contact.user_id is not None:
            user_id, contact.user = contact.user_id, None
            contact.save(update_fields=["user"])
            same.user_id = user_id
            same.may_sign = same.may_sign or contact.may_sign
            same.save(update_fields=["user", "may_sign"])
        if same is None:
            contact.supplier, contact.is_primary = keep, False
            contact.save(update_fields=["supplier", "is_primary"])
    return len(rows)


def _move_rest(keep: Supplier, drop: Supplier) -> dict[str, int]:
    """Every other row of this app that belongs to a supplier, whichever model is added later.

    What says where the record that goes stood (status, qualifications, limits) stays with it:
    moved, it would change what the supplier that stays may do.
    """
    moved: dict[str, int] = {}
    stays = {"statuschange", "qualification", "restriction", "waiver", "approval", "gaterecord"}
    for relation in Supplier._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.app_label != "suppliers" or model in _OWN_RULE or not relation.one_to_many:
            continue
        if model._meta.model_name in stays or relation.field.name == "merged_into":
            continue
        rows = model._default_manager.filter(**{relation.field.name: drop})
        if model is Supplier:
            rows = rows.exclude(pk=keep.pk)
        moved[str(model._meta.model_name)] = rows.update(**{relation.field.name: keep})
    Supplier.objects.filter(merged_into=drop).update(merged_into=keep, updated_at=clock.now())
    return moved
