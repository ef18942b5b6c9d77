"""Files that prove something, for whoever may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from suppliers.models import EvidenceFile

if TYPE_CHECKING:
    from accounts.models import User


def evidence_for(actor: User, evidence_id: int) -> EvidenceFile:
    """Errors: evidence_not_found, also for a file the actor may not see."""
    found = EvidenceFile.objects.visible_to(actor).filter(pk=evidence_id).first()
    if found is None:
        raise NotFound("evidence_not_found", N_("There is no such file."))
    return found
