"""Headings of the grids of the web form."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLUMN_WORDS: dict[str, str | Promise] = {
    "cid": _("Smelter ID"),
    "metal": _("Metal"),
    "name": _("Smelter name"),
    "country": _("Country or region"),
    "city": _("City"),
    "state": _("State or province"),
    "mine_names": _("Names of mines"),
    "mine_countries": _("Countries of mines"),
    "recycled": _("Entirely recycled?"),
    "comments": _("Comments"),
    "number": _("Product number"),
}
