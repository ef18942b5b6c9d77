"""A supplier's declaration: one received reporting workbook and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from minerals.enums import DeclarationStatus, Family, ReviewState, Source, VerdictState
from minerals.models.workbook import WorkbookFile
from suppliers.models import Supplier
from suppliers.models.scope import scope_condition

if TYPE_CHECKING:
    from accounts.models import User


# What can be held against rules and lists: neither waiting, unreadable nor superseded.
CURRENT = (
    DeclarationStatus.STRUCTURALLY_VALID,
    DeclarationStatus.NEEDS_CORRECTION,
    DeclarationStatus.UNDER_REVIEW,
    DeclarationStatus.CLARIFICATION_OPEN,
    DeclarationStatus.WITH_EXCEPTIONS,
    DeclarationStatus.ACCEPTED,
    DeclarationStatus.REJECTED,
)


# Accepted, rejected, or with the supplier: what is open in it waits for none of us.
SETTLED = models.Q(
    review__in=[
        ReviewState.ACCEPTED,
        ReviewState.WITH_EXCEPTIONS,
        ReviewState.REJECTED,
        ReviewState.CLARIFICATION_OPEN,
    ]
)
# Judged, somebody's, and nobody has begun to review it.
TO_REVIEW = models.Q(review="", judged_at__isnull=False, supplier__isnull=False) & ~models.Q(
    verdict=VerdictState.UNREADABLE
)


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def visible_to(self, actor: User) -> DeclarationQuerySet:
        """What belongs to a supplier is seen by whoever sees the supplier; what nobody has been
        found for yet, by all of the company's own people."""
        if actor.is_internal:
            inside = scope_condition(actor)
            if inside is None:
                return self
            seen = Supplier.objects.filter(inside)
            return self.filter(models.Q(supplier=None) | models.Q(supplier__in=seen))
        if actor.has_role(Role.SUPPLIER_CONTACT):
            return self.filter(supplier__contacts__user=actor)
        return self.none()

    def current(self) -> DeclarationQuerySet:
        """Judged and not superseded."""
        return self.filter(status__in=CURRENT)


_ManagerOfAll = models.Manager.from_queryset(DeclarationQuerySet)


class SubmittedManager(_ManagerOfAll["Declaration"]):
    """Without drafts: what nobody has submitted is of no consequence to anybody."""

    def get_queryset(self) -> DeclarationQuerySet:
        found: DeclarationQuerySet = super().get_queryset()  # type: ignore[assignment]
        return found.exclude(status=DeclarationStatus.DRAFT)


class Declaration(models.Model):
    """One workbook of one supplier.

    ``objects`` leaves out drafts, which only the survey that they belong to knows of;
    ``everything`` has them.

    ``supplier`` is empty only while nobody has said, and the company name in the file did not
    tell, whose it is. The ``*_count`` columns and ``required_remaining`` are the result of the
    last judgement; ``review`` is what a person made of it, and shows in ``status`` while the
    declaration is not superseded; ``error`` is ``{"code", "params"}`` of a file that could not be
    read.
    """

    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="declarations",
    )
    workbook = models.ForeignKey(
        WorkbookFile,
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="declarations",
    )
    file_name = models.CharField(_("file name"), max_length=255)
    source = models.CharField(_("received through"), max_length=10, choices=Source.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    status = models.CharField(
        _("status"),
        max_length=30,
        choices=DeclarationStatus.choices,
        default=DeclarationStatus.RECEIVED,
    )
    verdict = models.CharField(
        _("verdict"), max_length=20, choices=VerdictState.choices, blank=True
    )
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supersedes",
    )

    review = models.CharField(_("review"), max_length=30, choices=ReviewState.choices, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    review_note = models.TextField(_("note of the review"), blank=True)
    # The same for two files whose answers and lists say the same (services.recording).
    content_key = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    family = models.CharField(_("family"), max_length=4, choices=Family.choices, blank=True)
    version = models.CharField(_("version"), max_length=12, blank=True)
    layout = models.CharField(_("layout"), max_length=30, blank=True)
    language = models.CharField(_("language of the file"), max_length=40, blank=True)
    cached_values = models.BooleanField(_("has cached values"), default=False)
    company_name = models.CharField(_("company in the file"), max_length=255, blank=True)
    scope = models.CharField(_("scope"), max_length=1, blank=True)
    contact_email = models.CharField(_("contact e-mail"), max_length=255, blank=True)
    effective_on = models.DateField(_("effective date"), null=True, blank=True)

    required_remaining = models.PositiveIntegerField(_("required fields open"), default=0)
    error_count = models.PositiveIntegerField(_("errors"), default=0)
    warning_count = models.PositiveIntegerField(_("warnings"), default=0)
    info_count = models.PositiveIntegerField(_("notes"), default=0)
    smelter_count = models.PositiveIntegerField(_("smelters"), default=0)
    waiting_count = models.PositiveIntegerField(_("smelters to confirm"), default=0)
    product_count = models.PositiveIntegerField(_("products"), default=0)
    mine_count = models.PositiveIntegerField(_("mines"), default=0)
    error = models.JSONField(_("error"), default=dict, blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    objects = SubmittedManager()
    everything = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["supplier", "family", "-received_at"], name="decl_supplier"),
            models.Index(fields=["status", "-received_at"], name="decl_status"),
            models.Index(fields=["-received_at", "-id"], name="decl_received"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "workbook"], name="declaration_one_per_supplier_and_file"
            ),
            models.UniqueConstraint(
                fields=["workbook"],
                condition=models.Q(supplier=None),
                name="declaration_one_unassigned_per_file",
            ),
        ]

    def __str__(self) -> str:
        owner = self.supplier.shown_name if self.supplier else self.company_name or self.file_name
        return f"{owner} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("minerals:declaration-detail", args=[self.pk])

    @property
    def title(self) -> str:
        """Family and version, or the file name while nothing is known."""
        return f"{self.family} {self.version}".strip() or self.file_name

    @property
    def judged(self) -> bool:
        return self.judged_at is not None

    @property
    def blocking_count(self) -> int:
        return self.required_remaining + self.error_count


class DeclarationDocument(models.Model):
    """What the reader found, whole and compressed, so that rules can judge again without parsing.

    ``data`` is zlib-compressed JSON in the form of ``minerals.excel.wire``.
    """

    declaration = models.OneToOneField(
        Declaration, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    data = models.BinaryField()

    class Meta:
        verbose_name = _("declaration document")
        verbose_name_plural = _("declaration documents")

    def __str__(self) -> str:
        return f"{self.declaration_id}"
