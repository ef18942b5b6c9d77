"""Paging of lists on pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = PAGE_SIZE
) -> Page[Any]:
    """The page the address asks for; the nearest one for numbers that do not exist."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def page_of_costly(
    request: HttpRequest, found: QuerySet[Any], shown: QuerySet[Any], size: int = PAGE_SIZE
) -> Page[Any]:
    """The same where finding the rows is what costs: ``found`` is asked once, for the keys of all
    rows in their order, instead of for their count and again for the page; the rows of the page
    come from ``shown``."""
    page = page_of(request, list(found.values_list("pk", flat=True)), size)
    rows = shown.in_bulk(list(page.object_list))
    page.object_list = [rows[key] for key in page.object_list if key in rows]
    return page
