"""Changes of many suppliers at once: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "supplier.category_added": _("Category added"),
}
