"""Rows that belong to a supplier are seen by whoever sees the supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

Record = TypeVar("Record", bound=models.Model)


class BelongingQuerySet(models.QuerySet[Record]):
    """Rows with a ``supplier``."""

    def visible_to(self, actor: User) -> BelongingQuerySet[Record]:
        owner = self.model._meta.get_field("supplier").related_model
        seen = owner._default_manager.visible_to(actor)  # type: ignore[union-attr]
        # Who sees all needs no question per row, which would also keep an order from its index.
        return self.filter(supplier__in=seen) if seen.query.has_filters() else self.all()
