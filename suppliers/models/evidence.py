"""Files that prove something about a supplier: audit reports, scans, certificates, mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.subject import named
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.supplier import Supplier

if TYPE_CHECKING:
    from accounts.models import User


class EvidenceQuerySet(BelongingQuerySet["EvidenceFile"]):
    """Belongs to a supplier and is about one thing."""

    def about(self, subject: models.Model) -> EvidenceQuerySet:
        return self.filter(**named(subject))

    def visible_to(self, actor: User) -> EvidenceQuerySet:
        """The supplier's people do not see what is for our own people only."""
        seen = super().visible_to(actor)
        found = seen if actor.is_internal else seen.filter(is_internal=False)
        return cast("EvidenceQuerySet", found)


class EvidenceFile(models.Model):
    """One uploaded file, kept unchanged by its SHA-256. ``subject_type``/``subject_id`` name what
    it proves. ``is_internal``: not shown to the supplier."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="evidence"
    )
    content = models.FileField(_("file"), upload_to="evidence/%Y/%m", max_length=255)
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    kind = models.CharField(_("kind"), max_length=10)
    is_internal = models.BooleanField(_("for our own people only"), default=True)
    subject_type = models.CharField(_("kind of thing"), max_length=60, blank=True)
    subject_id = models.CharField(_("thing"), max_length=40, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="evidence_subject")]

    def __str__(self) -> str:
        return self.name
