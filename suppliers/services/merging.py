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
from core.services.notifications import settle
from suppliers import policies
from suppliers.enums import (
    ApprovalState,
    AssessmentState,
    QualificationState,
    RequestState,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.models import (
    AnnualSpend,
    MineralScope,
    RegistrationNumber,
    Site,
    Supplier,
    SupplierContact,
)
from suppliers.selectors.suppliers import supplier_for
from suppliers.services import assessment_messages, signers
from suppliers.services.ratings import recompute_rating

if TYPE_CHECKING:
    from accounts.models import User

# Moved by a rule of their own below, because both records may have the same one.
_OWN_RULE = frozenset({AnnualSpend, MineralScope, RegistrationNumber, Site, SupplierContact})
# One supplier has one of each running at a time; that of the record that goes is ended.
_RUNNING: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("document_requests", (RequestState.OPEN,), RequestState.CANCELLED),
    (
        "assessments",
        (AssessmentState.REQUESTED, AssessmentState.SUBMITTED, AssessmentState.RETURNED),
        AssessmentState.CANCELLED,
    ),
    ("qualifications", (QualificationState.IN_PROGRESS,), QualificationState.WITHDRAWN),
    ("approvals", (ApprovalState.OPEN,), ApprovalState.WITHDRAWN),
)
# What is asked by notifications is over with it.
_ASKING = (
    *signers.ASKING,
    *assessment_messages.ASKING,
    assessment_messages.HANDED_IN,
    "approval.requested",
)


@transaction.atomic
def merge_suppliers(actor: User, keep_id: int, drop_id: int) -> Supplier:
    """Everything of ``drop_id`` goes to ``keep_id``; the supplier that stays.

    Errors: may_not_merge_suppliers, supplier_not_found, merge_with_itself, supplier_merged,
    merge_loses_limit.
    """
    policies.require_merge_suppliers(actor)
    if keep_id == drop_id:
        raise DomainError("merge_with_itself", N_("Choose two different suppliers."))
    # Always in the same order, so that two merges the other way round do not wait for ever.
    both = {key: supplier_for(actor, key, locked=True) for key in sorted((keep_id, drop_id))}
    keep, drop = both[keep_id], both[drop_id]
    for supplier in (keep, drop):
        _require_unmerged(supplier)
    _require_no_limit_lost(keep, drop)
    _end_running(drop)
    moved = {**_move_special(keep, drop), **_move_rest(keep, drop)}
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


def _require_unmerged(supplier: Supplier) -> None:
    if supplier.merged_into_id is not None:
        raise DomainError(
            "supplier_merged",
            N_("%(name)s was merged into another supplier. Change that one."),
            {"name": supplier.name},
        )


def _require_no_limit_lost(keep: Supplier, drop: Supplier) -> None:
    """A limit must not vanish, or become a lighter one, because its supplier had two codes."""
    if _limit_of(drop) > _limit_of(keep):
        raise DomainError(
            "merge_loses_limit",
            N_("%(name)s is limited or disqualified. Keep that record, or decide about it first."),
            {"name": drop.name},
        )


def _limit_of(supplier: Supplier) -> int:
    """How much of the cooperation is closed: the limits themselves stay with their record."""
    if supplier.status == SupplierStatus.DISQUALIFIED:
        return 3
    scopes = set(supplier.restrictions.filter(lifted_on=None).values_list("scope", flat=True))
    if RestrictionScope.NO_NEW_ORDERS in scopes:
        return 2
    return 1 if scopes or supplier.status == SupplierStatus.LIMITED else 0


def _end_running(drop: Supplier) -> None:
    for relation, running, ended in _RUNNING:
        for row in getattr(drop, relation).filter(state__in=running):
            row.state = ended
            row.save(update_fields=["state"])
    settle(Notification.objects.filter(about_key=drop.pk, kind__in=_ASKING))


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
