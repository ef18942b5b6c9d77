"""What people decided about a smelter name, remembered for the next file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minerals.enums import DecisionKind


class MatchDecision(models.Model):
    """“This text under this metal is (not) that smelter.”

    ``text_key`` is the normalised text (``minerals.rules.normalise``), ``text`` how it was written
    when decided. Undone decisions stay, with who and when.
    """

    metal = models.CharField(_("metal"), max_length=60)
    text = models.CharField(_("text in the file"), max_length=255)
    text_key = models.CharField(max_length=255, editable=False)
    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind.choices)
    cid = models.CharField(_("smelter ID"), max_length=20)
    standard_name = models.CharField(_("standard name"), max_length=255, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("match decision")
        verbose_name_plural = _("match decisions")
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["metal", "text_key"],
                condition=models.Q(kind="confirmed", undone_at=None),
                name="decision_one_confirmed",
            ),
            models.UniqueConstraint(
                fields=["metal", "text_key", "cid"],
                condition=models.Q(undone_at=None),
                name="decision_one_per_candidate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metal} · {self.text} → {self.cid} ({self.kind})"

    @property
    def active(self) -> bool:
        return self.undone_at is None
