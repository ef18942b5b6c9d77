"""Changes that suppliers ask for, field by field in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import pgettext_lazy

from core.errors import NotFound
from suppliers.enums import ContactRole, DataChangeState
from suppliers.models import DataChange

if TYPE_CHECKING:
    from accounts.models import User
    from suppliers.models.belonging import BelongingQuerySet

FIELD_WORDS: dict[str, str | Promise] = {
    "name": _("Name"),
    "local_name": _("Name in the local language"),
    "region": _("Province or state"),
    "city": _("City"),
    "address": _("Address"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "title": _("Job title"),
    "role": pgettext_lazy("of a contact", "Role"),
    "language": _("Language"),
}


@dataclass(frozen=True, slots=True)
class ChangedField:
    label: str
    old: str
    new: str


def changes_for(actor: User) -> BelongingQuerySet[DataChange]:
    """Those that wait, the longest waiting first."""
    found: BelongingQuerySet[DataChange] = DataChange.objects.visible_to(actor)
    waiting = found.filter(state=DataChangeState.OPEN).order_by("asked_at", "pk")
    return waiting.select_related("supplier", "asked_by", "contact")


def change_for(actor: User, change_id: int) -> DataChange:
    """Errors: change_not_found."""
    rows = DataChange.objects.visible_to(actor)
    found = rows.select_related("supplier", "contact", "asked_by", "decided_by").filter(
        pk=change_id
    )
    change = found.first()
    if change is None:
        raise NotFound("change_not_found", N_("There is no such change."))
    return change


def changed_fields(change: DataChange) -> list[ChangedField]:
    names = list(change.values) or list(change.before)
    return [
        ChangedField(
            str(FIELD_WORDS.get(name, name)),
            _shown(name, change.before.get(name, "")),
            _shown(name, change.values.get(name, "")),
        )
        for name in names
    ]


def _shown(name: str, value: str) -> str:
    if name == "role" and value in ContactRole.values:
        return str(ContactRole(value).label)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return value
