"""What can be done with the suppliers that are selected in the list.

A further action is one line: its page takes ``?ids=…``, or ``all=1`` with the filters of the list
(``suppliers.web.list_state.selected``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from suppliers.policies import can_manage_suppliers, can_view_suppliers
from suppliers.policies.assessments import can_request_assessments
from suppliers.policies.commitments import can_request_signatures


@dataclass(frozen=True, slots=True)
class BulkAction:
    label: str | Promise
    icon: str
    url_name: str
    allowed: Callable[[User], bool] = can_manage_suppliers

    @property
    def url(self) -> str:
        return reverse(self.url_name)


ACTIONS: tuple[BulkAction, ...] = (
    BulkAction(_("Export"), "file-export", "suppliers:supplier-export", allowed=can_view_suppliers),
    BulkAction(_("Set the buyer"), "user-check", "suppliers:supplier-bulk-buyer"),
    BulkAction(_("Add a category"), "tag", "suppliers:supplier-bulk-category"),
    BulkAction(
        _("Ask to sign"),
        "send",
        "suppliers:commitment-request-selected",
        allowed=can_request_signatures,
    ),
    BulkAction(
        _("Send the self-assessment"),
        "clipboard-list",
        "suppliers:assessment-send-selected",
        allowed=can_request_assessments,
    ),
)


def bulk_actions(actor: User) -> list[BulkAction]:
    return [action for action in ACTIONS if action.allowed(actor)]
