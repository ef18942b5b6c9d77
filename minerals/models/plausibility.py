"""What looks implausible when declarations are held against each other, and what that needs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import AlertKind, AlertState
from minerals.models.declaration import Declaration
from suppliers.models import Supplier
from suppliers.models.belonging import BelongingQuerySet


class ListPrint(models.Model):
    """The smelter list of a declaration in short, so that all lists can be compared at once.

    ``rows``: a key for each row in the order of the file; ``errors``: spellings of its own;
    ``counts``: how many smelters of each metal it names (``minerals.rules.resemblance``).
    """

    declaration = models.OneToOneField(
        Declaration, on_delete=models.CASCADE, primary_key=True, related_name="list_print"
    )
    rows = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("print of a smelter list")
        verbose_name_plural = _("prints of smelter lists")

    def __str__(self) -> str:
        return f"{self.declaration_id}"


class PlausibilityAlert(models.Model):
    """``other`` is the declaration it resembles (another supplier's, or last year's own).
    ``measures`` of the two lists alike: ``{"similarity", "shared", "only_own", "only_other",
    "same_order", "errors", "same_content", "same_file"}``; of the whole list:
    ``{"metals": [{"metal", "count", "total"}]}``; of far more than others:
    ``{"lines": [{"category", "metal", "count", "median", "peers"}]}``."""

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
