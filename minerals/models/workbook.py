"""A received file, kept once per content."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkbookFile(models.Model):
    """The bytes that came in, addressed by their SHA-256.

    ``sha256`` and ``size`` are those of the received bytes. Where ``macros_removed`` is True the
    kept copy lacks the macro parts; everything else of it is unchanged (docs/adr/0004).
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    kind = models.CharField(_("kind"), max_length=8)
    content = models.FileField(_("file"), upload_to="workbooks", max_length=200)
    macros_removed = models.BooleanField(_("macros removed"), default=False)
    has_external_links = models.BooleanField(_("external links"), default=False)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("workbook file")
        verbose_name_plural = _("workbook files")

    def __str__(self) -> str:
        return self.sha256[:12]
