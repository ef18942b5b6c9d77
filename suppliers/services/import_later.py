"""What happened to imported records since: the reasons why an import cannot be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext

from core.models import ActivityEntry
from suppliers.models import ImportBatch, Supplier
from suppliers.rules.import_plan import Values
from suppliers.services.import_bulk import StoredRow, in_portions, row_problem


class LaterEntries:
    """The trail of suppliers since the import, newest first."""

    def __init__(self, batch: ImportBatch, suppliers: Iterable[int]) -> None:
        self._by_supplier: dict[int, list[ActivityEntry]] = defaultdict(list)
        label = Supplier._meta.label_lower
        for part in in_portions(suppliers):
            rows = ActivityEntry.objects.filter(
                subject_type=label,
                subject_id__in=[str(pk) for pk in part],
                at__gte=batch.imported_at or batch.created_at,
            )
            for entry in rows.select_related("actor").order_by("-at", "-pk"):
                if entry.data.get("import") != batch.pk:
                    self._by_supplier[int(entry.subject_id)].append(entry)

    def change(self, row: StoredRow, supplier: int, field: str, named: str = "") -> Values:
        """The problem that tells who changed ``field`` when, as far as the trail knows;
        ``named``: what entries call it instead."""
        entries = self._by_supplier.get(supplier, [])
        told = named or field
        about = [entry for entry in entries if told in entry.data.get("changes", {})]
        entry = next(iter(about or entries), None)
        return row_problem(
            row,
            "later_change",
            field=field,
            who=str(entry.actor) if entry and entry.actor else gettext("the system"),
            when=entry.at.isoformat() if entry else "?",
        )


def later_records(
    model: type[models.Model], keys: Collection[int], own: Mapping[type[models.Model], models.Q]
) -> dict[int, list[str]]:
    """What refers to the records now, in words; ``own``: what the import itself made of a model
    does not count."""
    found: dict[int, list[str]] = defaultdict(list)
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        name = relation.field.attname if not relation.many_to_many else relation.field.name
        for part in in_portions(keys):
            rows = other._base_manager.filter(**{f"{relation.field.name}__in": part})
            if other in own:
                rows = rows.exclude(own[other])
            for pk in set(rows.values_list(name, flat=True)):
                found[pk].append(str(other._meta.verbose_name_plural))
    return found
