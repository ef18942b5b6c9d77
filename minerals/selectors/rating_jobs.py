"""How far rating by a new policy is."""

from __future__ import annotations

from core.models import Job
from minerals.enums import JobKind
from minerals.models import RiskPolicyVersion


def newest_rating_job(version: RiskPolicyVersion) -> Job | None:
    """The job that rates all suppliers by this version, done or not."""
    return Job.objects.about(version).filter(kind=JobKind.RATE_ALL).first()
