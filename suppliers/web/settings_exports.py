"""What everybody works with, as files: documents, questionnaires, tables of risk, categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Count, QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.exports import export_response
from suppliers.enums import SupplierKind
from suppliers.models import Category, CountryRisk, KindRisk, Questionnaire
from suppliers.policies import assessments as assessment_policies
from suppliers.policies import commitments as commitment_policies
from suppliers.policies import require_manage_settings
from suppliers.selectors.assessments import counted_questionnaires
from suppliers.selectors.documents import document_rows
from suppliers.selectors.risk import category_lines

Rows = Iterator[list[Value]]


@require_safe
def document_export(request: SignedInRequest) -> HttpResponseBase:
    commitment_policies.require_view_commitments(request.user)
    columns = [
        Column(_("Code"), 26),
        Column(_("Document"), 44),
        Column(_("Signed by"), 44),
        Column(_("Valid for months"), 12),
        Column(_("Versions"), 10),
        Column(_("In use"), 10),
    ]
    return export_response(request, _("Document versions"), None, columns, _documents())


def _documents() -> Rows:
    kinds = dict(SupplierKind.choices)
    for one in document_rows():
        yield [
            one.code,
            one.label,
            "; ".join(str(kinds.get(kind, kind)) for kind in one.kinds),
            one.validity_months,
            one.published,  # type: ignore[attr-defined]  # annotated
            _yes_no(one.is_active),
        ]


@require_safe
def questionnaire_export(request: SignedInRequest) -> HttpResponseBase:
    columns = [
        Column(_("Code"), 20),
        Column(_("Edition"), 44),
        Column(_("Published"), 18),
        Column(_("Questions"), 12),
        Column(_("Sent"), 12),
    ]
    # Asked for before the file begins: who may not see them is told so.
    rows = _questionnaires(counted_questionnaires(request.user))
    return export_response(request, _("Questionnaires"), None, columns, rows)


def _questionnaires(editions: QuerySet[Questionnaire]) -> Rows:
    for one in editions:
        published = timezone.localtime(one.published_at) if one.published_at else None
        yield [one.code, one.label, published, one.question_count, one.use_count]  # type: ignore[attr-defined]


@require_safe
def risk_export(request: SignedInRequest) -> HttpResponseBase:
    """The table that ``?table=`` names, else that of countries."""
    assessment_policies.require_view_all_assessments(request.user)
    wanted = request.GET.get("table", "")
    title, rows = _RISK_TABLES.get(wanted, _RISK_TABLES["countries"])
    columns = [
        Column(_("Code"), 14),
        Column(_("Name"), 36),
        Column(_("Points"), 10),
        Column(_("Source"), 60),
    ]
    return export_response(request, f"{_('Tables of risk')} {_(title)}", None, columns, rows())


def _countries() -> Rows:
    for one in sorted(CountryRisk.objects.all(), key=lambda one: str(one.country.name)):
        yield [str(one.country), str(one.country.name), one.points, one.source_label]


def _category_risks() -> Rows:
    for line in category_lines():
        yield [line.category.code, line.category.label, line.counting, line.source]


def _kinds() -> Rows:
    for one in KindRisk.objects.order_by("kind"):
        yield [one.kind, str(one.get_kind_display()), one.points, ""]


_RISK_TABLES: dict[str, tuple[str, Callable[[], Rows]]] = {
    "countries": (N_("Countries and regions"), _countries),
    "categories": (N_("Categories"), _category_risks),
    "kinds": (N_("Kinds of supplier"), _kinds),
}


@require_safe
def category_export(request: SignedInRequest) -> HttpResponseBase:
    require_manage_settings(request.user)
    columns = [
        Column(_("Code"), 16),
        Column(_("Name"), 36),
        Column(_("Chinese name"), 36),
        Column(_("Part of"), 16),
        Column(_("Suppliers"), 12),
        Column(_("In use"), 10),
    ]
    return export_response(request, _("Categories"), None, columns, _categories())


def _categories() -> Rows:
    rows = Category.objects.annotate(supplier_count=Count("suppliers")).select_related("parent")
    for one in rows.order_by("path"):
        above = one.parent.code if one.parent else ""
        count, used = one.supplier_count, _yes_no(one.is_active)
        yield [one.code, one.name, one.local_name, above, count, used]


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")
