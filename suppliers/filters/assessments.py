"""Filters of self-assessments, their recipients and parts of ratings."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter, OrderingFilter

from core import clock
from core.countries import country_choices
from core.filters import ListFilter, SearchFilter
from suppliers.enums import AssessmentState, RatingPartKind, SupplierKind
from suppliers.models import Assessment, Category, Questionnaire, RatingPart, Supplier
from suppliers.selectors.assessments import ANSWERABLE, RUNNING
from suppliers.selectors.name_search import named
from suppliers.workflow import LEFT


class _OfSuppliers(ListFilter):
    """Rows of suppliers, found by the supplier."""

    def filter_search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named(value, "supplier__"))


class AssessmentFilter(_OfSuppliers):
    """Self-assessments; ``overdue``: waits for a supplier that is still with us after its due
    date."""

    default_order = ("-requested_at",)
    # The supplier sees a score only once it is accepted.
    internal = frozenset({"score"})
    internal_orders = frozenset({"score"})

    search = SearchFilter(_("Supplier code or name"))
    state = ChoiceFilter(
        label=_("State"), choices=AssessmentState.choices, empty_label=_("All states")
    )
    questionnaire = ModelChoiceFilter(
        label=_("Questionnaire"),
        queryset=Questionnaire.objects.exclude(published_at=None),
        empty_label=_("All questionnaires"),
    )
    overdue = ChoiceFilter(
        label=_("Due date"),
        choices=[("yes", _("Overdue")), ("no", _("Not overdue"))],
        method="filter_overdue",
        empty_label=_("Overdue or not"),
    )
    score = ChoiceFilter(
        label=_("Score"),
        choices=[
            ("low", _("Below 60")),
            ("middle", _("60 to 79")),
            ("high", _("80 and above")),
            ("none", _("No score yet")),
        ],
        method="filter_score",
        empty_label=_("All scores"),
    )
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("supplier__name", "supplier"),
            ("due_on", "due"),
            ("submitted_at", "submitted"),
            ("score", "score"),
            ("state", "state"),
        ),
    )

    class Meta:
        model = Assessment
        fields: list[str] = []

    def filter_overdue(
        self, queryset: QuerySet[Assessment], name: str, value: str
    ) -> QuerySet[Assessment]:
        late = Q(state__in=ANSWERABLE, due_on__lt=clock.today()) & ~Q(supplier__status__in=LEFT)
        return queryset.filter(late if value == "yes" else ~late)

    def filter_score(
        self, queryset: QuerySet[Assessment], name: str, value: str
    ) -> QuerySet[Assessment]:
        meanings = {
            "low": Q(score__lt=60),
            "middle": Q(score__gte=60, score__lt=80),
            "high": Q(score__gte=80),
            "none": Q(score=None),
        }
        return queryset.filter(meanings[value])


class RecipientFilter(ListFilter):
    """Whom to send the questionnaire. ``form``: where the supplier's self-assessment stands."""

    tie_break = "code"

    search = SearchFilter(_("Code or name"))
    country = ChoiceFilter(
        label=_("Country or region"), choices=country_choices, empty_label=_("All countries")
    )
    kind = ChoiceFilter(label=_("Kind"), choices=SupplierKind.choices, empty_label=_("All kinds"))
    category = ModelChoiceFilter(
        label=_("Category"),
        queryset=Category.objects.order_by("path"),
        method="filter_category",
        empty_label=_("All categories"),
    )
    form = ChoiceFilter(
        label=_("Self-assessment"),
        choices=[
            ("due", _("None in date")),
            ("running", _("Running")),
            ("in_date", _("In date")),
        ],
        method="filter_form",
        empty_label=_("In date or not"),
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def filter_category(
        self, queryset: QuerySet[Supplier], name: str, value: Category
    ) -> QuerySet[Supplier]:
        inside = Supplier.categories.through.objects.filter(
            supplier=OuterRef("pk"), category__path__startswith=value.path
        )
        return queryset.filter(Exists(inside))

    def filter_search(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        return queryset.filter(named(value))

    def filter_form(
        self, queryset: QuerySet[Supplier], name: str, value: str
    ) -> QuerySet[Supplier]:
        running = Exists(Assessment.objects.filter(supplier=OuterRef("pk"), state__in=RUNNING))
        today = clock.today()
        in_date = Exists(
            RatingPart.objects.filter(
                Q(valid_until=None) | Q(valid_until__gte=today),
                supplier=OuterRef("pk"),
                kind=RatingPartKind.SELF_ASSESSMENT,
            )
        )
        meanings = {"due": ~running & ~in_date, "running": running, "in_date": in_date}
        return queryset.filter(meanings[value])


def _visible_suppliers(request: HttpRequest | None) -> QuerySet[Supplier]:
    """None while only the API's schema is described."""
    if request is None or not request.user.is_authenticated:
        return Supplier.objects.none()
    return Supplier.objects.visible_to(request.user)


class RatingPartFilter(_OfSuppliers):
    """Recorded parts of ratings."""

    default_order = ("-dated_on",)

    search = SearchFilter(_("Supplier code or name"))
    kind = ChoiceFilter(label=_("Part"), choices=RatingPartKind.choices, empty_label=_("All parts"))
    supplier = ModelChoiceFilter(
        label=_("Supplier"),
        queryset=_visible_suppliers,
        empty_label=_("All suppliers"),
    )

    class Meta:
        model = RatingPart
        fields: list[str] = []
