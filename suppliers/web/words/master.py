"""Master data: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "supplier.created": _("Supplier created"),
    "supplier.changed": _("Record changed"),
    "supplier.contact_added": _("Contact added"),
    "supplier.contact_changed": _("Contact changed"),
    "supplier.contact_removed": _("Contact removed"),
    "supplier.contact_wrong": _("A contact says that somebody else is responsible"),
    "supplier.access_given": _("Access given"),
    "supplier.access_removed": _("Access taken away"),
    "supplier.site_added": _("Site added"),
    "supplier.site_changed": _("Site changed"),
    "supplier.site_removed": _("Site removed"),
    "supplier.merged": _("Duplicate merged in"),
    "supplier.merged_into": _("Merged into another supplier"),
    "evidence.stored": _("Evidence stored"),
    "supplier.change_asked": _("Supplier asks for a change of its data"),
    "supplier.change_withdrawn": _("Supplier takes a change back"),
    "supplier.change_approved": _("Supplier’s change taken over"),
    "supplier.change_declined": _("Supplier’s change not taken over"),
}
