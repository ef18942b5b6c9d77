"""Which background jobs a person may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from core.models import Job
from minerals.models import Declaration

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User


def jobs_for(actor: User) -> QuerySet[Job]:
    """One's own, and those about a declaration one may see. Staff follow all."""
    if actor.is_internal:
        return Job.objects.all()
    visible = Declaration.objects.visible_to(actor).annotate(key=Cast("pk", CharField()))
    about = Q(subject_type=Declaration._meta.label_lower, subject_id__in=visible.values("key"))
    return Job.objects.filter(Q(owner=actor) | about)


def job_for(actor: User, job_id: UUID) -> Job:
    """NotFound when there is none or it is not the actor's business."""
    job = jobs_for(actor).filter(pk=job_id).first()
    if job is None:
        raise NotFound("job_not_found", N_("There is no such job."))
    return job
