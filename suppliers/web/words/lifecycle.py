"""Lifecycle, qualifications, limits, waivers: entries of the trail in words."""

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
