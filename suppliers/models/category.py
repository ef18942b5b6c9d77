"""What suppliers deliver, as a tree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A purchasing category. ``path`` is the chain of codes down to this one, each followed by a
    slash (``EL/EL-PCB/``): a subtree is one prefix. Only the service writes it."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    local_name = models.CharField(_("Chinese name"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(max_length=255, db_index=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.code} · {self.label}"

    @property
    def label(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return (self.local_name if chinese else "") or self.name

    @property
    def depth(self) -> int:
        """0 for a category at the top."""
        return self.path.count("/") - 1
