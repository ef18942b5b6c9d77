"""Records about a thing of any app: they name it by kind and key, without a foreign key."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

Record = TypeVar("Record", bound=models.Model)


def named(subject: models.Model | None) -> dict[str, str]:
    """The two columns that name ``subject``; empty for none and for one that is not stored."""
    if subject is None:
        return {"subject_type": "", "subject_id": ""}
    return {"subject_type": subject._meta.label_lower, "subject_id": str(subject.pk or "")}


class SubjectQuerySet(models.QuerySet[Record]):
    """Rows with ``subject_type`` (``minerals.declaration``) and ``subject_id`` (its key)."""

    def about(self, subject: models.Model) -> SubjectQuerySet[Record]:
        return self.filter(**named(subject))
