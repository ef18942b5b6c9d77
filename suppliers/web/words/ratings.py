"""Ratings and tables of risk: entries of the trail in words."""

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
