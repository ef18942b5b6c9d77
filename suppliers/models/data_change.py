"""What a supplier wants changed in its own record; our people approve it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from suppliers.enums import DataChangeKind, DataChangeState
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.master import SupplierContact
from suppliers.models.supplier import Supplier


class DataChange(models.Model):
    """``values``: by field what it is to be; ``before``: what it was when it was asked for.
    ``contact``: the person it is about, None for the company and for a new person."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="data_changes"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DataChangeKind.choices)
    contact = models.ForeignKey(
        SupplierContact,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    values = models.JSONField(_("new values"), default=dict)
    before = models.JSONField(_("former values"), default=dict)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DataChangeState.choices,
        default=DataChangeState.OPEN,
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)

    objects = BelongingQuerySet["DataChange"].as_manager()

    class Meta:
        verbose_name = _("change asked for by a supplier")
        verbose_name_plural = _("changes asked for by suppliers")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["supplier", "asked_at"],
                name="data_change_open",
                condition=Q(state=DataChangeState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("suppliers:data-change", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == DataChangeState.OPEN
