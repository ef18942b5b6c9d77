"""Handing out evidence to whoever may see it."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.downloads import attachment
from suppliers.models import EvidenceFile


@require_safe
def evidence_download(request: SignedInRequest, evidence_id: int) -> HttpResponseBase:
    found = EvidenceFile.objects.visible_to(request.user).filter(pk=evidence_id).first()
    if found is None:
        raise Http404
    return attachment(found.content.open("rb"), found.name, found.kind)
