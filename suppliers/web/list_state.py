"""What the address of the supplier list says: filters, columns, the saved view, the selection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.web.requests import SignedInRequest
from core.numbers import whole_number
from suppliers.filters.suppliers import filters_alone, supplier_filter
from suppliers.models import SavedView, Supplier
from suppliers.selectors.supplier_list import ListColumn, columns_of, listed_suppliers

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class ListState:
    """``query``: the filters and the order alone, as kept in a view."""

    columns: list[ListColumn]
    query: str
    view: SavedView | None

    @property
    def codes(self) -> list[str]:
        return [column.code for column in self.columns]

    @property
    def is_changed(self) -> bool:
        """Other filters or columns than those of the view that is open."""
        if self.view is None:
            return False
        kept = [column.code for column in columns_of(self.view.columns)]
        return (self.query, self.codes) != (filters_alone(QueryDict(self.view.query)), kept)


def state_of(request: SignedInRequest, views: Iterable[SavedView]) -> ListState:
    wanted = request.GET.get("view", "")
    view = next((view for view in views if str(view.pk) == wanted), None)
    columns = columns_of(column_codes(request.GET))
    return ListState(columns, filters_alone(request.GET), view)


def column_codes(query: QueryDict) -> list[str]:
    """``?columns=a,b`` or, from the form without a script, ``?columns=a&columns=b``."""
    return [code for part in query.getlist("columns") for code in part.split(",") if code]


def address_of(view: SavedView) -> str:
    """The address parameters that open a view."""
    more = {"columns": ",".join(view.columns), "view": view.pk}
    parts = [filters_alone(QueryDict(view.query)), urlencode(more, safe=",")]
    return "?" + "&".join(part for part in parts if part)


def selected(request: SignedInRequest) -> QuerySet[Supplier]:
    """``?ids=1&ids=2``, or with ``all=1`` everything that fits the filters of the address.

    Errors: filter_invalid.
    """
    listed = listed_suppliers(request.user)
    if request.GET.get("all") == "1":
        found: QuerySet[Supplier] = supplier_filter(request.GET, listed, request).everything_found
        return found
    return listed.filter(pk__in=selected_keys(request.GET)).order_by("code")


def selected_keys(query: QueryDict) -> list[int]:
    texts = [text for part in query.getlist("ids") for text in part.split(",")]
    return [key for text in texts if (key := whole_number(text)) is not None]
