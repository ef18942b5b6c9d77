"""Master data: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "supplier.created": _("Supplier created"),
    "supplier.changed": _("Record changed"),
    "supplier.contact_added": _("Contact added"),
    "supplier.contact_removed": _("Contact removed"),
}
