"""Paging of API lists."""

from rest_framework import pagination


class PageNumberPagination(pagination.PageNumberPagination):
    """50 a page, up to 500 by ``page_size``."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
