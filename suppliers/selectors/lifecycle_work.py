"""What waits for a colleague about lifecycles: decisions, overdue limits, what expires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from suppliers.enums import QualificationState
from suppliers.models import Approval, Qualification, Restriction
from suppliers.policies.lifecycle import can_act
from suppliers.selectors.approvals import waiting_for
from suppliers.selectors.day_words import day_words
from suppliers.selectors.lifecycle_card import SOON
from suppliers.selectors.work import Severity, WorkItem

if TYPE_CHECKING:
    from accounts.models import User

EACH = 5
# A request that nobody decided for so many days holds somebody up.
PATIENCE_DAYS = 7


def lifecycle_work(actor: User) -> list[WorkItem]:
    """At most five lines and one that counts the rest; nothing for those who only read."""
    if not can_act(actor):
        return []
    lines = [*_overdue_limits(actor), *_decisions(actor), *_expiring(actor)]
    if len(lines) <= EACH:
        return lines
    return [*lines[:EACH], _more(actor, len(lines) - EACH)]


def _decisions(actor: User) -> Iterator[WorkItem]:
    for approval in waiting_for(actor)[: EACH + 1]:
        yield WorkItem(
            _urgency(approval),
            f"{approval.get_kind_display()} · {approval.supplier.shown_name}",
            reverse("suppliers:approval-detail", args=[approval.pk]),
            _("%(person)s asks, since %(date)s")
            % {
                "person": approval.requested_by,
                "date": day_words(timezone.localdate(approval.requested_at)),
            },
        )


def _urgency(approval: Approval) -> Severity:
    waited = (clock.now() - approval.requested_at).days
    return "error" if waited >= PATIENCE_DAYS else "warning"


def overdue_limits(actor: User) -> QuerySet[Restriction]:
    """Limits whose planned end has passed and that nobody lifted."""
    found = Restriction.objects.visible_to(actor).filter(lifted_on=None, ends_on__lt=clock.today())
    return found.select_related("supplier").order_by("ends_on", "pk")


def _overdue_limits(actor: User) -> Iterator[WorkItem]:
    for limit in overdue_limits(actor)[: EACH + 1]:
        yield WorkItem(
            "error",
            _("Limitation to be lifted or continued · %(name)s")
            % {"name": limit.supplier.shown_name},
            reverse("suppliers:supplier-detail", args=[limit.supplier_id]),
            str(limit.get_scope_display()),
            limit.ends_on,
        )


def expiring_qualifications(actor: User) -> QuerySet[Qualification]:
    """Approved ones that end within 60 days and have no later one for the same pair."""
    today = clock.today()
    newer = Qualification.objects.filter(
        Q(site=OuterRef("site")) | Q(site=None),
        supplier=OuterRef("supplier"),
        category=OuterRef("category"),
    ).filter(
        Q(state=QualificationState.IN_PROGRESS)
        | Q(state=QualificationState.APPROVED, valid_until__gt=OuterRef("valid_until"))
    )
    found = Qualification.objects.visible_to(actor).filter(
        state=QualificationState.APPROVED,
        ended_on=None,
        valid_until__gte=today,
        valid_until__lte=today + SOON,
        supplier__status__in=["qualified", "limited"],
    )
    return (
        found.filter(~Exists(newer))
        .select_related("supplier", "category", "site")
        .order_by("valid_until", "pk")
    )


def _expiring(actor: User) -> Iterator[WorkItem]:
    for row in expiring_qualifications(actor)[: EACH + 1]:
        page = reverse("suppliers:supplier-detail", args=[row.supplier_id])
        yield WorkItem(
            "warning",
            _("Qualification expires · %(name)s") % {"name": row.supplier.shown_name},
            f"{page}#qualifications",
            f"{row.category}" + (f" · {row.site}" if row.site else ""),
            row.valid_until,
        )


def _more(actor: User, known: int) -> WorkItem:
    """Counts what is not shown. ``known``: how many of it were read already."""
    rest = (
        waiting_for(actor).count()
        + overdue_limits(actor).count()
        + expiring_qualifications(actor).count()
        - EACH
    )
    count = max(rest, known)
    return WorkItem(
        "info",
        ngettext("%(count)s more about lifecycles", "%(count)s more about lifecycles", count)
        % {"count": count},
        reverse("suppliers:approval-list"),
    )
