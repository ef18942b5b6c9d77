"""The columns and rows of exported lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from minerals.models import Declaration, ReferenceEntry
from minerals.selectors.questions import mineral_name

BATCH = 500


def declaration_columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 14),
        Column(_("Supplier"), 32),
        Column(_("Local-language name"), 28),
        Column(_("Company in the file"), 32),
        Column(_("Form"), 8),
        Column(_("Version"), 9),
        Column(_("Language of the file"), 16),
        Column(_("Status"), 20),
        Column(_("Verdict"), 22),
        Column(_("Required fields open"), 12),
        Column(_("Errors"), 9),
        Column(_("Warnings"), 10),
        Column(_("Notes"), 8),
        Column(_("Smelters"), 10),
        Column(_("Smelters to confirm"), 12),
        Column(_("Effective date"), 13),
        Column(_("Received on"), 18),
        Column(_("File name"), 40),
        Column("SHA-256", 20),
        Column(_("Review"), 22),
        Column(_("Reviewer"), 22),
        Column(_("Reviewed on"), 18),
    ]


def declaration_rows(found: QuerySet[Declaration], *, internal: bool) -> Iterator[Sequence[Value]]:
    """One row per declaration in the order of the query, read in batches. ``internal``: for our
    own people, who read the reviewer's name."""
    for item in found.select_related("supplier", "workbook", "reviewer").iterator(chunk_size=BATCH):
        owner = item.supplier
        yield (
            owner.code if owner else "",
            owner.name if owner else "",
            owner.local_name if owner else "",
            item.company_name,
            item.family,
            item.version,
            item.language,
            str(item.get_status_display()),
            str(item.get_verdict_display()),
            item.required_remaining,
            item.error_count,
            item.warning_count,
            item.info_count,
            item.smelter_count,
            item.waiting_count,
            item.effective_on,
            timezone.localtime(item.received_at),
            item.file_name,
            item.workbook.sha256,
            str(item.get_review_display()),
            str(item.reviewer or "") if internal else "",
            timezone.localtime(item.reviewed_at) if item.reviewed_at else None,
        )


def reference_columns() -> list[Column]:
    return [
        Column(_("Metal"), 14),
        Column(_("Name or alias"), 44),
        Column(_("Standard name"), 44),
        Column(_("Smelter ID"), 14),
        Column(_("Country or region"), 28),
        Column(_("State or province"), 20),
        Column(_("City"), 20),
        Column(_("Source of the ID"), 14),
        Column(_("Row in the template"), 10),
    ]


def reference_rows(found: QuerySet[ReferenceEntry]) -> Iterator[Sequence[Value]]:
    for entry in found.iterator(chunk_size=BATCH):
        yield (
            mineral_name(entry.metal),
            entry.name,
            entry.standard_name,
            entry.cid,
            entry.country,
            entry.state,
            entry.city,
            entry.source,
            entry.row,
        )
