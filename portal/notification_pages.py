"""What the person was told: the list, opening one, marking them as read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.web.requests import SignedInRequest
from core.models import Notification
from core.services.notifications import mark_all_read, mark_read
from core.web.htmx import page_part
from core.web.paging import page_of

PER_PAGE = 30


@require_safe
def notification_list(request: SignedInRequest) -> HttpResponse:
    own = Notification.objects.visible_to(request.user)
    unread_only = request.GET.get("show") == "unread"
    context = {
        "page_obj": page_of(request, own.unread() if unread_only else own, PER_PAGE),
        "unread_only": unread_only,
        "tabs": [
            {"label": _("All"), "url": "?", "here": not unread_only},
            {"label": _("Unread"), "url": "?show=unread", "here": unread_only},
        ],
    }
    return render(request, "portal/notification_list.html", context)


@require_POST
def notification_open(request: SignedInRequest, notification_id: int) -> HttpResponse:
    """Marks it as read and goes to the thing; to the list where it names no page of ours."""
    found = mark_read(request.user, notification_id)
    own_page = url_has_allowed_host_and_scheme(found.url, allowed_hosts=None)
    return redirect(found.url if found.url and own_page else "portal:notification-list")


@require_POST
def notification_read(request: SignedInRequest, notification_id: int) -> HttpResponse:
    found = mark_read(request.user, notification_id)
    if request.htmx:
        return page_part(request, "portal/_notification.html", {"item": found, "changed": True})
    return redirect("portal:notification-list")


@require_POST
def notification_read_all(request: SignedInRequest) -> HttpResponse:
    count = mark_all_read(request.user)
    text = ngettext("%(count)s marked as read.", "%(count)s marked as read.", count)
    messages.success(request, text % {"count": count})
    return redirect("portal:notification-list")
