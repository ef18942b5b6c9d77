"""What people said about the risk of suppliers, and who is told of it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core.errors import NotFound
from minerals.models import RiskEvent
from minerals.policies.risk import DECIDERS
from suppliers.models import Supplier
from suppliers.selectors.recipients import who_see


def events_for(actor: User) -> QuerySet[RiskEvent]:
    seen = RiskEvent.objects.visible_to(actor)
    return seen.select_related("supplier", "recorded_by", "ended_by")


def event_for(actor: User, event_id: int) -> RiskEvent:
    """NotFound when there is none or the actor may not see it."""
    found = events_for(actor).filter(pk=event_id).first()
    if found is None:
        raise NotFound("risk_event_not_found", N_("There is no such event."))
    return found


def told_to_decide(supplier: Supplier, asker: User) -> list[User]:
    """Those who decide and see the supplier, but the one who asked."""
    people = [one for one in deciders() if one.pk != asker.pk]
    return who_see(supplier, people)


def told_about_risk(supplier: Supplier, actor: User) -> list[User]:
    """Those who decide, and the supplier's buyer; not who did it."""
    people = [one for one in (*deciders(), supplier.buyer) if one is not None and one != actor]
    return who_see(supplier, people)


def deciders() -> list[User]:
    names = [role.value for role in DECIDERS]
    people = User.objects.filter(is_active=True, groups__name__in=names).distinct()
    return list(people.order_by("pk"))
