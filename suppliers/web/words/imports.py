"""Imports: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, str | Promise] = {
    "supplier.spend_set": _("Spend recorded"),
    "supplier.spend_removed": _("Spend removed"),
    "import.received": _("File uploaded"),
    "import.checked": _("File checked"),
    "import.confirmed": _("Import confirmed"),
    "import.applied": _("Imported"),
    "import.undo_asked": _("Undo asked for"),
    "import.undone": _("Import undone"),
    "import.expired": pgettext_lazy("of an import", "Expired"),
    "import.rows_removed": _("Rows of the import removed; it cannot be undone any more"),
    "import.discarded": _("Import discarded"),
}
