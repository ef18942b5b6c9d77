"""The reference list of smelters: immutable dated snapshots read from official templates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import Family
from minerals.models.workbook import WorkbookFile


class ReferenceSnapshot(models.Model):
    """One installed official template and the look-up rows read from it.

    The newest snapshot of each family is the one rows are held against. ``is_demo`` marks the
    invented list of the demo data, which gives way to a real one of the same family.
    """

    family = models.CharField(_("family"), max_length=4, choices=Family.choices)
    version = models.CharField(_("version"), max_length=12)
    workbook = models.OneToOneField(
        WorkbookFile,
        verbose_name=_("template file"),
        on_delete=models.PROTECT,
        related_name="snapshot",
    )
    file_name = models.CharField(_("file name"), max_length=255)
    installed_at = models.DateTimeField(_("installed"), auto_now_add=True)
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("installed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    row_count = models.PositiveIntegerField(_("look-up rows"), default=0)
    smelter_count = models.PositiveIntegerField(_("smelters"), default=0)
    is_demo = models.BooleanField(_("demo data"), default=False)

    class Meta:
        verbose_name = _("reference snapshot")
        verbose_name_plural = _("reference snapshots")
        ordering = ["-installed_at", "-id"]
        indexes = [models.Index(fields=["family", "-installed_at"], name="snapshot_family")]

    def __str__(self) -> str:
        return f"{self.family} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:snapshot-detail", args=[self.pk])


class ReferenceEntry(models.Model):
    """One look-up row: an alias or a standard name of a smelter. Written once, never changed."""

    snapshot = models.ForeignKey(
        ReferenceSnapshot, on_delete=models.CASCADE, related_name="entries"
    )
    row = models.PositiveIntegerField(_("row"))
    metal = models.CharField(_("metal"), max_length=60)
    name = models.CharField(_("name or alias"), max_length=255)
    standard_name = models.CharField(_("standard name"), max_length=255, blank=True)
    country = models.CharField(_("country or region"), max_length=100, blank=True)
    cid = models.CharField(_("smelter ID"), max_length=20, blank=True, db_index=True)
    source = models.CharField(_("source of the ID"), max_length=60, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    state = models.CharField(_("state or province"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("reference entry")
        verbose_name_plural = _("reference entries")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "row"], name="reference_row_unique")
        ]

    def __str__(self) -> str:
        return f"{self.metal} · {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A reference entry is never changed; install a newer template.")
        super().save(*args, **kwargs)
