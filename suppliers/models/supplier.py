"""A supplier: who it is, what it delivers, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.roles import Role
from core.reader import by_habit
from suppliers.enums import RatingLevel, SupplierKind, SupplierStatus
from suppliers.models.category import Category
from suppliers.models.scope import scope_condition

if TYPE_CHECKING:
    from accounts.models import User


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def visible_to(self, actor: User) -> SupplierQuerySet:
        """All for the company's own people, but those inside a buyer's scope where one is set;
        a supplier's contact sees that supplier only. Merged duplicates stay visible to whoever
        sees the record that stays, which they name."""
        if actor.is_internal:
            inside = scope_condition(actor)
            if inside is None:
                return self
            remaining = Q(merged_into=None) | Q(merged_into__in=Supplier.objects.filter(inside))
            return self.filter(inside, remaining)
        if actor.has_role(Role.SUPPLIER_CONTACT):
            return self.filter(contacts__user=actor)
        return self.none()

    def living(self) -> SupplierQuerySet:
        """Without those that were merged into another."""
        return self.filter(merged_into=None)


class Supplier(models.Model):
    """A company that sells to us. ``name`` is the legal name in Latin letters or as registered;
    ``local_name`` the name in the local language, where it differs.

    ``status`` and ``status_since`` repeat the newest ``StatusChange``; ``rating_*`` repeat what
    the rating service computed last. ``revision`` grows with every change of master data: a form
    that was opened before somebody else's change is refused.
    """

    code = models.CharField(_("supplier code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=255)
    local_name = models.CharField(_("local-language name"), max_length=255, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=SupplierKind.choices, default=SupplierKind.PRODUCTION
    )
    country = CountryField(_("country or region"), blank=True)
    region = models.CharField(_("province or state"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent company"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="subsidiaries",
        db_index=False,  # see Meta: most have none
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("buyer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("categories"), blank=True, related_name="suppliers"
    )
    single_source = models.BooleanField(_("single source"), default=False)
    phase_out_on = models.DateField(_("phase-out on"), null=True, blank=True)
    phase_out_reason = models.CharField(_("reason of the phase-out"), max_length=255, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=SupplierStatus.choices,
        default=SupplierStatus.REGISTERED,
        editable=False,
    )
    status_since = models.DateTimeField(_("status since"), null=True, editable=False)
    rating_level = models.CharField(
        _("CSR rating"),
        max_length=10,
        choices=RatingLevel.choices,
        default=RatingLevel.UNKNOWN,
        editable=False,
    )
    rating_score = models.DecimalField(
        _("CSR score"), max_digits=4, decimal_places=1, null=True, editable=False
    )
    rated_on = models.DateField(_("rated on"), null=True, editable=False)
    # Written by the service from both names, so that a workbook's company name finds the supplier.
    name_key = models.CharField(max_length=255, db_index=True, editable=False)
    local_name_key = models.CharField(max_length=255, db_index=True, blank=True, editable=False)
    # The name without its legal form, for finding duplicates.
    core_key = models.CharField(max_length=255, db_index=True, blank=True, editable=False)
    # Where the search for words looks on PostgreSQL (``selectors.name_search``).
    search_text = models.GeneratedField(
        expression=Lower(Concat("code", Value("\n"), "name", Value("\n"), "local_name")),
        output_field=models.TextField(),
        db_persist=True,
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["code"]
        indexes = [
            # Over all rows an index of hardly any values is passed over by SQLite.
            models.Index(
                fields=["parent"], name="supplier_parent", condition=Q(parent__isnull=False)
            ),
            # Lists show no merged ones: counting a status or country needs these alone.
            models.Index(
                fields=["status", "code"], name="supplier_status", condition=Q(merged_into=None)
            ),
            models.Index(
                fields=["country", "code"], name="supplier_country", condition=Q(merged_into=None)
            ),
            models.Index(
                fields=["code", "name", "local_name", "merged_into"], name="supplier_search"
            ),
            models.Index(fields=["name", "code"], name="supplier_name"),
            models.Index(fields=["-updated_at"], name="supplier_updated"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")), name="supplier_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="supplier_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.shown_name}"

    def get_absolute_url(self) -> str:
        return reverse("suppliers:supplier-detail", args=[self.pk])

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.name, self.local_name) if name)

    @property
    def shown_name(self) -> str:
        """What the reader calls it: in Chinese the local name, where there is one."""
        return by_habit(self.name, self.local_name)[0]

    @property
    def other_name(self) -> str:
        """The name beside ``shown_name``; empty where there is one name only."""
        return "".join(by_habit(self.name, self.local_name)[1:])
