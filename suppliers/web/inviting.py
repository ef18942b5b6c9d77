"""The invitation of a supplier's contact says for which company it is and what waits there."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language, override

from accounts.models import User
from accounts.web.invitations import Invitation, invite
from suppliers.selectors.assessment_work import assessment_tasks
from suppliers.selectors.commitment_work import commitment_tasks
from suppliers.selectors.suppliers import supplier_of_contact


def invite_person(request: HttpRequest, user: User) -> Invitation:
    """For colleagues it is the plain invitation."""
    with override(user.language or get_language()):
        supplier = supplier_of_contact(user)
        if supplier is None:
            return invite(request, user)
        tasks = [*commitment_tasks(user), *assessment_tasks(user)]
        waiting = [task.title for task in tasks if not task.is_done]
        return invite(request, user, supplier.shown_name, waiting)
