"""What happened to suppliers lately: steps, signatures, decisions, self-assessments, imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import formats
from django.utils.translation import ngettext

from accounts.models import User
from core.models import ActivityEntry
from portal.selectors.change import Change
from suppliers.models import DocumentType, ImportBatch, Supplier
from suppliers.selectors.imports import imports_for
from suppliers.web.history import history_lines
from suppliers.workflow import TABLE, action_of

SHOWN = 10
# Approvals that moved a supplier on are told by the step itself.
READ = SHOWN * 3
SUPPLIER = Supplier._meta.label_lower
DOCUMENT = DocumentType._meta.label_lower
IMPORT = ImportBatch._meta.label_lower
OF_SUPPLIERS = (
    *(f"lifecycle.{step.code}" for step in TABLE),
    "approval.approved",
    "approval.rejected",
    "qualification.withdrawn",
    "waiver.ended",
    "document.signed",
    "document.refused",
    "document.scan_received",
    "document.scan_accepted",
    "document.scan_rejected",
    "document.signature_revoked",
    "assessment.submitted",
    "assessment.accepted",
    "assessment.returned",
)
CREATED = "supplier.created"
OF_DOCUMENTS = ("document.published",)
OF_IMPORTS = ("import.applied", "import.undone")


def supplier_changes(actor: User, since: dt.datetime) -> list[Change]:
    """The newest ``SHOWN`` that the actor may see, then how many suppliers are new. A constant
    number of queries."""
    recent = ActivityEntry.objects.filter(at__gte=since)
    of_suppliers = _about_seen(actor, recent)
    told = of_suppliers.filter(verb__in=OF_SUPPLIERS)
    told |= recent.filter(verb__in=OF_DOCUMENTS, subject_type=DOCUMENT)
    told |= recent.filter(
        verb__in=OF_IMPORTS, subject_type=IMPORT, subject_id__in=_as_text(imports_for(actor))
    )
    newest = told.select_related("actor").order_by("-at", "-pk")[:READ]
    entries = [entry for entry in newest if not _is_told_by_its_step(entry)][:SHOWN]
    created = of_suppliers.filter(verb=CREATED).count()
    return [*_lines(entries), *([_created(created)] if created else [])]


def _about_seen(actor: User, entries: QuerySet[ActivityEntry]) -> QuerySet[ActivityEntry]:
    seen = Supplier.objects.visible_to(actor)
    about = Q(subject_type=SUPPLIER)
    if seen.query.has_filters():
        about &= Q(subject_id__in=_as_text(seen))
    return entries.filter(about)


def _as_text(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The trail names things by their key as text."""
    keys: QuerySet[Any] = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return keys


def _is_told_by_its_step(entry: ActivityEntry) -> bool:
    return entry.verb == "approval.approved" and action_of(entry.data.get("kind", "")) is not None


def _lines(entries: list[ActivityEntry]) -> Iterator[Change]:
    things = _things(entries)
    for entry, line in zip(entries, history_lines(entries), strict=True):
        thing = things.get((entry.subject_type, entry.subject_id))
        if thing is not None:
            yield Change(
                f"{_name(thing)} · {line.what}",
                _page(thing),
                entry.at,
                " · ".join(part for part in (line.detail, line.who) if part),
            )


def _things(entries: Iterable[ActivityEntry]) -> dict[tuple[str, str], models.Model]:
    found: dict[tuple[str, str], models.Model] = {}
    for model in (Supplier, DocumentType, ImportBatch):
        kind = model._meta.label_lower
        keys = {entry.subject_id for entry in entries if entry.subject_type == kind}
        if keys:
            rows = model._default_manager.filter(pk__in=keys)
            found |= {(kind, str(row.pk)): row for row in rows}
    return found


def _name(thing: models.Model) -> str:
    return thing.shown_name if isinstance(thing, Supplier) else str(thing)


def _page(thing: models.Model) -> str:
    if isinstance(thing, Supplier):
        return thing.get_absolute_url()
    name = "document-detail" if isinstance(thing, DocumentType) else "import-detail"
    return reverse(f"suppliers:{name}", args=[thing.pk])


def _created(count: int) -> Change:
    text = ngettext("%(count)s supplier created", "%(count)s suppliers created", count)
    url = f"{reverse('suppliers:supplier-list')}?sort=-created"
    return Change(text % {"count": formats.number_format(count)}, url)
