"""Dated lists of smelters with their status: immutable snapshots of what RMI and others publish."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import ListSource, ListState, SmelterStatus
from minerals.models.workbook import WorkbookFile


class SmelterListQuerySet(models.QuerySet["SmelterList"]):
    def in_force(self) -> SmelterListQuerySet:
        return self.filter(state=ListState.IN_FORCE)


class SmelterList(models.Model):
    """One list of one source. From ``listed_on`` it answers what was known, until the next one.

    While it is being checked ``columns`` holds which heading means what and may be changed; from
    ``IN_FORCE`` on neither the list nor its rows change, but for a status word that a person
    explains later. ``problems``: ``[{"row", "column", "value", "code", "params"}]``;
    ``differences``: counts against the list before (``{"new", "gone", "renamed", "status"}``);
    ``held_for``: codes of what made it wait for a confirmation.
    """

    source = models.CharField(_("source"), max_length=10, choices=ListSource.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=ListState.choices, default=ListState.READING
    )
    listed_on = models.DateField(_("date of the list"))
    workbook = models.ForeignKey(
        WorkbookFile,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="smelter_lists",
    )
    file_name = models.CharField(_("file name"), max_length=255)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    headings = models.JSONField(_("headings"), default=list, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    differences = models.JSONField(_("differences"), default=dict, blank=True)
    held_for = models.JSONField(_("held for"), default=list, blank=True)
    error = models.JSONField(_("error"), default=dict, blank=True)
    row_count = models.PositiveIntegerField(_("smelters"), default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # Set once every current declaration was held against it.
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    objects = SmelterListQuerySet.as_manager()

    class Meta:
        verbose_name = _("smelter list")
        verbose_name_plural = _("smelter lists")
        ordering = ["-listed_on", "-id"]
        indexes = [models.Index(fields=["source", "state", "-listed_on"], name="list_in_force")]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.listed_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:list-detail", args=[self.pk])


class SmelterListing(models.Model):
    """One smelter in one list. ``status_text`` is the word of the list; ``status`` what it means,
    empty while nobody has said."""

    list = models.ForeignKey(SmelterList, on_delete=models.CASCADE, related_name="listings")
    row = models.PositiveIntegerField(_("row"))
    cid = models.CharField(_("smelter ID"), max_length=20, db_index=True)
    metal = models.CharField(_("metal"), max_length=60)
    name = models.CharField(_("name"), max_length=255)
    country = models.CharField(_("country or region"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=30, choices=SmelterStatus.choices, blank=True)
    status_text = models.CharField(_("status in the list"), max_length=120, blank=True)
    last_audit_on = models.DateField(_("last assessment"), null=True, blank=True)
    cycle_text = models.CharField(_("cycle in the list"), max_length=60, blank=True)
    cycle_years = models.PositiveSmallIntegerField(_("cycle in years"), null=True, blank=True)
    due_on = models.DateField(_("next assessment due"), null=True, blank=True)

    class Meta:
        verbose_name = _("entry of a smelter list")
        verbose_name_plural = _("entries of smelter lists")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["list", "cid"], name="listing_one_per_smelter")
        ]

    def __str__(self) -> str:
        return f"{self.cid} {self.status or self.status_text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An entry of a list is never changed; import a newer list.")
        super().save(*args, **kwargs)


class StatusWord(models.Model):
    """What a status word of a list means, as a person said once. ``key``: the word as
    ``rules.smelter_status.status_key`` compares it."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    text = models.CharField(_("word in the list"), max_length=120)
    status = models.CharField(_("status"), max_length=30, choices=SmelterStatus.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("status word")
        verbose_name_plural = _("status words")
        ordering = ["text"]

    def __str__(self) -> str:
        return f"{self.text} = {self.get_status_display()}"
