"""Keeping the filters and columns of a list under a name.

No entries in the activity trail: a view is a matter of taste and changes no data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError, InvalidInput
from suppliers.models import SavedView
from suppliers.policies import saved_views as policies
from suppliers.selectors.saved_views import own_view

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_NAME = 80
LONGEST_QUERY = 1000
MOST_VIEWS = 50


@dataclass(frozen=True, slots=True)
class ViewInput:
    """``query``: address parameters without page, columns and view."""

    name: str
    query: str = ""
    columns: Sequence[str] = field(default_factory=tuple)
    is_shared: bool = False
    is_default: bool = False


@transaction.atomic
def save_view(actor: User, list_name: str, data: ViewInput) -> SavedView:
    """Errors: may_not_save_views, view_name_missing, view_name_taken, view_too_long,
    too_many_views."""
    policies.require_save_views(actor)
    own = SavedView.objects.filter(owner=actor, list_name=list_name)
    if own.count() >= MOST_VIEWS:
        raise DomainError(
            "too_many_views",
            N_("You have %(most)s views already. Delete one that you no longer use."),
            {"most": MOST_VIEWS},
        )
    view = SavedView(owner=actor, list_name=list_name)
    view.name = _free_name(view, data.name)
    _fill(view, data.query, data.columns)
    _mark(view, is_shared=data.is_shared, is_default=data.is_default)
    return view


@transaction.atomic
def change_view(
    actor: User, view_id: int, name: str, *, is_shared: bool, is_default: bool
) -> SavedView:
    """Rename, share, open first. Errors: those of ``save_view``, saved_view_not_found."""
    policies.require_save_views(actor)
    view = own_view(actor, view_id)
    view.name = _free_name(view, name)
    _mark(view, is_shared=is_shared, is_default=is_default)
    return view


@transaction.atomic
def update_view(actor: User, view_id: int, query: str, columns: Sequence[str]) -> SavedView:
    """Keep other filters and columns under the same name."""
    policies.require_save_views(actor)
    view = own_view(actor, view_id)
    _fill(view, query, columns)
    view.save()
    return view


@transaction.atomic
def delete_view(actor: User, view_id: int) -> SavedView:
    policies.require_save_views(actor)
    view = own_view(actor, view_id)
    view.delete()
    return view


def _free_name(view: SavedView, name: str) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST_NAME:
        raise InvalidInput(
            "view_name_missing",
            N_("Give the view a name of up to %(most)s characters."),
            {"most": LONGEST_NAME},
            field="name",
        )
    own = SavedView.objects.filter(owner=view.owner, list_name=view.list_name)
    if own.filter(name=clean).exclude(pk=view.pk).exists():
        raise InvalidInput(
            "view_name_taken",
            N_("You have a view “%(name)s” already. Choose another name."),
            {"name": clean},
            field="name",
        )
    return clean


def _fill(view: SavedView, query: str, columns: Sequence[str]) -> None:
    if len(query) > LONGEST_QUERY:
        raise InvalidInput("view_too_long", N_("These filters are too long to be kept."))
    view.query = query
    view.columns = list(columns)


def _mark(view: SavedView, *, is_shared: bool, is_default: bool) -> None:
    """One view is opened first: the former one no longer is."""
    if is_default:
        others = SavedView.objects.filter(owner=view.owner, list_name=view.list_name)
        others.filter(is_default=True).exclude(pk=view.pk).update(is_default=False)
    view.is_shared = is_shared
    view.is_default = is_default
    view.save()
