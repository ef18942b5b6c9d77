"""The second step of signing in, for a person who lost phone and recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from accounts import policies
from accounts.models import User
from core.errors import DomainError, NotFound
from core.services.activity import record_activity


@transaction.atomic
def reset_second_factor(actor: User, user_id: int) -> User:
    """From now on the password alone opens the account, until its owner sets two steps up again.

    Errors: may_not_manage_users, user_not_found, own_second_factor, no_second_factor.
    """
    policies.require_manage_users(actor)
    person = User.objects.select_for_update().filter(pk=user_id).first()
    if person is None:
        raise NotFound("user_not_found", N_("There is no such account."))
    if person == actor:
        raise DomainError(
            "own_second_factor",
            N_("You cannot reset your own two-step sign-in here; ask another administrator."),
        )
    found = Authenticator.objects.filter(user=person)
    if not found.exists():
        raise DomainError(
            "no_second_factor", N_("%(name)s does not use two-step sign-in."), {"name": str(person)}
        )
    found.delete()
    record_activity(actor, "second_factor.reset", person)
    return person
