"""What waits for a colleague about the risk of suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from minerals.models import LevelOverride
from minerals.policies.risk import can_relieve_risk
from minerals.selectors.overrides import overrides_for, waiting
from suppliers.selectors.day_words import day_words
from suppliers.selectors.work import Severity, WorkItem, with_rest

if TYPE_CHECKING:
    from accounts.models import User

EACH = 3
# A request that nobody decided for so many days holds somebody up.
PATIENCE_DAYS = 7


def risk_work(actor: User) -> list[WorkItem]:
    """Lower levels that others ask for; nothing for those who do not decide."""
    if not can_relieve_risk(actor):
        return []
    open_ones = overrides_for(actor).filter(pk__in=waiting().values("pk"))
    found = open_ones.exclude(requested_by=actor).order_by("requested_at", "pk")
    items = [_decision(one) for one in found[:EACH]]
    total = found.count() if len(items) == EACH else len(items)
    return with_rest(items, total, _more, f"{reverse('minerals:risk-list')}?people=asked")


def _decision(one: LevelOverride) -> WorkItem:
    return WorkItem(
        _urgency(one),
        _("Lower risk level · %(name)s") % {"name": one.supplier.shown_name},
        reverse("minerals:risk-override-detail", args=[one.pk]),
        _("%(person)s asks, since %(date)s")
        % {
            "person": one.requested_by,
            "date": day_words(timezone.localdate(one.requested_at)),
        },
    )


def _urgency(one: LevelOverride) -> Severity:
    waited = (clock.now() - one.requested_at).days
    return "error" if waited >= PATIENCE_DAYS else "warning"


def _more(count: int) -> str:
    text = ngettext(
        "%(count)s more lower risk level to decide",
        "%(count)s more lower risk levels to decide",
        count,
    )
    return text % {"count": count}
