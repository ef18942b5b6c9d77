"""What a step or an approved request will do, said before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.reader import listed
from suppliers.enums import (
    ApprovalKind,
    ApprovalState,
    QualificationState,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.models import Approval, Category, Supplier
from suppliers.selectors.day_words import period_words
from suppliers.workflow import Transition, action_of


def effects_of_step(supplier: Supplier, step: Transition) -> list[str]:
    """In the order in which a person wants to know them."""
    return [*_status_effect(supplier, step), *_ending_effects(supplier, step)]


def effects_of_approval(approval: Approval) -> list[str]:
    """What approving it does now; for a decided request, what it was about."""
    supplier = approval.supplier
    step = action_of(approval.kind)
    found = list(_payload_effects(approval))
    if step is not None and approval.state == ApprovalState.OPEN:
        return [*_status_effect(supplier, step), *found, *_ending_effects(supplier, step)]
    return found


def _status_effect(supplier: Supplier, step: Transition) -> Iterator[str]:
    if supplier.status == step.target:
        status = {"status": supplier.get_status_display()}
        yield _(
            "The status stays “%(status)s”; the present limitation ends as this one begins."
        ) % (status)
        return
    yield _("The status changes from “%(before)s” to “%(after)s”.") % {
        "before": supplier.get_status_display(),
        "after": SupplierStatus(step.target).label,
    }


def _ending_effects(supplier: Supplier, step: Transition) -> Iterator[str]:
    if step.code not in ("disqualify", "not_introduce", "reopen"):
        return
    approved = supplier.qualifications.filter(
        state=QualificationState.APPROVED, ended_on=None
    ).count()
    if approved:
        yield ngettext(
            "%(count)s qualification ends today.", "%(count)s qualifications end today.", approved
        ) % {"count": approved}
    waivers = supplier.waivers.filter(ended_on=None, ends_on__gte=clock.today()).count()
    if waivers:
        yield ngettext("%(count)s waiver ends today.", "%(count)s waivers end today.", waivers) % {
            "count": waivers
        }


def _payload_effects(approval: Approval) -> Iterator[str]:
    payload: dict[str, Any] = approval.payload
    if approval.kind == ApprovalKind.QUALIFY:
        yield _("Qualified for %(categories)s, for %(months)s months.") % {
            "categories": listed(_category_names(payload["categories"])),
            "months": payload["valid_months"],
        }
    elif approval.kind == ApprovalKind.QUALIFICATION:
        yield from _extension_effect(payload)
    elif approval.kind == ApprovalKind.RESTRICT:
        yield _("%(scope)s, %(period)s.") % {
            "scope": RestrictionScope(payload["scope"]).label,
            "period": period_words(payload["starts_on"], payload["ends_on"]),
        }
        yield _("To be done before it is lifted: %(conditions)s") % {
            "conditions": payload["conditions"]
        }
    elif approval.kind == ApprovalKind.WAIVE:
        yield _(
            "Orders are allowed in spite of what stands against them: %(what)s, %(period)s."
        ) % {
            "what": _waived(payload),
            "period": period_words(payload["starts_on"], payload["ends_on"]),
        }


def _waived(payload: dict[str, Any]) -> str:
    """By its key: the code may be another one since, or that of another category."""
    if not payload["category"]:
        return _("all categories")
    found = Category.objects.filter(pk=payload["category_id"]).first()
    return str(found or payload["category"])


def _extension_effect(payload: dict[str, Any]) -> Iterator[str]:
    facts = {
        "category": _category_names([payload["category"]])[0],
        "site": payload["site"],
        "months": payload["valid_months"],
    }
    if payload["site"]:
        yield _("Qualified for %(category)s from site %(site)s, for %(months)s months.") % facts
    else:
        yield _("Qualified for %(category)s from all sites, for %(months)s months.") % facts
    yield _("What is approved already stays as it is.")


def _category_names(codes: list[str]) -> list[str]:
    """Names of the codes; a code stands for itself where its category is gone."""
    known = {one.code: str(one) for one in Category.objects.filter(code__in=codes)}
    return [known.get(code, code) for code in codes]
