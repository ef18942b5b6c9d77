"""Answers, products and mines of a declaration."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from minerals.models.declaration import Declaration


class AnswerLine(models.Model):
    """One answer. ``mineral`` is empty for company questions; ``cell`` like ``Declaration!D26``."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(_("question"), max_length=4)
    mineral = models.CharField(_("mineral"), max_length=100, blank=True)
    value = models.TextField(_("answer"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    cell = models.CharField(_("cell"), max_length=40)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "position"], name="answer_position_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.mineral}: {self.value}"


class ProductLine(models.Model):
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="products")
    row = models.PositiveIntegerField(_("row"))
    number = models.TextField(_("product number"), blank=True)
    name = models.TextField(_("product name"), blank=True)
    requester_number = models.TextField(_("our product number"), blank=True)
    requester_name = models.TextField(_("our product name"), blank=True)
    comments = models.TextField(_("comments"), blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["row"]

    def __str__(self) -> str:
        return self.number


class MineLine(models.Model):
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="mines")
    row = models.PositiveIntegerField(_("row"))
    metal = models.TextField(_("mineral"), blank=True)
    smelter = models.TextField(_("smelter"), blank=True)
    name = models.TextField(_("mine"), blank=True)
    mine_id = models.TextField(_("mine ID"), blank=True)
    country = models.TextField(_("country or region"), blank=True)
    city = models.TextField(_("city"), blank=True)
    state = models.TextField(_("state or province"), blank=True)
    comments = models.TextField(_("comments"), blank=True)

    class Meta:
        verbose_name = _("mine")
        verbose_name_plural = _("mines")
        ordering = ["row"]

    def __str__(self) -> str:
        return self.name
