"""Requests that a second person decides: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "approval.requested": _("Decision asked for"),
    "approval.approved": _("Request approved"),
    "approval.rejected": _("Request rejected"),
    "approval.withdrawn": _("Request withdrawn"),
}
