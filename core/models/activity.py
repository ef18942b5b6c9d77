"""The activity trail: who did what to which thing, and when. Entries are only ever added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.subject import SubjectQuerySet


class ActivityEntry(models.Model):
    """One line of the trail.

    ``verb`` is a stable code such as ``declaration.received``; ``subject_type``/``subject_id``
    name the thing (``minerals.declaration``, its key as text); ``data`` holds plain values that
    explain the entry. ``actor`` is empty for what the system did by itself.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.CharField(_("thing"), max_length=40)
    data = models.JSONField(_("details"), default=dict, blank=True)

    objects = SubjectQuerySet["ActivityEntry"].as_manager()

    class Meta:
        verbose_name = _("activity entry")
        verbose_name_plural = _("activity entries")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="activity_subject"),
            models.Index(fields=["verb", "-at"], name="activity_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An activity entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An activity entry is never deleted.")
