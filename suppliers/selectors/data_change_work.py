"""Changes of suppliers' own data that wait for a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from suppliers.policies import can_manage_suppliers
from suppliers.selectors.data_changes import changes_for
from suppliers.selectors.work import WorkItem, with_rest

if TYPE_CHECKING:
    from accounts.models import User

EACH = 3


def data_change_work(actor: User) -> list[WorkItem]:
    """For a buyer those of his own suppliers and of those that have no buyer. One query."""
    if not can_manage_suppliers(actor):
        return []
    found = changes_for(actor)
    if actor.roles == {Role.PROCUREMENT}:
        found = found.filter(Q(supplier__buyer=actor) | Q(supplier__buyer=None))
    items = [
        WorkItem(
            "warning",
            _("Change of its data · %(name)s") % {"name": one.supplier.shown_name},
            one.get_absolute_url(),
            str(one.get_kind_display()),
        )
        for one in found[:EACH]
    ]
    total = found.count() if len(items) == EACH else len(items)
    return with_rest(items, total, _more, reverse("suppliers:data-change-list"))


def _more(count: int) -> str:
    text = ngettext(
        "%(count)s more change that a supplier asks for",
        "%(count)s more changes that suppliers ask for",
        count,
    )
    return text % {"count": count}
