"""The risk policy: what is in force, the draft, what it would change, and publishing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core import clock
from core.errors import DomainError
from core.spreadsheets.table import Column
from core.web.errors import form_page, show_in_form
from core.web.exports import export_response
from core.web.htmx import page_part, part_wanted
from core.web.paging import page_of
from minerals.enums import RiskLevel
from minerals.models import RiskPolicyVersion
from minerals.policies import risk as policies
from minerals.selectors.dry_run import DryRun, change_lines, dry_run
from minerals.selectors.policies import (
    differences,
    number_groups,
    numbers_of,
    policy_draft,
    policy_in_force,
    policy_version,
    policy_versions,
    version_before,
)
from minerals.selectors.rating_jobs import newest_rating_job
from minerals.services.risk_policy import drop_draft, publish_draft, save_draft, start_draft
from minerals.web.risk_forms import PolicyForm, PublishForm
from minerals.web.risk_tabs import risk_tabs


@require_safe
def policy(request: SignedInRequest) -> HttpResponse:
    """The one in force, and all versions with what each changed."""
    policies.require_view_risk(request.user)
    return _version_page(request, policy_in_force())


@require_safe
def policy_detail(request: SignedInRequest, number: int) -> HttpResponse:
    policies.require_view_risk(request.user)
    return _version_page(request, policy_version(number))


def _version_page(request: SignedInRequest, version: RiskPolicyVersion) -> HttpResponse:
    job = newest_rating_job(version)
    waiting = job is not None and job.open
    if part_wanted(request, "rating-state"):
        if not waiting:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return page_part(request, "minerals/risk/_rating_state.html", {"job": job})
    before = version_before(version)
    context = {
        "version": version,
        "groups": number_groups(version.numbers, before.numbers if before else None),
        "before": before,
        "job": job if waiting else None,
        "versions": _history(),
        "draft": policy_draft(),
        "may_edit": policies.can_edit_policy(request.user),
        "tabs": risk_tabs("policy"),
    }
    return render(request, "minerals/risk/policy.html", context)


def _history() -> list[tuple[RiskPolicyVersion, int]]:
    """Each version that was ever in force, and how many numbers it changed."""
    versions = list(policy_versions().exclude(published_at=None))
    pairs = zip(versions, [*versions[1:], None], strict=True)
    return [(one, len(differences(old.numbers, one.numbers)) if old else 0) for one, old in pairs]


@require_POST
def policy_draft_start(request: SignedInRequest) -> HttpResponse:
    start_draft(request.user)
    return redirect("minerals:policy-draft")


@require_http_methods(["GET", "HEAD", "POST"])
def policy_draft_edit(request: SignedInRequest) -> HttpResponse:
    policies.require_edit_policy(request.user)
    draft = policy_draft()
    if draft is None:
        return redirect("minerals:policy")
    form = PolicyForm(draft, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_draft(request.user, form.numbers(), form.cleaned_data["note"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("minerals:policy-effect")
    in_force = policy_in_force()
    context = {
        "draft": draft,
        "form": form,
        "in_force": in_force,
        "differences": differences(in_force.numbers, draft.numbers),
        "tabs": risk_tabs("policy"),
    }
    return form_page(request, "minerals/risk/policy_draft.html", context)


@require_POST
def policy_draft_drop(request: SignedInRequest) -> HttpResponse:
    drop_draft(request.user)
    messages.success(request, _("The draft is dropped; the policy in force stays."))
    return redirect("minerals:policy")


@require_safe
def policy_effect(request: SignedInRequest) -> HttpResponse:
    """Who would change level if the draft were in force. Nothing is written."""
    policies.require_edit_policy(request.user)
    draft = policy_draft()
    if draft is None:
        return redirect("minerals:policy")
    return _effect_page(request, draft, PublishForm(draft))


def _effect_page(
    request: SignedInRequest, draft: RiskPolicyVersion, form: PublishForm
) -> HttpResponse:
    run = dry_run(request.user, numbers_of(draft), clock.today())
    page = page_of(request, run.changed)
    context: dict[str, Any] = {
        "draft": draft,
        "run": run,
        "form": form,
        "page_obj": page,
        "lines": change_lines(list(page)),
        "differences": differences(policy_in_force().numbers, draft.numbers),
        "may_publish": policies.can_publish_policy(request.user),
        "export_url": reverse("minerals:policy-effect-export"),
        "tabs": risk_tabs("policy"),
    }
    return form_page(request, "minerals/risk/policy_effect.html", context)


@require_safe
def policy_effect_export(request: SignedInRequest) -> HttpResponseBase:
    policies.require_edit_policy(request.user)
    draft = policy_draft()
    if draft is None:
        return redirect("minerals:policy")
    run = dry_run(request.user, numbers_of(draft), clock.today())
    title = _("Effect of risk policy %(number)s") % {"number": draft.number}
    return export_response(request, title, None, _columns(), _rows(run))


def _columns() -> list[Column]:
    return [
        Column(_("Supplier code"), 16),
        Column(_("Supplier"), 40),
        Column(_("Local-language name"), 28),
        Column(_("Level now"), 12),
        Column(_("Level then"), 12),
        Column(_("Score now"), 10),
        Column(_("Score then"), 10),
    ]


def _rows(run: DryRun) -> list[list[Any]]:
    return [
        [
            line.supplier.code,
            line.supplier.name,
            line.supplier.local_name,
            str(RiskLevel(line.forecast.level).label),
            str(RiskLevel(line.forecast.new_level).label),
            line.forecast.score,
            line.forecast.new_score,
        ]
        for line in change_lines(list(run.changed))
    ]


@require_POST
def policy_publish(request: SignedInRequest) -> HttpResponse:
    policies.require_publish_policy(request.user)
    draft = policy_draft()
    if draft is None:
        return redirect("minerals:policy")
    form = PublishForm(draft, request.POST)
    if form.is_valid():
        try:
            publish_draft(request.user, form.cleaned_data["note"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(
                request, _("The policy is in force. All suppliers are rated again by it.")
            )
            return redirect("minerals:policy")
    return _effect_page(request, draft, form)
