"""Ratings and tables of risk: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "rating.part_recorded": _("Part of the CSR rating recorded"),
    "rating.changed": _("CSR rating changed"),
    "risk.changed": _("Table of risk changed"),
    "evidence.removed": _("Evidence taken back"),
}
