"""A smelter or refiner by its RMI ID, and what we know and did about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import ListSource
from suppliers.models import Supplier


class Smelter(models.Model):
    """One ID is one smelter of one metal. Names and place are the newest that a list or an official
    template gave; earlier ones stay in the lists themselves. ``country_code``: ISO code where the
    country's name is known."""

    cid = models.CharField(_("smelter ID"), max_length=20, unique=True)
    metal = models.CharField(_("metal"), max_length=60, db_index=True)
    name = models.CharField(_("standard name"), max_length=255)
    country = models.CharField(_("country or region"), max_length=100, blank=True)
    country_code = models.CharField(_("country code"), max_length=2, blank=True, db_index=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    state = models.CharField(_("state or province"), max_length=120, blank=True)
    # All names in small letters, a line each: what the search looks through.
    search_text = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    class Meta:
        verbose_name = _("smelter")
        verbose_name_plural = _("smelters")
        ordering = ["metal", "name", "cid"]

    def __str__(self) -> str:
        return f"{self.name} ({self.cid})"

    def get_absolute_url(self) -> str:
        return reverse("minerals:smelter-detail", args=[self.cid])


class SmelterNote(models.Model):
    """A note, or an outreach: what somebody did to bring the smelter to an assessment."""

    smelter = models.ForeignKey(Smelter, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    is_outreach = models.BooleanField(_("outreach to the smelter"), default=False)
    happened_on = models.DateField(_("date"))
    result = models.CharField(_("answer of the smelter"), max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("note on a smelter")
        verbose_name_plural = _("notes on smelters")
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class SmelterCertificate(models.Model):
    """A third party's certificate of a smelter, handed in by a supplier or found by us.

    It counts as evidence from ``valid_from`` to ``valid_until``, once somebody has verified it.
    The file itself is an ``EvidenceFile`` of the supplier about this record; one that we found
    ourselves says in ``note`` where it is published.
    """

    smelter = models.ForeignKey(Smelter, on_delete=models.PROTECT, related_name="certificates")
    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("handed in by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="smelter_certificates",
    )
    scheme = models.CharField(_("scheme"), max_length=10, choices=ListSource.choices)
    number = models.CharField(_("number"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate of a smelter")
        verbose_name_plural = _("certificates of smelters")
        ordering = ["-valid_until", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="smelter_certificate_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.smelter} · {self.get_scheme_display()} {self.number}"
