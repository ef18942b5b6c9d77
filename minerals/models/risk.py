"""The minerals risk of suppliers: the policy in versions, ratings with their facts, events."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import CountryListKind, PolicyState, RiskEventKind, RiskLevel
from minerals.models.declaration import Declaration
from minerals.models.smelter_list import SmelterList
from suppliers.models import Supplier
from suppliers.models.belonging import BelongingQuerySet


class RiskPolicyVersion(models.Model):
    """One set of numbers of the rubric (``rules.risk.policy``). A draft may change; a published one
    never does, the next one replaces it."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PolicyState.choices, default=PolicyState.DRAFT
    )
    numbers = models.JSONField(_("numbers"))
    note = models.TextField(_("what changed and why"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("risk policy")
        verbose_name_plural = _("risk policies")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=PolicyState.PUBLISHED),
                name="one_policy_in_force",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=PolicyState.DRAFT), name="one_policy_draft"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("minerals:policy-detail", args=[self.number])


class RiskRating(models.Model):
    """The risk of a supplier as computed at one moment. The newest one counts (``is_current``).

    ``facts`` are those of ``rules.risk.facts``, so that another policy can be tried without reading
    declarations again; ``result`` holds parts, trace and floors as they were then. ``score`` is
    None where nothing valid came. ``smelter_list``: the list the statuses came from.
    """

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="risk_ratings"
    )
    declaration = models.ForeignKey(
        Declaration,
        verbose_name=_("declaration"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="risk_ratings",
    )
    policy = models.ForeignKey(
        RiskPolicyVersion, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="+"
    )
    smelter_list = models.ForeignKey(
        SmelterList,
        verbose_name=_("smelter list"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rated_on = models.DateField(_("rated"))
    rated_at = models.DateTimeField(_("rated at"), auto_now_add=True)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=RiskLevel.choices)
    computed_level = models.CharField(
        _("level as computed"), max_length=8, choices=RiskLevel.choices
    )
    facts = models.JSONField(_("facts"), null=True, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    # Of each mineral: {"tin": {"score", "level"}}.
    minerals = models.JSONField(_("by mineral"), default=dict, blank=True)
    # No reviewer has accepted the declaration yet: shown as such, and nothing follows from it.
    is_provisional = models.BooleanField(_("provisional"), default=True)
    is_current = models.BooleanField(_("current"), default=True)

    objects = BelongingQuerySet["RiskRating"].as_manager()

    class Meta:
        verbose_name = _("risk rating")
        verbose_name_plural = _("risk ratings")
        ordering = ["-rated_at", "-pk"]
        indexes = [
            models.Index(fields=["supplier", "-rated_at"], name="risk_rating_history"),
            models.Index(fields=["is_current", "level", "-score"], name="risk_rating_level"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(is_current=True), name="one_current_rating"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.level} {self.score if self.score is not None else '–'}"


class RiskEvent(models.Model):
    """Something people learned about a supplier that makes the risk high whatever the file says."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="risk_events"
    )
    kind = models.CharField(_("event"), max_length=20, choices=RiskEventKind.choices)
    happened_on = models.DateField(_("date"))
    note = models.TextField(_("what happened"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    ended_on = models.DateField(_("over since"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    end_note = models.TextField(_("why it is over"), blank=True)

    objects = BelongingQuerySet["RiskEvent"].as_manager()

    class Meta:
        verbose_name = _("risk event")
        verbose_name_plural = _("risk events")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "kind"],
                condition=Q(ended_on=None),
                name="one_open_event_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_kind_display()}"


class LevelOverride(models.Model):
    """A level set by people. Raising counts at once; lowering needs a second person, a reason and
    an end. ``decided_by`` is empty while a lowering waits."""

    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        on_delete=models.CASCADE,
        related_name="risk_overrides",
    )
    level = models.CharField(_("level"), max_length=8, choices=RiskLevel.choices)
    is_lowering = models.BooleanField(_("lower than computed"), default=False)
    reason = models.TextField(_("reason"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    is_granted = models.BooleanField(_("granted"), default=False)
    decision_note = models.TextField(_("note of the decision"), blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = BelongingQuerySet["LevelOverride"].as_manager()

    class Meta:
        verbose_name = _("level set by people")
        verbose_name_plural = _("levels set by people")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_lowering=False)
                | Q(decided_by=None)
                | ~Q(decided_by=F("requested_by")),
                name="lowering_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(is_lowering=False) | Q(valid_until__isnull=False),
                name="lowering_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.level}"


class CountryListing(models.Model):
    """A country (or a region in it) on one of the dated lists. The law changes, answers of earlier
    years do not: a row ends, it is not deleted."""

    kind = models.CharField(_("list"), max_length=10, choices=CountryListKind.choices)
    country_code = models.CharField(_("country code"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=255)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("country of a list")
        verbose_name_plural = _("countries of lists")
        ordering = ["kind", "country_code", "region", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "country_code", "region", "valid_from"], name="country_list_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="country_list_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.country_code} {self.region}".strip()
