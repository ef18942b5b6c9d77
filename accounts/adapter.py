"""How this product uses allauth: accounts are given by administrators, nobody signs up alone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.passwords import choose_password
from accounts.services.sign_in import record_failed_sign_in, record_sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Called for a change as for a reset, after the password was found good enough."""
        choose_password(user, password)

    def format_email_subject(self, subject: str) -> str:
        return f"[{_('Supplier Responsibility')}] {subject}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record_failed_sign_in(str(credentials.get("email") or ""), self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        """Called when every step, the second factor included, has been passed."""
        record_sign_in(user, self.get_client_ip(request))
        response: HttpResponse = super().post_login(request, user, **facts)
        return response
