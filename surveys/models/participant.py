"""A supplier in a survey: what it is asked, who is asked, what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minerals.enums import Family
from suppliers.models import Supplier, SupplierContact
from suppliers.models.belonging import BelongingQuerySet
from surveys.enums import MessageKind, Stage
from surveys.models.campaign import Campaign


class Participant(models.Model):
    """``contact``: who is asked, None where nobody with an address is known. ``due_on``: own date,
    later than the survey's where it was extended. ``owner``: of our people who cares, the buyer at
    first. What was submitted and accepted is not stored here: it follows from the declarations
    (``selectors.stages``), until the survey is closed: ``final_stage`` and ``received_on`` keep
    what it was then, whatever the supplier sends in later years."""

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="participants"
    )
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="surveys"
    )
    contact = models.ForeignKey(
        SupplierContact,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who cares"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_on = models.DateField(_("asked"))
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)
    excluded_at = models.DateTimeField(_("taken out"), null=True, blank=True)
    exclude_reason = models.CharField(_("reason"), max_length=255, blank=True)
    paused_until = models.DateField(_("no reminders until"), null=True, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    final_stage = models.CharField(
        _("stage when it was closed"), max_length=15, choices=Stage.choices, blank=True
    )
    received_on = models.DateField(_("everything received"), null=True, blank=True)

    objects = BelongingQuerySet["Participant"].as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["campaign", "supplier"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "supplier"], name="survey_supplier_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.supplier}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:participant-detail", args=[self.pk])


class ParticipantForm(models.Model):
    """One form that this supplier is asked for."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="forms")
    family = models.CharField(_("form"), max_length=4, choices=Family.choices)

    class Meta:
        verbose_name = _("form of a participant")
        verbose_name_plural = _("forms of participants")
        ordering = ["family"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "family"], name="participant_form_once")
        ]

    def __str__(self) -> str:
        return self.family


class AccessLink(models.Model):
    """Opens one participant's task without an account. The signed token holds the key and
    ``nonce``; neither works without the other, nor after ``expires_on`` or ``revoked_at``."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="links")
    contact = models.ForeignKey(
        SupplierContact,
        verbose_name=_("contact"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.EmailField(_("address"))
    nonce = models.CharField(max_length=24)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_on = models.DateField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "address"],
                condition=Q(revoked_at=None),
                name="survey_link_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.address}"


class SurveyStep(models.Model):
    """A step of the schedule that was taken or passed over for one participant: never twice."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(_("step"), max_length=20)
    on = models.DateField(_("date"))
    passed_over = models.BooleanField(_("passed over"), default=False)

    class Meta:
        verbose_name = _("step of a survey")
        verbose_name_plural = _("steps of a survey")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "code"], name="survey_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on:%Y-%m-%d}"


class SurveyMessage(models.Model):
    """What supplier and our people say to each other about the request. ``said_by``: name or
    address of the supplier's person, who may have no account."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind.choices)
    text = models.TextField(_("text"), blank=True)
    other = models.CharField(_("who is right instead"), max_length=255, blank=True)
    said_by = models.CharField(_("said by"), max_length=255)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    said_at = models.DateTimeField(_("when"), auto_now_add=True)
    handled_at = models.DateTimeField(_("seen to"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seen to by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("message of a survey")
        verbose_name_plural = _("messages of a survey")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.said_by}"

    @property
    def other_name(self) -> str:
        return self.other.rpartition(" <")[0]

    @property
    def other_email(self) -> str:
        return self.other.rpartition(" <")[2].rstrip(">")
