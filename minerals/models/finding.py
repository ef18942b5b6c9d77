"""What needs attention in a declaration: open rows of the official Checker and our findings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from minerals.enums import FindingSeverity
from minerals.models.declaration import Declaration


class Finding(models.Model):
    """One finding. ``code`` and ``params`` make its texts in the reader's language.

    ``checker_row`` is set for an open row of the official Checker; ``counted`` is False where the
    official total leaves that row out. ``position`` keeps the order of the rules. ``is_new``:
    found by a judgement after the declaration was accepted.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=60, db_index=True)
    severity = models.CharField(_("severity"), max_length=8, choices=FindingSeverity.choices)
    cell = models.CharField(_("cell"), max_length=60, blank=True)
    params = models.JSONField(default=dict, blank=True)
    checker_row = models.PositiveSmallIntegerField(_("Checker row"), null=True, blank=True)
    counted = models.BooleanField(default=True)
    is_new = models.BooleanField(_("found after the acceptance"), default=False)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["position"]
        indexes = [
            models.Index(fields=["declaration", "position"], name="finding_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.cell}"

    @property
    def anchor(self) -> str:
        """Where a page shows it."""
        return f"f-{self.position}"

    @property
    def cells(self) -> tuple[str, ...]:
        """The place, and the other one where two answers clash."""
        return tuple(cell for cell in (self.cell, self.params.get("other_cell", "")) if cell)
