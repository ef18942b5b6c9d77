"""A supplier as far as declarations need one: code, names, country, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import User


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def visible_to(self, actor: User) -> SupplierQuerySet:
        """All for the company's own people; a supplier's contact sees that supplier only."""
        if actor.is_internal:
            return self
        if actor.has_role(Role.SUPPLIER_CONTACT):
            return self.filter(contacts__user=actor)
        return self.none()


class Supplier(models.Model):
    """A company that sells to us. ``name`` is the legal name in Latin letters or as registered;
    ``local_name`` the name in the local language, where it differs."""

    code = models.CharField(_("supplier code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=255)
    local_name = models.CharField(_("local-language name"), max_length=255, blank=True)
    country = CountryField(_("country or region"), blank=True)
    # Written by the service from both names, so that a workbook's company name finds the supplier.
    name_key = models.CharField(max_length=255, db_index=True, editable=False)
    local_name_key = models.CharField(max_length=255, db_index=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("suppliers:supplier-detail", args=[self.pk])

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.name, self.local_name) if name)


class SupplierContact(models.Model):
    """A user who speaks for a supplier in the self-service."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="contacts"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="supplier_contact",
    )

    class Meta:
        verbose_name = _("supplier contact")
        verbose_name_plural = _("supplier contacts")

    def __str__(self) -> str:
        return f"{self.user} · {self.supplier}"
