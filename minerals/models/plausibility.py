"""What looks implausible when declarations are held against each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import AlertKind, AlertState
from minerals.models.declaration import Declaration
from suppliers.models import Supplier
from suppliers.models.belonging import BelongingQuerySet


class PlausibilityAlert(models.Model):
    """``other`` is the declaration it resembles (another supplier's, or last year's own).
    ``measures`` tells how: ``{"similarity", "shared", "own", "others", "same_order",
    "shared_typos", "median", "count"}``, whatever the kind needs."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="alerts"
    )
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="alerts")
    other = models.ForeignKey(
        Declaration, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("what"), max_length=20, choices=AlertKind.choices)
    measures = models.JSONField(_("measures"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AlertState.choices, default=AlertState.OPEN
    )
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = models.TextField(_("explanation"), blank=True)

    objects = BelongingQuerySet["PlausibilityAlert"].as_manager()

    class Meta:
        verbose_name = _("plausibility alert")
        verbose_name_plural = _("plausibility alerts")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["state", "-found_at"], name="alert_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "kind", "other"], name="alert_once_for_two"
            ),
            models.UniqueConstraint(
                fields=["declaration", "kind"],
                condition=models.Q(other=None),
                name="alert_once_for_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:alert-detail", args=[self.pk])
