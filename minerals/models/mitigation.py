"""Bringing the risk of a supplier down: plan, measures, steps that pass by themselves, the end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import (
    MeasureKind,
    MeasureState,
    MitigationOutcome,
    MitigationProposal,
    MitigationState,
    RiskLevel,
)
from minerals.models.risk import RiskRating
from minerals.models.smelter import Smelter, SmelterCertificate
from suppliers.enums import ReasonCode
from suppliers.models import Approval, Supplier
from suppliers.models.belonging import BelongingQuerySet


class MitigationPlan(models.Model):
    """One attempt to bring a supplier to low. ``level`` it started from; ``limit_on``: the latest
    end of all (180 days). ``plan_due_on``: when the plan must be agreed; ``close_due_on``: when its
    measures must be done. Dates that a person moved are told by its steps.

    ``offered_on``: since when the supplier sees it. ``proposal``: what the system proposes after a
    refusal or without improvement; nothing comes of it until a person asks for it (``approval``)
    and another one decides. ``close_asked_by`` asks to close before the risk is low; a second
    person confirms."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="mitigations"
    )
    rating = models.ForeignKey(
        RiskRating,
        verbose_name=_("rating"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    level = models.CharField(_("level at the start"), max_length=8, choices=RiskLevel.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=MitigationState.choices, default=MitigationState.OPEN
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    opened_on = models.DateField(_("opened"))
    plan_due_on = models.DateField(_("plan due"))
    close_due_on = models.DateField(_("measures due"))
    limit_on = models.DateField(_("latest end"))
    agreed_on = models.DateField(_("agreed"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=30, choices=MitigationOutcome.choices, blank=True
    )
    offered_on = models.DateField(_("sent to the supplier"), null=True, blank=True)
    proposal = models.CharField(
        _("proposed"), max_length=20, choices=MitigationProposal.choices, blank=True
    )
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True)
    reason_code = models.CharField(
        _("reason"), max_length=20, choices=ReasonCode.choices, blank=True
    )
    approval = models.ForeignKey(
        Approval,
        verbose_name=_("approval"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mitigations",
    )
    close_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asks to close"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    close_reason = models.TextField(_("why it is closed early"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = BelongingQuerySet["MitigationPlan"].as_manager()

    class Meta:
        verbose_name = _("mitigation plan")
        verbose_name_plural = _("mitigation plans")
        ordering = ["-opened_on", "-pk"]
        indexes = [models.Index(fields=["state", "limit_on"], name="mitigation_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"],
                condition=~Q(state__in=[MitigationState.CLOSED, MitigationState.ENDED]),
                name="one_mitigation_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None)
                | Q(close_asked_by=None)
                | ~Q(closed_by=F("close_asked_by")),
                name="mitigation_closed_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:mitigation-detail", args=[self.pk])


class Measure(models.Model):
    """One thing agreed. Training and audits are recorded by hand until their apps do it:
    ``source`` and ``source_ref`` name the record then. Evidence is ``EvidenceFile`` rows about
    the measure. ``accept_by``: until when the supplier agrees to an audit ordered afterwards."""

    plan = models.ForeignKey(MitigationPlan, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(_("measure"), max_length=20, choices=MeasureKind.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=MeasureState.choices, default=MeasureState.PLANNED
    )
    smelter = models.ForeignKey(
        Smelter,
        verbose_name=_("smelter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    text = models.TextField(_("what is to be done"), blank=True)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=20, default="by_hand")
    source_ref = models.CharField(_("record"), max_length=80, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_on = models.DateField(_("verified"), null=True, blank=True)
    accept_by = models.DateField(_("to be accepted by"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted"), null=True, blank=True)
    certificate = models.ForeignKey(
        SmelterCertificate,
        verbose_name=_("certificate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="measure_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on:%Y-%m-%d}"


class MitigationStep(models.Model):
    """What happened in a plan, by itself or by somebody, and why. ``code``: ``plan_overdue``,
    ``spot_check_due``, ``audit_ordered``, ``restriction_proposed``, ``overridden`` and so on."""

    plan = models.ForeignKey(MitigationPlan, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(_("step"), max_length=40)
    on = models.DateField(_("date"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("step of a mitigation")
        verbose_name_plural = _("steps of a mitigation")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "code"], name="mitigation_step_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.on:%Y-%m-%d}"
