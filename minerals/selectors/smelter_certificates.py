"""Certificates of smelters with their state and files."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.badges import Badge
from minerals.models import Smelter, SmelterCertificate
from suppliers.models import EvidenceFile, Supplier

if TYPE_CHECKING:
    from accounts.models import User

EXPIRING = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class CertificateLine:
    certificate: SmelterCertificate
    badge: Badge
    files: list[EvidenceFile]


def certificates_for(actor: User) -> QuerySet[SmelterCertificate]:
    """Those that we found, and those of suppliers the actor sees."""
    seen = Supplier.objects.visible_to(actor)
    found = SmelterCertificate.objects.select_related(
        "smelter", "supplier", "recorded_by", "verified_by"
    )
    if not seen.query.has_filters():
        return found
    return found.filter(Q(supplier=None) | Q(supplier__in=seen))


def certificate_lines(actor: User, smelter: Smelter) -> list[CertificateLine]:
    """Those in use first; two queries."""
    rows = list(certificates_for(actor).filter(smelter=smelter))
    rows.sort(key=lambda row: row.withdrawn_at is not None)
    files: defaultdict[str, list[EvidenceFile]] = defaultdict(list)
    found = EvidenceFile.objects.visible_to(actor).filter(
        subject_type=SmelterCertificate._meta.label_lower,
        subject_id__in=[str(row.pk) for row in rows],
    )
    for file in found.order_by("pk"):
        files[file.subject_id].append(file)
    today = clock.today()
    return [CertificateLine(row, certificate_badge(row, today), files[str(row.pk)]) for row in rows]


def certificate_badge(row: SmelterCertificate, today: dt.date) -> Badge:
    if row.withdrawn_at is not None:
        return Badge("quiet", pgettext("certificate", "Withdrawn"), "arrow-back-up")
    if row.valid_until < today:
        return Badge("unknown", pgettext("certificate", "Expired"), "clock-exclamation")
    if row.verified_at is None:
        return Badge("info", _("Waits for a second look"), "eye-check")
    if row.valid_from > today:
        return Badge("info", _("Not valid yet"), "calendar")
    if row.valid_until - today <= EXPIRING:
        return Badge("soon", _("Expires soon"), "clock-exclamation")
    return Badge("verified", pgettext("certificate", "Verified"), "circle-check")


def to_verify(actor: User) -> QuerySet[SmelterCertificate]:
    """Recorded by somebody else, in date, not looked at again yet."""
    waiting = certificates_for(actor).filter(
        verified_at=None, withdrawn_at=None, valid_until__gte=clock.today()
    )
    return waiting.exclude(recorded_by=actor).order_by("recorded_at", "pk")


def running_out(actor: User) -> QuerySet[SmelterCertificate]:
    """Verified ones that end within ``EXPIRING`` and that no newer one of the smelter follows."""
    today = clock.today()
    valid = certificates_for(actor).filter(withdrawn_at=None, valid_until__gte=today)
    ending = valid.filter(valid_until__lte=today + EXPIRING).exclude(verified_at=None)
    followed = SmelterCertificate.objects.filter(
        withdrawn_at=None, valid_until__gt=today + EXPIRING
    )
    return ending.exclude(smelter__in=followed.values("smelter")).order_by("valid_until", "pk")
