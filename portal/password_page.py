"""Choosing a password by a link: the first one after an invitation, or a new one."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetFromKeyView

from suppliers.selectors.suppliers import supplier_of_contact


class PasswordByLink(PasswordResetFromKeyView):  # type: ignore[misc]
    """The sign-in library's page with a title that fits, and for whom the password is."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person = self.reset_user
        if person is not None:
            context["person"] = person
            context["is_first"] = not person.has_usable_password()
            context["supplier"] = supplier_of_contact(person)
        page: dict[str, Any] = super().get_context_data(**context)
        return page
