"""Documents and their versions: the settings page, drafts, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.errors import DomainError, NotFound
from core.models import ActivityEntry
from core.numbers import whole_number
from core.web.errors import form_page, show_in_form, tell_error
from suppliers.models import DocumentType, DocumentVersion
from suppliers.policies import commitments as policies
from suppliers.rules.clauses import clauses_of, differs
from suppliers.selectors.documents import (
    asked_again,
    clause_changes,
    document_for,
    document_rows,
    draft_of,
    newest_version,
    text_of,
    version_before,
    version_for,
)
from suppliers.services.document_types import create_document_type, update_document_type
from suppliers.services.document_versions import discard_draft, publish_version, write_draft
from suppliers.web.commitment_forms import DocumentTypeForm, DueForm, VersionForm
from suppliers.web.history import history_lines

LANGUAGES = ("en", "zh-hans")


@require_safe
def document_list(request: SignedInRequest) -> HttpResponse:
    policies.require_view_commitments(request.user)
    context = {
        "documents": document_rows(),
        "may_manage": policies.can_manage_documents(request.user),
    }
    return render(request, "suppliers/document_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document_create(request: SignedInRequest) -> HttpResponse:
    policies.require_manage_documents(request.user)
    form = DocumentTypeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = create_document_type(request.user, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("The document is stored. Now write its first version."))
            return redirect("suppliers:document-version-create", document.pk)
    return form_page(request, "suppliers/document_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: SignedInRequest, document_id: int) -> HttpResponse:
    policies.require_manage_documents(request.user)
    document = document_for(document_id)
    form = DocumentTypeForm(request.POST or None, current=document)
    if request.method == "POST" and form.is_valid():
        try:
            update_document_type(request.user, document_id, form.to_input())
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": document.label})
            return redirect("suppliers:document-detail", document_id)
    return form_page(request, "suppliers/document_form.html", {"form": form, "document": document})


@require_safe
def document_detail(request: SignedInRequest, document_id: int) -> HttpResponseBase:
    """One document with its versions; ``version`` chooses the text, ``language`` its language."""
    policies.require_view_commitments(request.user)
    document = document_for(document_id)
    versions = list(document.versions.select_related("published_by").order_by("-number"))
    chosen = _chosen(versions, whole_number(request.GET.get("version", "")))
    context = {
        "document": document,
        "versions": versions,
        "draft": next((one for one in versions if one.published_at is None), None),
        "may_manage": policies.can_manage_documents(request.user),
        "history": history_lines(
            ActivityEntry.objects.about(document).select_related("actor")[:20]
        ),
        **(_texts(request, chosen) if chosen else {}),
    }
    return render(request, "suppliers/document_detail.html", context)


def _chosen(versions: list[DocumentVersion], number: int | None) -> DocumentVersion | None:
    """The version asked for; else the newest published one, else the draft."""
    if number is not None:
        named = next((one for one in versions if one.number == number), None)
        if named is None:
            raise NotFound("version_not_found", "There is no such version of a document.")
        return named
    published = [one for one in versions if one.published_at is not None]
    return next(iter(published or versions), None)


def reading_language(request: SignedInRequest) -> str:
    """The language a text is read in: chosen on the page, else the interface's."""
    wanted = request.GET.get("language") or get_language() or "en"
    return "zh-hans" if wanted.startswith("zh") else "en"


def _texts(request: SignedInRequest, version: DocumentVersion) -> dict[str, Any]:
    language = reading_language(request)
    before = version_before(version)
    changes = clause_changes(before, version, language) if before else []
    return {
        "version": version,
        "before": before,
        "language": language,
        "clauses": clauses_of(text_of(version, language)),
        "changes": changes,
        "change_count": sum(differs(change) for change in changes),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def document_version_create(request: SignedInRequest, document_id: int) -> HttpResponse:
    """Write the draft of a document: a new one, or the one there is."""
    policies.require_manage_documents(request.user)
    document = document_for(document_id)
    draft, newest = draft_of(document), newest_version(document)
    form = VersionForm(request.POST or None, initial=VersionForm.initial_of(draft or newest))
    if newest is None:
        del form.fields["change"], form.fields["note"]
    if request.method == "POST" and form.is_valid():
        try:
            draft = _save_draft(request, document, form)
        except DomainError as error:
            show_in_form(form, error)
        else:
            return redirect("suppliers:document-version-publish", draft.pk)
    context = {"form": form, "document": document, "draft": draft, "newest": newest}
    return form_page(request, "suppliers/document_version_form.html", context)


def _save_draft(
    request: SignedInRequest, document: DocumentType, form: VersionForm
) -> DocumentVersion:
    form.cleaned_data.setdefault("change", "")
    form.cleaned_data.setdefault("note", "")
    return write_draft(request.user, document.pk, form.to_input())


@require_http_methods(["GET", "HEAD", "POST"])
def document_version_publish(request: SignedInRequest, version_id: int) -> HttpResponse:
    """What publishing would change and whom it asks; then, on POST, publish."""
    policies.require_manage_documents(request.user)
    version = version_for(version_id)
    form = DueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = publish_version(request.user, version_id, form.cleaned_data["due_on"])
        except DomainError as error:
            show_in_form(form, error)
        else:
            messages.success(request, _published_words(done.version.number, done.asked))
            return redirect("suppliers:document-detail", version.document_id)
    context = {
        "form": form,
        "document": version.document,
        "asked": asked_again(version).count(),
        **_texts(request, version),
    }
    return form_page(request, "suppliers/document_publish.html", context)


def _published_words(number: int, asked: int) -> str:
    if not asked:
        return _("Version %(number)s is published. Nobody is asked to sign again.") % {
            "number": number
        }
    text = ngettext(
        "Version %(number)s is published; %(count)s supplier is asked to sign again.",
        "Version %(number)s is published; %(count)s suppliers are asked to sign again.",
        asked,
    )
    return text % {"number": number, "count": asked}


@require_POST
def document_version_discard(request: SignedInRequest, version_id: int) -> HttpResponse:
    policies.require_manage_documents(request.user)
    version = version_for(version_id)
    try:
        discard_draft(request.user, version_id)
    except DomainError as error:
        tell_error(request, error)
    else:
        messages.success(request, _("The draft is discarded."))
    return redirect("suppliers:document-detail", version.document_id)
