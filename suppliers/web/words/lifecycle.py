"""Lifecycle, qualifications, limits, waivers: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suppliers.workflow import TABLE

WORDS: dict[str, str | Promise] = {
    **{f"lifecycle.{row.code}": row.label for row in TABLE},
    "gate.recorded": _("Result recorded"),
    "gate.withdrawn": _("Result withdrawn"),
    "qualification.withdrawn": _("Qualification withdrawn"),
    "waiver.ended": _("Waiver ended early"),
    "evidence.stored": _("File added"),
}
