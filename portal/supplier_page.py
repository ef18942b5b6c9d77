"""The page of one supplier: where it stands, and tabs with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policies import can_invite_contacts
from accounts.web.invitations import Invitation
from accounts.web.requests import SignedInRequest
from core.errors import DomainError
from core.filter_forms import wrong_filters
from core.models import ActivityEntry
from core.spreadsheets.safe import Value
from core.spreadsheets.table import Column
from core.web.errors import form_status, show_in_form
from core.web.exports import export_response
from core.web.paging import page_of
from minerals.policies.declarations import can_upload
from portal.forms import TimelineForm
from portal.selectors.timeline import people_in, timeline_entries, timeline_lines
from portal.supplier_tabs import Tab, card_context, chosen_tab, offered_tabs
from suppliers import policies
from suppliers.models import Supplier
from suppliers.selectors.badges import rating_badge_of, status_badge_of
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.contacts import add_contact
from suppliers.web.forms import ContactForm
from suppliers.web.inviting import invite_person

EVENTS_PER_PAGE = 50
EXPORT_BATCH = 500


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def supplier_detail(request: SignedInRequest, supplier_id: int) -> HttpResponse:
    """A POST adds a contact; a new account's invitation link is shown once, on this answer."""
    policies.require_view_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form = ContactForm(request.POST or None)
    invitation: Invitation | None = None
    if request.method == "POST" and form.is_valid():
        try:
            contact, created = add_contact(request.user, supplier_id, **form.cleaned_data)
        except DomainError as error:
            show_in_form(form, error)
        else:
            if not created:
                messages.success(request, _("%(name)s is a contact now.") % {"name": contact.user})
                return redirect(f"{supplier.get_absolute_url()}?tab=contacts")
            invitation = invite_person(request, contact.user) if contact.user else None
            form = ContactForm()
    tab = chosen_tab("contacts" if request.method == "POST" else request.GET.get("tab", ""))
    context = _context(request, supplier, tab) | {"contact_form": form, "invitation": invitation}
    return render(request, "suppliers/supplier_detail.html", context, status=form_status(form))


@require_safe
def timeline_export(request: SignedInRequest, supplier_id: int) -> HttpResponseBase:
    """The stream with the filters on screen, all pages of it."""
    policies.require_view_suppliers(request.user)
    supplier = supplier_for(request.user, supplier_id)
    form, entries = _stream(request, supplier)
    title = _("Timeline of %(code)s") % {"code": supplier.code}
    return export_response(request, title, form, _columns(), _rows(request, entries))


def _context(request: SignedInRequest, supplier: Supplier, tab: Tab) -> dict[str, Any]:
    here = supplier.get_absolute_url()
    more = _timeline(request, supplier) if tab.code == "timeline" else {}
    return {
        "supplier": supplier,
        "status": status_badge_of(supplier),
        "rating": rating_badge_of(supplier),
        "categories": supplier.categories.all(),
        "tab": tab.code,
        "tabs": [
            {"label": item.label, "url": f"{here}?tab={item.code}", "here": item is tab}
            for item in offered_tabs()
        ],
        "main_cards": [card for card in tab.cards if not card.aside],
        "aside_cards": [card for card in tab.cards if card.aside],
        **card_context(tab.cards, request.user, supplier),
        **more,
        "may_manage": policies.can_manage_suppliers(request.user),
        "may_merge": policies.can_merge_suppliers(request.user),
        "may_invite": can_invite_contacts(request.user),
        "may_upload": can_upload(request.user),
    }


def _stream(request: SignedInRequest, supplier: Supplier) -> tuple[TimelineForm, Any]:
    everything = timeline_entries(request.user, supplier)
    form = TimelineForm(people_in(everything), request.GET)
    wish = form.wish()
    if wrong_filters(form):
        return form, everything.none()
    return form, timeline_entries(request.user, supplier, wish)


def _timeline(request: SignedInRequest, supplier: Supplier) -> dict[str, Any]:
    form, entries = _stream(request, supplier)
    page = page_of(request, entries, EVENTS_PER_PAGE)
    return {"form": form, "page_obj": page, "events": timeline_lines(request.user, page)}


def _columns() -> list[Column]:
    return [
        Column(_("When"), 18),
        Column(_("Who"), 24),
        Column(_("Kind"), 24),
        Column(_("What"), 40),
        Column(_("From → to"), 50),
        Column(_("Why"), 40),
        Column(_("About"), 20),
    ]


def _rows(request: SignedInRequest, entries: Any) -> Iterator[list[Value]]:
    batch: list[ActivityEntry] = []
    for entry in entries.iterator(chunk_size=EXPORT_BATCH):
        batch.append(entry)
        if len(batch) == EXPORT_BATCH:
            yield from _lines(request, batch)
            batch = []
    yield from _lines(request, batch)


def _lines(request: SignedInRequest, batch: list[ActivityEntry]) -> Iterator[list[Value]]:
    for line in timeline_lines(request.user, batch):
        moment = timezone.localtime(line.at)
        kind = str(line.group.label)
        yield [moment, line.who, kind, line.what, line.detail, line.why, line.about]
