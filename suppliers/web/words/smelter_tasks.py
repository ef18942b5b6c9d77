"""Entries about what a supplier is asked because of smelters."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "smelter_task.opened": _("Asked about smelters of its report"),
    "smelter_task.settled": _("All smelters it was asked about are settled"),
    "smelter_task.closed": _("Task about smelters closed by hand"),
    "smelter_task.moved": _("Tasks about smelters moved with a merged supplier"),
}
