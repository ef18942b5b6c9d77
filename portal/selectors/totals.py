"""The counts of declarations on the home page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse

from accounts.models import User
from minerals.enums import DeclarationStatus, VerdictState
from minerals.models import Declaration
from minerals.models.declaration import SETTLED

# What was accepted, rejected or asked waits for none of us.
BLOCKED = Q(verdict__in=[VerdictState.CORRECT_FIRST, VerdictState.OUTDATED]) & ~SETTLED
# Where the name in local writing is the one that a Chinese reader knows.
UNASSIGNED = Q(supplier=None, judged_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Totals:
    """Declarations that are not superseded, and the rows among them that need a person."""

    current: int
    blocked: int
    unreadable: int
    unassigned: int
    to_match: int
    rows_to_match: int
    received: int
    judged: int
    judged_with_errors: int


def totals(actor: User, since: dt.datetime) -> Totals:
    """All counts of the page in one query."""
    living = ~Q(status=DeclarationStatus.SUPERSEDED)
    counts = Declaration.objects.visible_to(actor).aggregate(
        current=Count("pk", filter=living),
        blocked=Count("pk", filter=living & BLOCKED),
        unreadable=Count("pk", filter=Q(status=DeclarationStatus.UNREADABLE)),
        unassigned=Count("pk", filter=living & UNASSIGNED),
        to_match=Count("pk", filter=living & Q(waiting_count__gt=0)),
        rows_to_match=Sum("waiting_count", filter=living, default=0),
        received=Count("pk", filter=Q(received_at__gte=since)),
        judged=Count("pk", filter=Q(judged_at__gte=since)),
        judged_with_errors=Count("pk", filter=Q(judged_at__gte=since) & BLOCKED),
    )
    return Totals(**counts)


def owner_name(declaration: Declaration) -> str:
    """The supplier as the reader calls it, or what is known of the file nobody owns yet."""
    owner = declaration.supplier
    if owner:
        return owner.shown_name
    return declaration.company_name or declaration.file_name


def list_url(**filters: str) -> str:
    address = reverse("minerals:declaration-list")
    return f"{address}?{urlencode(filters)}" if filters else address
