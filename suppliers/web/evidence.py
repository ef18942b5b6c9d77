"""Handing out evidence to whoever may see it."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.downloads import attachment
from suppliers.selectors.evidence import evidence_for


@require_safe
def evidence_download(request: SignedInRequest, evidence_id: int) -> HttpResponseBase:
    found = evidence_for(request.user, evidence_id)
    return attachment(found.content.open("rb"), found.name, found.kind)
