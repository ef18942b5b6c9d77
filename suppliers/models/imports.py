"""Spreadsheets read in as one batch that can be looked at first and undone later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from suppliers.enums import ImportKind, ImportState, RowAction
from suppliers.models.scope import scope_of

if TYPE_CHECKING:
    from accounts.models import User


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, actor: User) -> ImportBatchQuerySet:
        """One's own; administrators see all. A buyer whose scope was narrowed sees those from
        after that: rows and problems of earlier ones name suppliers that he may not know of."""
        if actor.has_role(Role.ADMINISTRATOR):
            return self
        if not actor.is_internal:
            return self.none()
        own, scope = self.filter(owner=actor), scope_of(actor)
        return own if scope is None else own.filter(created_at__gte=scope.narrowed_at)


class ImportBatch(models.Model):
    """One file. ``counts``: rows by what happens (``{"create", "change", "same", "faulty"}``) and
    ``problems``, how many there are of each code; ``columns``: field codes found in the file;
    ``problems``: those of the file as a whole, ``{"code", "params", "sheet", "cell"}``, and of
    rows that could not be undone or were changed meanwhile."""

    kind = models.CharField(_("kind"), max_length=20, choices=ImportKind.choices)
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState.choices, default=ImportState.CHECKING
    )
    file = models.FileField(_("file"), upload_to="imports/%Y/%m", max_length=255)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    sheet = models.CharField(_("sheet"), max_length=64, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of the file. ``key`` names the record (a code, or code and year …), ``target`` is
    its key in the database, empty until a new one is imported; ``before`` and ``after`` hold the
    fields that differ; ``problems``: ``{"code", "params", "field", "column", "value"}``, with
    codes of ``rules.import_problems`` and ``rules.problems``."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    action = models.CharField(_("what happens"), max_length=10, choices=RowAction.choices)
    key = models.CharField(_("record"), max_length=120, blank=True)
    target = models.PositiveBigIntegerField(null=True, editable=False)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch", "number"]
        indexes = [models.Index(fields=["batch", "action", "number"], name="import_row_action")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"
