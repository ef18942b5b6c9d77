"""Lists of one supplier's page as files: contacts, results of its rating."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from suppliers.excel.import_columns import CONTACTS
from suppliers.models import RatingPart, Supplier
from suppliers.policies import assessments as policies
from suppliers.policies import require_view_suppliers
from suppliers.selectors.ratings import rating_parts_for
from suppliers.selectors.suppliers import supplier_for
from suppliers.web.record_exports import record_columns, record_rows


@require_safe
def contact_export(request: SignedInRequest, supplier_id: int) -> HttpResponseBase:
    """In the layout in which contacts can be imported."""
    require_view_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    rows = record_rows(request.user, CONTACTS, Supplier.objects.filter(pk=supplier.pk))
    title = f"{supplier.code} {_('Contacts')}"
    return export_response(request, title, None, record_columns(CONTACTS), rows)


@require_safe
def rating_export(request: SignedInRequest, supplier_id: int) -> HttpResponseBase:
    """All results, newest first."""
    policies.require_view_all_assessments(request.user)
    supplier = supplier_for(request.user, supplier_id)
    columns = [
        Column(_("Part"), 24),
        Column(_("Score"), 9),
        Column(_("Date"), 12),
        Column(_("Counts until"), 12),
        Column(_("Source"), 16),
        Column(_("Note"), 50),
        Column(_("Recorded by"), 26),
        Column(_("Recorded"), 18),
    ]
    rows = _parts(rating_parts_for(request.user).filter(supplier=supplier))
    return export_response(request, f"{supplier.code} {_('CSR rating')}", None, columns, rows)


def _parts(parts: QuerySet[RatingPart]) -> Iterator[list[Value]]:
    for part in parts.select_related("recorded_by").iterator(chunk_size=500):
        yield [
            str(part.get_kind_display()),
            part.score,
            part.dated_on,
            part.valid_until,
            part.source,
            part.note,
            str(part.recorded_by or ""),
            timezone.localtime(part.recorded_at),
        ]
