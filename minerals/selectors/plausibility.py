"""Reads of plausibility alerts. They speak of other suppliers too, so no supplier sees any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from core.badges import Badge
from core.errors import NotFound
from core.reader import clauses, listed
from minerals.enums import AlertKind, AlertState
from minerals.models import Declaration, PlausibilityAlert
from minerals.policies.review import can_see_review
from minerals.selectors.named_smelters import counting
from minerals.selectors.questions import mineral_name
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

STATE_BADGES: dict[str, tuple[str, str]] = {
    AlertState.OPEN: ("soon", "eye"),
    AlertState.EXPLAINED: ("verified", "circle-check"),
    AlertState.CONFIRMED: ("now", "alert-triangle"),
}


def alerts_for(actor: User) -> QuerySet[PlausibilityAlert]:
    if not can_see_review(actor):
        return PlausibilityAlert.objects.none()
    seen = PlausibilityAlert.objects.visible_to(actor)
    return seen.select_related("supplier", "declaration", "other__supplier", "decided_by")


def is_open() -> Q:
    """To look at, and of a declaration that counts still."""
    return Q(state=AlertState.OPEN) & counting("declaration__")


def alert_for(actor: User, alert_id: int, *, locked: bool = False) -> PlausibilityAlert:
    """Errors: alert_not_found, also for one of a supplier the actor does not see."""
    rows = alerts_for(actor)
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=alert_id).first()
    if found is None:
        raise NotFound("alert_not_found", N_("There is no such alert."))
    return found


def alerts_about(actor: User, declaration: Declaration) -> list[PlausibilityAlert]:
    """Of the declaration, and of later ones that resemble it; open ones first."""
    found = alerts_for(actor).filter(Q(declaration=declaration) | Q(other=declaration))
    return list(found.order_by(F("decided_at").asc(nulls_first=True), "-pk"))


def seen_suppliers(actor: User, alerts: list[PlausibilityAlert]) -> set[int]:
    """Keys of the other suppliers of these alerts that the actor sees; one query."""
    others = [alert.other for alert in alerts if alert.other is not None]
    keys = {other.supplier_id for other in others if other.supplier_id is not None}
    seen = Supplier.objects.visible_to(actor).filter(pk__in=keys).order_by()
    return set(seen.values_list("pk", flat=True))


def alert_badge(alert: PlausibilityAlert, *, counts: bool = True) -> Badge:
    """``counts``: its declaration is current."""
    if alert.state == AlertState.OPEN and not counts:
        return Badge("unknown", _("Superseded"), "history")
    tone, icon = STATE_BADGES[alert.state]
    return Badge(tone, str(alert.get_state_display()), icon)


def alert_words(alert: PlausibilityAlert) -> str:
    """The finding in a sentence, without the name of another supplier."""
    match alert.kind:
        case AlertKind.OVER_REPORTED:
            return _over_reported(alert.measures.get("lines", []))
        case AlertKind.WHOLE_LIST:
            return _whole_list(alert.measures.get("metals", []))
    return _alike(alert.measures)


def _alike(measures: dict[str, object]) -> str:
    if measures.get("same_file"):
        return _("The very same file")
    if measures.get("same_content"):
        return _("The same answers and smelters")
    errors = measures.get("errors", [])
    shared = _("%(share)s %% of the smelters are the same") % {
        "share": int(100 * float(str(measures.get("similarity", 0))))
    }
    count = len(errors) if isinstance(errors, list) else 0
    if not count:
        return shared
    text = ngettext(
        "%(count)s spelling of its own too", "%(count)s spellings of its own too", count
    )
    return clauses([shared, text % {"count": count}])


def _over_reported(lines: list[dict[str, object]]) -> str:
    return listed(
        _("%(count)s of %(metal)s, where %(median)s are usual")
        % {
            "count": line["count"],
            "metal": mineral_name(str(line["metal"])),
            "median": f"{float(str(line['median'])):g}",
        }
        for line in lines[:3]
    )


def _whole_list(metals: list[dict[str, object]]) -> str:
    return listed(
        _("%(count)s of all %(total)s of %(metal)s")
        % {
            "count": line["count"],
            "total": line["total"],
            "metal": mineral_name(str(line["metal"])),
        }
        for line in metals
    )
