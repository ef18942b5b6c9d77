"""What a supplier must do about smelters whose status calls for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import SmelterStatus, TaskState
from minerals.models.smelter import Smelter
from minerals.models.smelter_list import SmelterList
from suppliers.models import Supplier
from suppliers.models.belonging import BelongingQuerySet


class SmelterTask(models.Model):
    """One for a supplier and a list: all smelters that list turned against it. ``due_on``: the
    earliest deadline of its smelters that are still open."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="smelter_tasks"
    )
    list = models.ForeignKey(
        SmelterList, verbose_name=_("list"), on_delete=models.PROTECT, related_name="tasks"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=TaskState.choices, default=TaskState.OPEN
    )
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)

    objects = BelongingQuerySet["SmelterTask"].as_manager()

    class Meta:
        verbose_name = _("smelter task")
        verbose_name_plural = _("smelter tasks")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="smelter_task_due")]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "list"], name="one_task_per_list")
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.list}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:task-detail", args=[self.pk])


class SmelterTaskItem(models.Model):
    """One smelter of a task. ``status`` at the time; ``status_before`` in the list before."""

    task = models.ForeignKey(SmelterTask, on_delete=models.CASCADE, related_name="items")
    smelter = models.ForeignKey(Smelter, on_delete=models.PROTECT, related_name="task_items")
    status = models.CharField(_("status"), max_length=30, choices=SmelterStatus.choices)
    status_before = models.CharField(
        _("status before"), max_length=30, choices=SmelterStatus.choices, blank=True
    )
    due_on = models.DateField(_("due"))
    # When and why nothing is to be done any more: status better, or named no longer.
    settled_on = models.DateField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(_("settled by"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("smelter of a task")
        verbose_name_plural = _("smelters of a task")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "smelter"], name="task_smelter_once")
        ]

    def __str__(self) -> str:
        return f"{self.smelter} {self.status}"
