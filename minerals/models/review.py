"""A person's review of a declaration: what was decided about each finding, what was asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import ClarificationState, FindingDecisionKind
from minerals.models.declaration import Declaration
from suppliers.models import Supplier


class FindingDecision(models.Model):
    """What a reviewer decided about one finding.

    ``finding_key`` names the finding by code, place and values (``rules.review.finding_key``),
    because findings are written anew with each judgement. ``content_key`` is that of the
    declaration: for a file with the same content, of whatever name and date, the decision holds
    again. Undone decisions stay, with who and when.
    """

    declaration = models.ForeignKey(
        Declaration, on_delete=models.CASCADE, related_name="finding_decisions"
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="finding_decisions"
    )
    content_key = models.CharField(max_length=64, db_index=True)
    finding_key = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=60)
    cell = models.CharField(_("cell"), max_length=60, blank=True)
    kind = models.CharField(_("decision"), max_length=10, choices=FindingDecisionKind.choices)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision about a finding")
        verbose_name_plural = _("decisions about findings")
        ordering = ["-decided_at", "-pk"]
        indexes = [
            models.Index(fields=["supplier", "content_key", "finding_key"], name="finding_decided")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "content_key", "finding_key"],
                condition=models.Q(undone_at=None),
                name="one_decision_per_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.cell}: {self.kind}"


class Clarification(models.Model):
    """Questions to the supplier about one declaration, answered in words or by a corrected file.

    ``owner``: the colleague who waits for the answer.
    """

    declaration = models.ForeignKey(
        Declaration, on_delete=models.CASCADE, related_name="clarifications"
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="clarifications")
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ClarificationState.choices,
        default=ClarificationState.OPEN,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("due"))
    message = models.TextField(_("message"), blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # The corrected file that came instead of, or with, the answers.
    answered_with = models.ForeignKey(
        Declaration,
        verbose_name=_("corrected file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers_to",
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_on = models.DateField(_("last reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="clarification_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration"],
                condition=models.Q(state=ClarificationState.OPEN),
                name="one_open_clarification",
            )
        ]

    def __str__(self) -> str:
        return f"{self.declaration} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:clarification-detail", args=[self.pk])


class ClarificationItem(models.Model):
    """One question. ``code``, ``cell`` and ``params`` are those of its finding, so that both sides
    read it in their language; ``question`` is what the reviewer added."""

    clarification = models.ForeignKey(Clarification, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    finding_key = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=60)
    cell = models.CharField(_("cell"), max_length=60, blank=True)
    params = models.JSONField(default=dict, blank=True)
    question = models.TextField(_("question"), blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("question of a clarification")
        verbose_name_plural = _("questions of a clarification")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["clarification", "position"], name="clarification_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.cell}"
