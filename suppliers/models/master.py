"""What belongs to a supplier's record: sites, people, numbers, spend, minerals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from suppliers.enums import ContactRole, Metal, RegistrationKind
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.supplier import Supplier


class Site(models.Model):
    """A place where the supplier produces or works for us. ``closed_on``: the first day on which it
    was no longer in use; None for one in use, and where the day is not known."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="sites"
    )
    code = models.CharField(_("site code"), max_length=40)
    name = models.CharField(_("name"), max_length=255)
    local_name = models.CharField(_("local-language name"), max_length=255, blank=True)
    country = CountryField(_("country or region"), blank=True)
    region = models.CharField(_("province or state"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BelongingQuerySet["Site"].as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["supplier", "code"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "code"], name="site_code_unique"),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(closed_on=None), name="site_open_has_no_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class SupplierContact(models.Model):
    """A person of a supplier. ``user`` is set once the person may sign in to the self-service;
    ``may_sign``: authorised to sign documents for the company."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="contacts"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supplier_contact",
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    role = models.CharField(
        _("role"), max_length=20, choices=ContactRole.choices, default=ContactRole.OTHER
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=settings.LANGUAGES
    )
    is_primary = models.BooleanField(_("first contact"), default=False)
    may_sign = models.BooleanField(_("may sign for the company"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BelongingQuerySet["SupplierContact"].as_manager()

    class Meta:
        verbose_name = _("supplier contact")
        verbose_name_plural = _("supplier contacts")
        ordering = ["supplier", "-is_primary", "name", "pk"]
        # The search for people reads this alone.
        indexes = [models.Index(fields=["name", "email", "supplier"], name="contact_search")]
        constraints = [
            models.UniqueConstraint(
                "supplier", Lower("email"), condition=~Q(email=""), name="contact_email_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.email} · {self.supplier}"


class RegistrationNumber(models.Model):
    """A number of a public register. ``key`` is the number without spaces and dashes, in capitals:
    two suppliers with the same key are most likely one."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="registrations"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=RegistrationKind.choices)
    number = models.CharField(_("number"), max_length=40)
    key = models.CharField(max_length=40, db_index=True, editable=False)

    objects = BelongingQuerySet["RegistrationNumber"].as_manager()

    class Meta:
        verbose_name = _("registration number")
        verbose_name_plural = _("registration numbers")
        ordering = ["supplier", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "kind", "key"], name="registration_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class AnnualSpend(models.Model):
    """What was bought from the supplier in a calendar year, in one currency (ISO 4217)."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="spend"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BelongingQuerySet["AnnualSpend"].as_manager()

    class Meta:
        verbose_name = _("spend of a year")
        verbose_name_plural = _("spend per year")
        ordering = ["supplier", "-year", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "year", "currency"], name="spend_year_currency_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount} {self.currency}"


class MineralScope(models.Model):
    """The supplier's goods may contain this material, and why we think so."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="minerals"
    )
    metal = models.CharField(_("material"), max_length=20, choices=Metal.choices)
    reason = models.CharField(_("why"), max_length=255, blank=True)

    objects = BelongingQuerySet["MineralScope"].as_manager()

    class Meta:
        verbose_name = _("material in scope")
        verbose_name_plural = _("materials in scope")
        ordering = ["supplier", "metal"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "metal"], name="mineral_scope_unique"),
        ]

    def __str__(self) -> str:
        return str(self.get_metal_display())
