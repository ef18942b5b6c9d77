"""The numbers above the home page: each role sees those it works with, each opens its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from minerals.enums import DeclarationStatus
from portal.selectors.totals import Totals, list_url
from suppliers.enums import AssessmentState, SupplierStatus
from suppliers.models import Supplier
from suppliers.selectors.assessments import assessments_for
from suppliers.selectors.lifecycle_work import expiring_qualifications

UNDER_WAY = (SupplierStatus.SIGNING, SupplierStatus.CERTIFICATION, SupplierStatus.APPROVAL)


@dataclass(frozen=True, slots=True)
class Stat:
    label: str
    value: str
    icon: str
    url: str = ""
    detail: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """``statuses``: suppliers by status; ``declarations``: as on the lists of minerals."""

    actor: User
    statuses: dict[str, int]
    declarations: Totals


Tile = Callable[[Counts], Stat]


def stats_for(actor: User, declarations: Totals) -> list[Stat]:
    """The tiles of the actor's roles, each once; three queries at most."""
    tiles = dict.fromkeys(tile for role in Role if role in actor.roles for tile in TILES[role])
    living = Supplier.objects.visible_to(actor).living().order_by()
    statuses = dict(living.values_list("status").annotate(Count("pk")))
    counts = Counts(actor, statuses, declarations)
    return [tile(counts) for tile in tiles]


def _under_way(counts: Counts) -> Stat:
    return _of_statuses(counts, _("Being introduced"), "progress", UNDER_WAY)


def _certification(counts: Counts) -> Stat:
    states = (SupplierStatus.CERTIFICATION,)
    return _of_statuses(counts, _("In certification"), "clipboard-check", states)


def _qualified(counts: Counts) -> Stat:
    return _of_statuses(counts, _("Qualified"), "circle-check", (SupplierStatus.QUALIFIED,))


def _limited(counts: Counts) -> Stat:
    states = (SupplierStatus.LIMITED,)
    return _of_statuses(counts, _("Limited cooperation"), "alert-triangle", states, "soon")


def _disqualified(counts: Counts) -> Stat:
    return _of_statuses(counts, _("Disqualified"), "ban", (SupplierStatus.DISQUALIFIED,))


def _of_statuses(
    counts: Counts, label: str, icon: str, states: tuple[SupplierStatus, ...], tone: str = ""
) -> Stat:
    url = f"{reverse('suppliers:supplier-list')}?{urlencode({'status': states}, doseq=True)}"
    return _stat(label, sum(counts.statuses.get(state, 0) for state in states), icon, url, tone)


def _expiring(counts: Counts) -> Stat:
    url = f"{reverse('suppliers:qualification-list')}?expiring=soon"
    found = expiring_qualifications(counts.actor).count()
    return _stat(_("Qualifications that expire soon"), found, "calendar-due", url, "soon")


def _to_review(counts: Counts) -> Stat:
    url = f"{reverse('suppliers:assessment-list')}?state={AssessmentState.SUBMITTED}"
    found = assessments_for(counts.actor).filter(state=AssessmentState.SUBMITTED).count()
    return _stat(_("Self-assessments to review"), found, "clipboard-list", url, "soon")


def _declarations(counts: Counts) -> Stat:
    found = counts.declarations.current
    url = list_url(status="current")
    return _stat(_("Current declarations"), found, "file-spreadsheet", url)


def _blocked(counts: Counts) -> Stat:
    found = counts.declarations.blocked
    url = list_url(open="blocking")
    return _stat(_("Cannot be accepted yet"), found, "alert-octagon", url, "now")


def _to_match(counts: Counts) -> Stat:
    found = counts.declarations.rows_to_match
    return _stat(_("Smelters to confirm"), found, "hexagons", list_url(open="waiting"), "soon")


def _unreadable(counts: Counts) -> Stat:
    url = list_url(status=DeclarationStatus.UNREADABLE)
    return _stat(_("Unreadable files"), counts.declarations.unreadable, "file-x", url, "now")


def _stat(label: str, count: int, icon: str, url: str, tone: str = "") -> Stat:
    """``tone`` where there is any."""
    return Stat(label, formats.number_format(count), icon, url, tone=tone if count else "")


_LIFECYCLE = (_under_way, _qualified, _limited, _expiring)
_SPECIALIST = (
    *(_under_way, _limited, _expiring, _to_review),
    *(_declarations, _blocked, _to_match, _unreadable),
)
TILES: dict[Role, tuple[Tile, ...]] = {
    Role.PROCUREMENT: _LIFECYCLE,
    Role.CSR_SPECIALIST: _SPECIALIST,
    Role.AUDITOR: (_under_way, _certification, _qualified, _limited),
    Role.ESG_REPORTER: (_qualified, _limited, _disqualified, _declarations),
    Role.ADMINISTRATOR: _SPECIALIST,
    Role.SUPPLIER_CONTACT: (),
}
