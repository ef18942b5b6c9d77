"""The rating of one supplier: its parts, their history, and recording one by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.web.errors import form_page, show_in_form
from suppliers.models import EvidenceFile, RatingPart
from suppliers.policies import assessments as policies
from suppliers.selectors.rating_card import rating_card
from suppliers.selectors.ratings import rating_parts_for
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.ratings import record_rating_by_hand
from suppliers.web.assessment_forms import RatingPartForm

PARTS_SHOWN = 100


@require_safe
def rating_detail(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    policies.require_view_all_assessments(request.user)
    supplier = supplier_for(request.user, supplier_id)
    parts = list(rating_parts_for(request.user).filter(supplier=supplier)[:PARTS_SHOWN])
    context = {
        "supplier": supplier,
        "rating_card": rating_card(request.user, supplier),
        "parts": [(part, files) for part, files in _with_files(request, parts)],
    }
    return render(request, "suppliers/ratings/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rating_record(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    policies.require_record_ratings(request.user)
    supplier = supplier_for(request.user, supplier_id)
    sent = request.method == "POST"
    kind = {"kind": request.GET.get("kind", "")}
    form = RatingPartForm(request.POST, request.FILES) if sent else RatingPartForm(initial=kind)
    if sent and form.is_valid():
        try:
            record_rating_by_hand(
                request.user, supplier_id, form.to_input(), form.cleaned_data["evidence"]
            )
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The result is recorded and the rating computed anew."))
            return redirect("suppliers:rating-detail", supplier_id)
    context = {"supplier": supplier, "form": form}
    return form_page(request, "suppliers/ratings/record.html", context)


def _with_files(
    request: SignedInRequest, parts: list[RatingPart]
) -> list[tuple[RatingPart, list[EvidenceFile]]]:
    label = RatingPart._meta.label_lower
    keys = [str(part.pk) for part in parts]
    found = EvidenceFile.objects.visible_to(request.user).filter(
        subject_type=label, subject_id__in=keys
    )
    by_key: dict[str, list[EvidenceFile]] = {}
    for file in found:
        by_key.setdefault(file.subject_id, []).append(file)
    return [(part, by_key.get(str(part.pk), [])) for part in parts]
