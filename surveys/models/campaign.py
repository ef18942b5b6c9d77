"""A yearly survey: what is asked, of whom, by when, in which words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import Family
from suppliers.models import Supplier
from surveys.enums import AnswerScope, CampaignState, MailLanguage, ScopeMethod

if TYPE_CHECKING:
    from accounts.models import User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, actor: User) -> CampaignQuerySet:
        """Of the company's own people; suppliers see their own part alone."""
        return self if actor.is_internal else self.none()


class Campaign(models.Model):
    """``counts_from``: an answer received from this day on counts, so that nobody is asked twice
    for what came shortly before. ``spend_year``, ``currency``: by which spend suppliers are chosen;
    ``rates``: what one unit of another currency is worth in it. Of shares and amounts only the one
    that ``scope_method`` names counts. ``days_off``: ISO days without reminders besides weekends
    and public holidays. ``scope_*`` numbers are frozen at the start."""

    name = models.CharField(_("name"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    counts_from = models.DateField(_("answers count from"))
    due_on = models.DateField(_("due"))
    answer_scope = models.CharField(
        _("answers are to speak for"),
        max_length=10,
        choices=AnswerScope.choices,
        default=AnswerScope.PRODUCT,
    )
    contact_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("contact person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("manager"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    scope_method = models.CharField(
        _("whom to ask"),
        max_length=10,
        choices=ScopeMethod.choices,
        default=ScopeMethod.COVERAGE,
    )
    spend_year = models.PositiveSmallIntegerField(_("spend of the year"))
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    rates = models.JSONField(_("exchange rates"), default=dict, blank=True)
    share = models.DecimalField(_("share of the spend"), max_digits=5, decimal_places=2, default=95)
    threshold = models.DecimalField(_("threshold"), max_digits=18, decimal_places=2, default=0)
    with_high_risk = models.BooleanField(_("always ask suppliers at high risk"), default=True)
    with_new = models.BooleanField(_("always ask new suppliers"), default=True)
    with_single_source = models.BooleanField(_("always ask single sources"), default=True)

    mail_language = models.CharField(
        _("language of the mails"),
        max_length=10,
        choices=MailLanguage.choices,
        default=MailLanguage.READER,
    )
    days_off = models.JSONField(_("further days off"), default=list, blank=True)

    state = models.CharField(
        _("state"), max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    paused_on = models.DateField(_("paused since"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    scope_count = models.PositiveIntegerField(_("suppliers in scope"), default=0)
    scope_spend = models.DecimalField(
        _("spend in scope"), max_digits=20, decimal_places=2, default=0
    )
    asked_spend = models.DecimalField(
        _("spend of those asked"), max_digits=20, decimal_places=2, default=0
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="survey_name_unique_in_year"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("counts_from")), name="survey_due_after_it_counts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("surveys:campaign-detail", args=[self.pk])

    @property
    def further_days_off(self) -> frozenset[dt.date]:
        return frozenset(dt.date.fromisoformat(day) for day in self.days_off)

    @property
    def is_draft(self) -> bool:
        return self.state == CampaignState.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == CampaignState.RUNNING


class AskedForm(models.Model):
    """One reporting form that the survey asks for. ``minimum_version``: older ones are not enough;
    empty: whatever the installed forms accept. ``minerals``: of AMRT, whose minerals are chosen."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="forms")
    family = models.CharField(_("form"), max_length=4, choices=Family.choices)
    minimum_version = models.CharField(_("oldest version"), max_length=12, blank=True)
    minerals = models.CharField(_("minerals"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("form asked for")
        verbose_name_plural = _("forms asked for")
        ordering = ["family"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "family"], name="survey_family_once")
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.minimum_version}".strip()


class CampaignText(models.Model):
    """The own words of a mail in one language; a missing one is written as usual."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(_("mail"), max_length=30)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "language"], name="survey_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class ScopeChoice(models.Model):
    """A person's word about one supplier, before the start; it stands above the rules."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="choices")
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="+"
    )
    is_included = models.BooleanField(_("is asked"))
    reason = models.CharField(_("why"), max_length=255)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    chosen_at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("choice by hand")
        verbose_name_plural = _("choices by hand")
        ordering = ["supplier"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "supplier"], name="survey_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.is_included}"


class FrozenScope(models.Model):
    """What was decided about one supplier in scope when the survey started; never changed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="scope")
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="+"
    )
    rank = models.PositiveIntegerField(_("place by spend"))
    spend = models.DecimalField(_("spend"), max_digits=18, decimal_places=2)
    is_included = models.BooleanField(_("is asked"))
    reasons = models.CharField(_("why"), max_length=120)
    note = models.CharField(_("reason given"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("line of the frozen scope")
        verbose_name_plural = _("frozen scope")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "supplier"], name="survey_scope_once")
        ]
        indexes = [
            models.Index(fields=["campaign", "is_included", "rank"], name="survey_scope_rank")
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.supplier_id}"
