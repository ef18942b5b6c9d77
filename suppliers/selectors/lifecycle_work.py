"""What waits for a colleague about lifecycles: decisions, next steps, limits, what expires."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from suppliers.enums import SupplierStatus
from suppliers.models import Approval, Qualification, Restriction
from suppliers.policies.lifecycle import can_act
from suppliers.selectors.approvals import waiting_for
from suppliers.selectors.day_words import day_words
from suppliers.selectors.next_steps import GATED, NextStep, next_steps
from suppliers.selectors.qualifications import qualifications_for, running_out
from suppliers.selectors.work import Severity, WorkItem, with_rest

if TYPE_CHECKING:
    from accounts.models import User

# Lines of each subject; one more counts the others.
EACH = 3
# A request that nobody decided for so many days holds somebody up.
PATIENCE_DAYS = 7


def lifecycle_work(actor: User) -> list[WorkItem]:
    """Nothing for those who only read; a constant number of queries."""
    if not can_act(actor):
        return []
    return [
        *_overdue_limits(actor),
        *_decisions(actor),
        *_next_steps(actor),
        *_expiring(actor),
    ]


def _decisions(actor: User) -> list[WorkItem]:
    found = waiting_for(actor)
    items = [_decision(approval) for approval in found[:EACH]]
    return with_rest(
        items, _total(found, items), _more_decisions, reverse("suppliers:approval-list")
    )


def _decision(approval: Approval) -> WorkItem:
    asked_on = day_words(timezone.localdate(approval.requested_at))
    return WorkItem(
        _urgency(approval),
        f"{approval.get_kind_display()} · {approval.supplier.shown_name}",
        reverse("suppliers:approval-detail", args=[approval.pk]),
        _("%(person)s asks, since %(date)s") % {"person": approval.requested_by, "date": asked_on},
    )


def _more_decisions(count: int) -> str:
    text = ngettext("%(count)s more request to decide", "%(count)s more requests to decide", count)
    return text % {"count": count}


def _urgency(approval: Approval) -> Severity:
    waited = (clock.now() - approval.requested_at).days
    return "error" if waited >= PATIENCE_DAYS else "warning"


def _next_steps(actor: User) -> list[WorkItem]:
    found = next_steps(actor)
    items = [_next_step(one) for one in found[:EACH]]
    statuses = urlencode({"buyer": "me", "status": sorted({str(state) for state in GATED})}, True)
    url = f"{reverse('suppliers:supplier-list')}?{statuses}"
    return with_rest(items, len(found), _more_next_steps, url)


def _next_step(found: NextStep) -> WorkItem:
    return WorkItem(
        "warning",
        f"{found.step.verb} · {found.supplier.shown_name}",
        reverse("suppliers:supplier-action", args=[found.supplier.pk, found.step.code]),
        _("All conditions are met."),
    )


def _more_next_steps(count: int) -> str:
    text = ngettext(
        "%(count)s more supplier can go on to the next step",
        "%(count)s more suppliers can go on to the next step",
        count,
    )
    return text % {"count": count}


def overdue_limits(actor: User) -> QuerySet[Restriction]:
    """Limits whose planned end has passed and that nobody lifted."""
    found = Restriction.objects.visible_to(actor).filter(lifted_on=None, ends_on__lt=clock.today())
    return found.select_related("supplier").order_by("ends_on", "pk")


def _overdue_limits(actor: User) -> list[WorkItem]:
    found = overdue_limits(actor)
    items = [_overdue_limit(limit) for limit in found[:EACH]]
    url = f"{reverse('suppliers:supplier-list')}?status={SupplierStatus.LIMITED}"
    return with_rest(items, _total(found, items), _more_limits, url)


def _overdue_limit(limit: Restriction) -> WorkItem:
    return WorkItem(
        "error",
        _("Limitation to be lifted or continued · %(name)s") % {"name": limit.supplier.shown_name},
        reverse("suppliers:supplier-detail", args=[limit.supplier_id]),
        str(limit.get_scope_display()),
        limit.ends_on,
    )


def _more_limits(count: int) -> str:
    text = ngettext(
        "%(count)s more limitation to be lifted or continued",
        "%(count)s more limitations to be lifted or continued",
        count,
    )
    return text % {"count": count}


def expiring_qualifications(actor: User) -> QuerySet[Qualification]:
    """Those that end within 60 days and have no later one for the same pair."""
    return running_out(qualifications_for(actor)).order_by("valid_until", "pk")


def _expiring(actor: User) -> list[WorkItem]:
    found = expiring_qualifications(actor)
    items = [_expiry(row) for row in found[:EACH]]
    url = f"{reverse('suppliers:qualification-list')}?expiring=soon"
    return with_rest(items, _total(found, items), _more_expiries, url)


def _expiry(row: Qualification) -> WorkItem:
    page = reverse("suppliers:supplier-detail", args=[row.supplier_id])
    return WorkItem(
        "warning",
        _("Qualification expires · %(name)s") % {"name": row.supplier.shown_name},
        f"{page}#qualifications",
        f"{row.category}" + (f" · {row.site}" if row.site else ""),
        row.valid_until,
    )


def _more_expiries(count: int) -> str:
    text = ngettext(
        "%(count)s more qualification expires", "%(count)s more qualifications expire", count
    )
    return text % {"count": count}


def _total(found: QuerySet[Any], shown: Sequence[WorkItem]) -> int:
    """Counted only where not all of it is shown."""
    return found.count() if len(shown) == EACH else len(shown)
