"""A report that is filled in the browser, kept as it is typed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from minerals.enums import Family
from surveys.models.participant import Participant


class WebForm(models.Model):
    """``company`` by field; ``answers`` and ``comments`` by ``question|mineral``; ``smelters`` and
    ``products``: rows in order, each with an ``id`` that stays, so that two people can type at
    once."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="web_forms")
    family = models.CharField(_("form"), max_length=4, choices=Family.choices)
    company = models.JSONField(_("company"), default=dict)
    answers = models.JSONField(_("answers"), default=dict)
    comments = models.JSONField(_("comments"), default=dict)
    smelters = models.JSONField(_("smelters"), default=list)
    products = models.JSONField(_("products"), default=list)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.CharField(_("changed by"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("web form")
        verbose_name_plural = _("web forms")
        constraints = [
            models.UniqueConstraint(fields=["participant", "family"], name="web_form_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.family}"
