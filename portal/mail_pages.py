"""Demo mode: the mails that were sent, from the mail folder, with their links."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email import policy
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from accounts.web.requests import SignedInRequest
from core.mail_folder import files_of, has_mail_folder

FILE = re.compile(r"[A-Za-z0-9.-]{1,130}\.eml")
EACH = 50


@dataclass(frozen=True, slots=True)
class ReadMail:
    name: str
    to: str
    subject: str
    date: str
    text: str

    @property
    def body(self) -> SafeString:
        """With its addresses as links."""
        return mark_safe(urlize(self.text, autoescape=True))  # noqa: S308 - escaped by urlize


@require_safe
def mail_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(files_of(_folder(request)), EACH).get_page(request.GET.get("page"))
    context = {"page_obj": page, "mails": [_read(path) for path in page]}
    return render(request, "portal/mail_list.html", context)


@require_safe
def mail_detail(request: SignedInRequest, name: str) -> HttpResponse:
    path = _folder(request) / name
    if FILE.fullmatch(name) is None or not path.is_file():
        raise Http404
    return render(request, "portal/mail_detail.html", {"mail": _read(path)})


def _folder(request: SignedInRequest) -> Path:
    if not (has_mail_folder() and request.user.is_internal):
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)


def _read(path: Path) -> ReadMail:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    part = message.get_body(preferencelist=("plain",))
    text = str(part.get_content()) if part is not None else ""
    return ReadMail(
        path.name,
        str(message["To"] or ""),
        str(message["Subject"] or ""),
        str(message["Date"] or ""),
        text,
    )
