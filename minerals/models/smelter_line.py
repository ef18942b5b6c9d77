"""One row of a declaration's smelter list, and which smelter it was recognised as."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minerals.enums import MatchKind, ProductLink
from minerals.models.decision import MatchDecision
from minerals.models.declaration import Declaration


class SmelterLineQuerySet(models.QuerySet["SmelterLine"]):
    def waiting(self) -> SmelterLineQuerySet:
        """Rows with suggestions that a person has still to decide on."""
        return self.filter(matched_cid="").exclude(suggestions=[])


class SmelterLine(models.Model):
    """A row as typed, as the template resolves it, and as our reference list identifies it.

    ``cid``, ``standard_name`` and ``country`` are the template's answer; ``matched_cid`` is ours
    (equal to ``cid`` where both agree). ``suggestions`` is a list of
    ``{"cid", "standard_name", "country", "score"}`` that a person may confirm.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="smelters")
    row = models.PositiveIntegerField(_("row"))
    metal = models.CharField(_("metal"), max_length=100, blank=True)
    cid_input = models.CharField(_("ID typed"), max_length=255, blank=True)
    lookup = models.CharField(_("name chosen"), max_length=255, blank=True)
    typed_name = models.CharField(_("name typed"), max_length=255, blank=True)
    cid = models.CharField(_("smelter ID"), max_length=60, blank=True)
    standard_name = models.CharField(_("standard name"), max_length=255, blank=True)
    country = models.CharField(_("country or region"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    state = models.CharField(_("state or province"), max_length=120, blank=True)
    mine_names = models.TextField(_("mines"), blank=True)
    mine_countries = models.TextField(_("origin"), blank=True)
    recycled = models.CharField(_("100 % recycled"), max_length=40, blank=True)
    comments = models.TextField(_("comments"), blank=True)
    match = models.CharField(_("recognised"), max_length=15, choices=MatchKind.choices)
    # Under these a person's decision about the row is remembered (minerals.rules.matching).
    metal_key = models.CharField(max_length=100, blank=True, editable=False)
    text_key = models.CharField(max_length=255, blank=True, editable=False)
    matched_cid = models.CharField(_("our smelter ID"), max_length=60, blank=True, db_index=True)
    decision = models.ForeignKey(
        MatchDecision,
        verbose_name=_("decision applied"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lines",
    )
    link = models.CharField(
        _("in our products"), max_length=10, choices=ProductLink.choices, blank=True
    )
    link_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    link_at = models.DateTimeField(_("said"), null=True, blank=True)
    suggestions = models.JSONField(_("suggestions"), default=list, blank=True)

    objects = SmelterLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("smelter row")
        verbose_name_plural = _("smelter rows")
        ordering = ["row"]
        indexes = [models.Index(fields=["text_key", "metal_key"], name="smelter_text")]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "row"], name="smelter_row_unique")
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.metal} {self.shown_name}"

    @property
    def shown_name(self) -> str:
        """The best name known: standard, else what the supplier wrote."""
        return self.standard_name or self.typed_name or self.lookup

    @property
    def waits_for_person(self) -> bool:
        return bool(self.suggestions) and not self.matched_cid
