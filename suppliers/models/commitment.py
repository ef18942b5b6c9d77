"""Documents that suppliers sign: types, versions, requests, signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from suppliers.enums import ChangeKind, RequestState, SignatureState, SignatureWay
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.evidence import EvidenceFile
from suppliers.models.master import SupplierContact
from suppliers.models.supplier import Supplier


class DocumentType(models.Model):
    """A document that suppliers of some kinds must sign. ``kinds`` lists codes of
    ``SupplierKind``; ``minerals_only``: only where minerals are in scope; ``validity_months``
    empty: valid until a material new version."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    local_name = models.CharField(_("Chinese name"), max_length=160, blank=True)
    kinds = models.JSONField(_("signed by"), default=list, blank=True)
    minerals_only = models.BooleanField(_("only where minerals are in scope"), default=False)
    at_certification = models.BooleanField(_("signed before certification"), default=False)
    validity_months = models.PositiveSmallIntegerField(_("valid for months"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return (self.local_name if chinese else "") or self.name


class DocumentVersion(models.Model):
    """One wording in two languages. A clause is a paragraph; a line that begins with ``#`` is a
    heading. ``sha256`` covers number and both texts; a published version is never changed."""

    document = models.ForeignKey(
        DocumentType, verbose_name=_("document"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    change = models.CharField(_("change"), max_length=10, choices=ChangeKind.choices)
    text_en = models.TextField(_("English text"))
    text_zh = models.TextField(_("Chinese text"))
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class DocumentRequest(models.Model):
    """The supplier is asked to sign a version. ``refusal`` holds the supplier's words."""

    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        on_delete=models.CASCADE,
        related_name="document_requests",
    )
    version = models.ForeignKey(
        DocumentVersion,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="requests",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    due_on = models.DateField(_("due on"))
    refusal = models.TextField(_("reason of the refusal"), blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_on = models.DateField(_("last reminder"), null=True, blank=True)

    objects = BelongingQuerySet["DocumentRequest"].as_manager()

    class Meta:
        verbose_name = _("request to sign")
        verbose_name_plural = _("requests to sign")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="document_request_due"),
            models.Index(fields=["due_on", "id"], name="document_request_order"),
            models.Index(fields=["supplier", "version", "state"], name="document_request_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "version"],
                condition=Q(state=RequestState.OPEN),
                name="document_request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.version}"


class Signature(models.Model):
    """A supplier signed a version. Online: who, when, from where, which text (``document_sha256``)
    and the sealed PDF. On paper: a scan (``scan``) that our own people check.

    ``seal`` is a keyed hash over the facts of the signature (``services.sealing``)."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="signatures"
    )
    version = models.ForeignKey(
        DocumentVersion,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="signatures",
    )
    way = models.CharField(_("way"), max_length=10, choices=SignatureWay.choices)
    state = models.CharField(_("state"), max_length=10, choices=SignatureState.choices)
    signed_on = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    # The company as it was called, in both languages, when it signed; a merge or a new name
    # does not change it.
    company_name = models.CharField(_("company"), max_length=520, blank=True)
    company_code = models.CharField(_("supplier code"), max_length=40, blank=True)
    signer_name = models.CharField(_("signer"), max_length=150)
    signer_title = models.CharField(_("signer's job title"), max_length=120)
    contact = models.ForeignKey(
        SupplierContact,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    signed_at = models.DateTimeField(_("moment"))
    language = models.CharField(_("language read"), max_length=10, blank=True)
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    user_agent = models.CharField(_("browser"), max_length=400, blank=True)
    document_sha256 = models.CharField("SHA-256", max_length=64)
    seal = models.CharField(_("seal"), max_length=64, blank=True)
    pdf = models.FileField(
        _("sealed PDF"), upload_to="signatures/%Y/%m", blank=True, max_length=255
    )
    pdf_sha256 = models.CharField("SHA-256 (PDF)", max_length=64, blank=True)
    scan = models.ForeignKey(
        EvidenceFile,
        verbose_name=_("scan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    check_note = models.CharField(_("note of the check"), max_length=500, blank=True)

    objects = BelongingQuerySet["Signature"].as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["supplier", "version", "state", "valid_until"], name="signature_supplier"
            ),
            models.Index(fields=["state", "valid_until"], name="signature_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.version}"
