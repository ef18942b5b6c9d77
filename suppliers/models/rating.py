"""Parts of a supplier's CSR rating, recorded by the apps that know them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from suppliers.enums import RatingPartKind
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.supplier import Supplier


class RatingPart(models.Model):
    """One result about a supplier, 0 (worst) to 100 (best). The newest of a kind counts while it
    is valid. ``source_ref`` names the record it comes from (``suppliers.assessment:12``)."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="rating_parts"
    )
    kind = models.CharField(_("part"), max_length=20, choices=RatingPartKind.choices)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1)
    dated_on = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=20)
    source_ref = models.CharField(_("record"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = BelongingQuerySet["RatingPart"].as_manager()

    class Meta:
        verbose_name = _("part of the rating")
        verbose_name_plural = _("parts of the rating")
        ordering = ["-dated_on", "-pk"]
        indexes = [
            models.Index(fields=["supplier", "kind", "-dated_on"], name="rating_part_kind"),
            models.Index(fields=["-dated_on", "-id"], name="rating_part_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_kind_display()} {self.score}"
