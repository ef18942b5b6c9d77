"""What of plausibility waits for a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from minerals.models import PlausibilityAlert
from minerals.policies.review import can_review
from minerals.selectors.plausibility import alert_words, alerts_for, is_open
from suppliers.selectors.work import WorkItem, with_rest

if TYPE_CHECKING:
    from accounts.models import User

EACH = 3


def plausibility_work(actor: User) -> list[WorkItem]:
    """Alerts that nobody has decided. Two queries."""
    if not can_review(actor):
        return []
    found = alerts_for(actor).filter(is_open()).order_by("-found_at", "-pk")
    rows = list(found[:EACH])
    total = found.count() if len(rows) == EACH else len(rows)
    url = reverse("minerals:alert-list") + "?state=open"
    return with_rest([_item(row) for row in rows], total, _more, url)


def _item(alert: PlausibilityAlert) -> WorkItem:
    title = f"{alert.get_kind_display()} · {alert.supplier.shown_name}"
    return WorkItem("warning", title, alert.get_absolute_url(), alert_words(alert), None)


def _more(count: int) -> str:
    text = ngettext("%(count)s more list to look at", "%(count)s more lists to look at", count)
    return text % {"count": count}
