"""Filter of the rows of one declaration's smelter list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, OrderingFilter

from core.filters import AsOfFilter, ListFilter, SearchFilter
from minerals.models import SmelterLine
from minerals.models.smelter_line import SmelterLineQuerySet
from minerals.selectors.smelter_status import status_book

# In the filter by status: rows without a smelter.
UNKNOWN = "unknown"


class SmelterLineFilter(ListFilter):
    """Rows of one declaration's smelter list. ``match`` also knows the rows that wait for a
    person (``waiting``) and those a person decided (``decided``). ``status`` of today or of the day
    ``on``, for our own people: the words of RMI's list are for its members."""

    internal = frozenset({"status", "on"})

    search_fields = (
        "standard_name", "typed_name", "lookup", "cid", "matched_cid", "city", "state"
    )  # fmt: skip
    default_order = ("row",)

    search = SearchFilter(_("Name, ID or place"))
    metal = ChoiceFilter(label=_("Metal"), empty_label=_("All metals"))
    match = ChoiceFilter(
        label=_("Recognised"), method="filter_match", empty_label=_("Recognised or not")
    )
    country = ChoiceFilter(label=_("Country or region"), empty_label=_("All countries"))
    status = ChoiceFilter(label=_("Status"), method="filter_status", empty_label=_("All statuses"))
    on = AsOfFilter(_("Status as of"))
    sort = OrderingFilter(
        label=_("Order"),
        fields=(
            ("row", "row"),
            ("metal", "metal"),
            ("standard_name", "name"),
            ("cid", "cid"),
            ("country", "country"),
            ("match", "match"),
        ),
    )

    class Meta:
        model = SmelterLine
        fields: list[str] = []

    def filter_match(
        self, queryset: SmelterLineQuerySet, name: str, value: str
    ) -> SmelterLineQuerySet:
        if value == "waiting":
            return queryset.waiting()
        if value == "decided":
            return queryset.filter(decision__isnull=False)
        return queryset.filter(match=value)

    def filter_status(
        self, queryset: SmelterLineQuerySet, name: str, value: str
    ) -> SmelterLineQuerySet:
        """``unknown``: rows that are no smelter we know."""
        if value == UNKNOWN:
            return queryset.filter(matched_cid="")
        book = status_book(self.day)
        named = queryset.exclude(matched_cid="").order_by()
        cids = set(named.values_list("matched_cid", flat=True))
        return queryset.filter(
            matched_cid__in=[cid for cid in cids if book.status_of(cid) == value]
        )
