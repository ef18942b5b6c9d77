"""Installed templates: the reference list of smelters, and blank forms to hand out."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.requests import SignedInRequest, frame
from core.downloads import attachment
from core.errors import DomainError
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.filters.declarations import ReferenceFilter, choose_from
from minerals.models import ReferenceSnapshot
from minerals.policies import declarations as policies
from minerals.selectors.questions import mineral_name
from minerals.selectors.reference import snapshots_in_force
from minerals.selectors.snapshots import smelters_by_metal, snapshot_for, snapshots_for
from minerals.services.templates import install_template
from minerals.web.exports import reference_columns, reference_rows
from minerals.web.forms import TemplateForm


@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_list(request: SignedInRequest) -> HttpResponse:
    """Installed templates. POST installs one, for administrators."""
    actor = request.user
    form = TemplateForm()
    if request.method == "POST":
        policies.require_install_templates(actor)
        form = TemplateForm(request.POST, request.FILES)
        installed = _installed(request, form) if form.is_valid() else None
        if installed is not None:
            return redirect(installed)
    in_force = snapshots_in_force()
    context = {
        **frame(actor),
        "snapshots": list(snapshots_for(actor)),
        "in_force": in_force,
        "in_force_keys": {snapshot.pk for snapshot in in_force},
        "form": form,
        "may_install": policies.can_install_templates(actor),
        "may_view_list": policies.can_view_reference_list(actor),
    }
    return form_page(request, "minerals/snapshot_list.html", context)


def _installed(request: SignedInRequest, form: TemplateForm) -> ReferenceSnapshot | None:
    file: TemporaryUploadedFile = form.cleaned_data["file"]
    try:
        result = install_template(request.user, Path(file.temporary_file_path()), file.name or "")
    except DomainError as error:
        show_in_form(form, error)
        return None
    if result.created:
        messages.success(request, _("Installed. New declarations are held against this list."))
    else:
        messages.info(request, _("This very file was installed before; nothing changed."))
    return result.snapshot


@require_safe
def snapshot_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The look-up rows with search, filter and pages."""
    snapshot, filters, metals = _filtered_rows(request, pk)
    context = {
        **frame(request.user),
        "snapshot": snapshot,
        "form": filters.form,
        "page_obj": page_of(request, filters.qs, 100),
        "metals": [(mineral_name(metal), count) for metal, count in metals],
        "export_url": reverse("minerals:snapshot-export", args=[pk]),
        "in_force": snapshot.pk in {item.pk for item in snapshots_in_force()},
    }
    return render(request, "minerals/snapshot_detail.html", context)


@require_safe
def snapshot_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Exactly the rows on screen, all pages of them."""
    snapshot, filters, _metals = _filtered_rows(request, pk)
    title = f"{snapshot.family}-{snapshot.version}-{_('smelters')}"
    rows = reference_rows(filters.qs)
    return export_response(request, title, filters.form, reference_columns(), rows)


def _filtered_rows(
    request: SignedInRequest, pk: int
) -> tuple[ReferenceSnapshot, ReferenceFilter, list[tuple[str, int]]]:
    policies.require_view_reference_list(request.user)
    snapshot = snapshot_for(request.user, pk)
    filters = ReferenceFilter(request.GET, snapshot.entries.all())
    metals = smelters_by_metal(snapshot)
    choose_from(filters, "metal", [metal for metal, _count in metals], mineral_name)
    return snapshot, filters, metals


@require_safe
def template_download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The blank form exactly as it was installed."""
    snapshot = snapshot_for(request.user, pk)
    stream = snapshot.workbook.content.open("rb")
    return attachment(stream, snapshot.file_name, snapshot.workbook.kind)
