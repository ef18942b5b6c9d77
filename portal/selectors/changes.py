"""What changed since yesterday, in a few lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from minerals.models import MatchDecision, ReferenceSnapshot
from minerals.policies import declarations as policies
from portal.selectors.change import Change
from portal.selectors.supplier_changes import supplier_changes
from portal.selectors.totals import Totals, list_url

EACH = 5


def start_of_yesterday() -> dt.datetime:
    """Midnight of yesterday where the installation is."""
    yesterday = clock.today() - dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(yesterday, dt.time()))


def changes_for(actor: User, counts: Totals, since: dt.datetime) -> list[Change]:
    """What happened since ``since``, in a few lines."""
    lines = [*supplier_changes(actor, since), *_declaration_changes(counts, since)]
    if policies.can_view_reference_list(actor):
        lines += _reference_changes(since)
    return lines


def _declaration_changes(counts: Totals, since: dt.datetime) -> Iterator[Change]:
    url = list_url(received_from=timezone.localtime(since).date().isoformat())
    if counts.received:
        text = ngettext(
            "%(count)s declaration received", "%(count)s declarations received", counts.received
        )
        yield Change(text % {"count": formats.number_format(counts.received)}, url)
    if counts.judged:
        text = ngettext(
            "%(count)s declaration judged, %(errors)s of them cannot be accepted yet",
            "%(count)s declarations judged, %(errors)s of them cannot be accepted yet",
            counts.judged,
        )
        values = {
            "count": formats.number_format(counts.judged),
            "errors": formats.number_format(counts.judged_with_errors),
        }
        yield Change(text % values, list_url())


def _reference_changes(since: dt.datetime) -> Iterator[Change]:
    for snapshot in ReferenceSnapshot.objects.filter(installed_at__gte=since)[:EACH]:
        yield Change(
            _("%(template)s installed: %(smelters)s smelters")
            % {"template": snapshot, "smelters": formats.number_format(snapshot.smelter_count)},
            snapshot.get_absolute_url(),
            snapshot.installed_at,
        )
    decided = MatchDecision.objects.filter(decided_at__gte=since).count()
    if decided:
        text = ngettext("%(count)s smelter decided", "%(count)s smelters decided", decided)
        yield Change(text % {"count": decided}, reverse("minerals:decision-list"))
