"""Which suppliers the people of procurement see, for administrators."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from core.errors import NotFound
from suppliers.policies.scopes import require_edit_scopes


def buyers_for(actor: User) -> QuerySet[User]:
    """People of procurement with their scope; two queries. Errors: may_not_edit_scopes."""
    require_edit_scopes(actor)
    buyers = User.objects.filter(groups__name=Role.PROCUREMENT).select_related("buyer_scope")
    return buyers.prefetch_related("buyer_scope__categories").order_by("name", "email")


def buyer_for(actor: User, user_id: int) -> User:
    """Errors: may_not_edit_scopes, user_not_found, also for somebody not of procurement."""
    found = buyers_for(actor).filter(pk=user_id).first()
    if found is None:
        raise NotFound("user_not_found", N_("There is no such account."))
    return found
