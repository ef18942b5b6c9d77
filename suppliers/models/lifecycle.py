"""Where a supplier stood and stands, as periods: status, qualification, limits, waivers, gates."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from suppliers.enums import (
    ApprovalKind,
    ApprovalState,
    GateKind,
    GateResult,
    QualificationRoute,
    QualificationState,
    ReasonCode,
    RestrictionScope,
    SupplierStatus,
)
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.category import Category
from suppliers.models.master import Site
from suppliers.models.supplier import Supplier


class Approval(models.Model):
    """Somebody asks, another person decides. ``payload`` holds the input of the action that is
    carried out on approval, as plain values. ``subject_*`` name a qualification or restriction
    where the request is about one."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="approvals"
    )
    kind = models.CharField(_("what"), max_length=20, choices=ApprovalKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.OPEN
    )
    payload = models.JSONField(_("details"), default=dict, blank=True)
    reason_code = models.CharField(
        _("reason"), max_length=20, choices=ReasonCode.choices, blank=True
    )
    explanation = models.TextField(_("explanation"), blank=True)
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
    decision_note = models.TextField(_("note of the decision"), blank=True)

    objects = BelongingQuerySet["Approval"].as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "-requested_at"], name="approval_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(state=ApprovalState.WITHDRAWN)
                | ~Q(decided_by=F("requested_by")),
                name="approval_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.supplier}"


class StatusChange(models.Model):
    """One step of the lifecycle. ``action`` is a code of the workflow table; the status held from
    ``at`` until the next change of the same supplier. ``phase_out_on``: of a phase-out, the day
    from which nothing is ordered."""

    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        on_delete=models.CASCADE,
        related_name="status_changes",
    )
    action = models.CharField(_("action"), max_length=30)
    from_status = models.CharField(
        _("from"), max_length=20, choices=SupplierStatus.choices, blank=True
    )
    to_status = models.CharField(_("to"), max_length=20, choices=SupplierStatus.choices)
    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approval = models.ForeignKey(
        Approval,
        verbose_name=_("approval"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="status_changes",
    )
    reason_code = models.CharField(
        _("reason"), max_length=20, choices=ReasonCode.choices, blank=True
    )
    explanation = models.TextField(_("explanation"), blank=True)
    phase_out_on = models.DateField(_("phase-out on"), null=True, blank=True)

    objects = BelongingQuerySet["StatusChange"].as_manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["supplier", "-at"], name="status_change_supplier")]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_to_status_display()}"


class Qualification(models.Model):
    """The right to deliver one category (from one site; without a site, from all).

    Valid from ``valid_from`` to ``valid_until`` (both included) unless ``ended_on`` comes first.
    Each addition is a row of its own, so that what is approved stays as it is."""

    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        on_delete=models.CASCADE,
        related_name="qualifications",
    )
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="qualifications",
    )
    route = models.CharField(_("route"), max_length=20, choices=QualificationRoute.choices)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=QualificationState.choices,
        default=QualificationState.IN_PROGRESS,
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    reason_code = models.CharField(
        _("reason"), max_length=20, choices=ReasonCode.choices, blank=True
    )
    approval = models.ForeignKey(
        Approval,
        verbose_name=_("approval"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BelongingQuerySet["Qualification"].as_manager()

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["supplier", "category__path", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "category", "site"],
                condition=Q(state=QualificationState.IN_PROGRESS),
                name="qualification_one_in_progress",
            ),
            models.UniqueConstraint(
                fields=["supplier", "category"],
                condition=Q(state=QualificationState.IN_PROGRESS, site=None),
                name="qualification_one_without_site",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="qualification_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.category}"

    def can_end_on(self, day: dt.date) -> bool:
        """Approved, and not withdrawn from that day or an earlier one on."""
        if self.state == QualificationState.WITHDRAWN and self.valid_from is not None:
            return self.ended_on is not None and self.ended_on > day
        return self.state == QualificationState.APPROVED


class RestrictionQuerySet(BelongingQuerySet["Restriction"]):
    def not_lifted(self) -> Self:
        """Those in force today or later. One that another will replace has its last day already."""
        return self.filter(Q(lifted_on=None) | Q(lifted_on__gt=clock.today()))


class Restriction(models.Model):
    """Limited cooperation: what is not allowed, from when, and what must be done before it is
    lifted. In force from ``starts_on`` until the day before ``lifted_on``; ``ends_on`` is the
    plan: once it has passed somebody must lift or continue it, nothing is lifted by itself. One
    that replaces another lifts it on its own first day."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="restrictions"
    )
    scope = models.CharField(_("scope"), max_length=20, choices=RestrictionScope.choices)
    reason_code = models.CharField(_("reason"), max_length=20, choices=ReasonCode.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    conditions = models.TextField(_("conditions for lifting"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    approval = models.ForeignKey(
        Approval, verbose_name=_("approval"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("limitation")
        verbose_name_plural = _("limitations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                name="restriction_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_scope_display()}"


class Waiver(models.Model):
    """An exception with an end: orders in spite of a restriction, or without a qualification.
    Without a category it covers all; both days are included."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="waivers"
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason_code = models.CharField(_("reason"), max_length=20, choices=ReasonCode.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)
    approval = models.ForeignKey(
        Approval, verbose_name=_("approval"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = BelongingQuerySet["Waiver"].as_manager()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="waiver_period"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.starts_on} – {self.ends_on}"


class GateRecord(models.Model):
    """A fact that a gate looks at, recorded by a person or by the app that knows it.

    ``source``: ``manual`` or the name of the app; ``source_ref`` names the record there
    (``minerals.declaration:12``). The newest of a kind counts while it is valid."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="gate_records"
    )
    kind = models.CharField(_("condition"), max_length=30, choices=GateKind.choices)
    result = models.CharField(_("result"), max_length=10, choices=GateResult.choices)
    dated_on = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=20, default="manual")
    source_ref = models.CharField(_("record"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = BelongingQuerySet["GateRecord"].as_manager()

    class Meta:
        verbose_name = _("condition record")
        verbose_name_plural = _("condition records")
        ordering = ["-dated_on", "-pk"]
        indexes = [models.Index(fields=["supplier", "kind", "-dated_on"], name="gate_record_kind")]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_kind_display()} {self.get_result_display()}"
